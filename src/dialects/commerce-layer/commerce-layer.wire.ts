import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerPreflight, markAnswer } from '#lib/cross-origin';
import { acceptsJsonApi, errorObject, isJsonApi, JSON_API, type ErrorObject } from '#lib/json-api';
import { oneLine } from '#lib/plain-text';
import { StoreDirectory } from '../../store/index.js';
import { commerceLayerErrors, internal, notFound } from './commerce-layer.errors.js';
import { CommerceLayerOrigins } from './commerce-layer.origins.js';
import { CommerceLayerPace } from './commerce-layer.pace.js';
import { RESOURCE_PATHS } from './commerce-layer.resources.js';
import { oauthAnswer, transportRefusal } from './oauth.errors.js';

/** Every resource of this API; other names below `/api` are another dialect's, or nobody's. */
const API = new RegExp(`^/api/(?:${RESOURCE_PATHS.join('|')})(?:[/?]|$)`);
const BEGINS = /^\/(?:api|oauth|\.well-known)\//;
const KEYS = /^\/\.well-known\/jwks\.json(?:[/?]|$)/;
const OAUTH = /^\/oauth\/(?:[^/]|$)/;
const WRITES = ['POST', 'PATCH', 'PUT'];
const PROBLEM = 'application/problem+json';
const MAX_ECHO = 100;

/** What of this API happens around any handler: preflights, media types, and refusals of the server itself in the vendor's form. */
@Injectable()
export class CommerceLayerWire implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost<FastifyAdapter>,
    private readonly stores: StoreDirectory,
    private readonly pace: CommerceLayerPace,
    private readonly origins: CommerceLayerOrigins,
  ) {}

  onModuleInit(): void {
    const http = this.host.httpAdapter.getInstance();
    http.addHook('onRequest', (request, reply, done) => {
      if (!isOurs(request)) return done();
      if (!this.stores.speaks('commerceLayer')) return KEYS.test(request.url) ? done() : reply.callNotFound();
      if (request.method === 'OPTIONS') return void answerPreflight(reply, this.origins);
      const fault = API.test(request.url) ? mediaTypeFault(request) : null;
      if (!fault) return done();
      void reply
        .status(Number(fault.status))
        .header('Content-Type', JSON_API)
        .send({ errors: [fault] });
    });
    const unread = new WeakSet<FastifyRequest>();
    http.addHook('onError', (request, _reply, _error, done) => {
      unread.add(request);
      done();
    });
    http.addHook('onSend', (request, reply, payload, done) => {
      if (!isOurs(request)) return done(null, payload);
      void reply.headers(this.pace.headersFor(request));
      const type = String(reply.getHeader('content-type') ?? '');
      const isRefusal = unread.has(request) || type.startsWith(PROBLEM);
      if (isJsonApi(type)) void reply.header('Content-Type', JSON_API); // the server adds a charset to it
      const body = isRefusal ? reworded(request, reply, payload) : payload;
      void markAnswer(request, reply, this.origins).then(() => done(null, body), done);
    });
  }
}

function isOurs({ url }: FastifyRequest): boolean {
  return BEGINS.test(url) && (API.test(url) || OAUTH.test(url) || KEYS.test(url));
}

/** The first thing to be judged, before the token. */
function mediaTypeFault({ method, headers }: FastifyRequest): ErrorObject | null {
  const { accept, 'content-type': sent } = headers;
  if (WRITES.includes(method) && !isJsonApi(sent)) {
    const text = `All requests that create or update must use the '${JSON_API}' Content-Type.`;
    return errorObject('UNSUPPORTED_MEDIA_TYPE', `${text} This request specified '${oneLine(sent ?? '', MAX_ECHO)}'.`);
  }
  if (acceptsJsonApi(accept)) return null;
  const text = `All requests must use the '${JSON_API}' Accept without media type parameters.`;
  return errorObject('NOT_ACCEPTABLE', `${text} This request specified '${oneLine(accept ?? '', MAX_ECHO)}'.`);
}

/** A refusal that never reached a handler: an unknown path, a body that cannot be read. */
function reworded({ url }: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  if (OAUTH.test(url)) {
    void reply.header('Content-Type', 'application/json; charset=utf-8');
    return JSON.stringify(oauthAnswer(transportRefusal(reply.statusCode)));
  }
  if (!API.test(url)) return payload;
  void reply.header('Content-Type', JSON_API);
  return JSON.stringify({ errors: [apiFault(reply.statusCode)] });
}

function apiFault(status: number): ErrorObject {
  if (status === 404) return notFound;
  if (status === 429) return commerceLayerErrors.LIMIT_REACHED({ retryAfterSeconds: 0 });
  if (status === 415) return errorObject('UNSUPPORTED_MEDIA_TYPE', `The '${JSON_API}' Content-Type is needed.`);
  if (status >= 500) return internal;
  const detail = status === 413 ? 'The request body is too large.' : 'The request cannot be read.';
  return { ...errorObject('BAD_REQUEST', detail), status: String(status) };
}
