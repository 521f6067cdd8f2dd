import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { StoreDirectory } from '../../../store/index.js';

const REST = /^\/rest(?:[/?]|$)/;
const JSON_TYPE = 'application/json; charset=utf-8';
const PROBLEM = 'application/problem+json';

/** What is no route, or a route of no store. */
export const NO_ROUTE = { message: 'Request does not match any route.' } as const;

const UNREAD: Readonly<Record<number, string>> = {
  404: NO_ROUTE.message,
  413: 'The request body is too large.',
  415: 'Request content type must be application/json',
};

/** What of this API happens outside of handlers: how answers are written, and refusals of the server itself, in the vendor's form. */
@Injectable()
export class AdobeRestWire implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost<FastifyAdapter>,
    private readonly stores: StoreDirectory,
  ) {}

  onModuleInit(): void {
    const http = this.host.httpAdapter.getInstance();
    http.addHook('onRequest', (request, reply, done) => {
      if (!REST.test(request.url)) return done();
      if (!this.stores.speaks('adobe')) return reply.callNotFound();
      if (!hasBody(request)) delete request.headers['content-type']; // clients name it where there is no body, too
      answerInJson(reply);
      return done();
    });
    http.addHook('onSend', (request, reply, payload, done) => {
      const isProblem = String(reply.getHeader('content-type') ?? '').startsWith(PROBLEM);
      if (!isProblem || !REST.test(request.url) || !this.stores.speaks('adobe')) return done(null, payload);
      void reply.header('Content-Type', JSON_TYPE);
      done(null, JSON.stringify({ message: textOf(reply.statusCode, request.id) }));
    });
  }
}

/** Every answer is JSON, texts and `null` as well; members that are null are left out, as the vendor does. */
function answerInJson(reply: FastifyReply): void {
  void reply.header('Content-Type', JSON_TYPE).serializer(asJson);
}

function asJson(answer: unknown): string {
  return JSON.stringify(answer, withoutNull);
}

function withoutNull(name: string, value: unknown): unknown {
  return value === null && name !== '' ? undefined : value;
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function textOf(status: number, id: string): string {
  if (status >= 500) return `Internal Error. Report ID: ${id}`;
  return UNREAD[status] ?? 'The request cannot be read.';
}
