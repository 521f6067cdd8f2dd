import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { z } from 'zod';
import { headerOf, knownCaller } from '../access/index.js';
import { IdempotencyService, type KeyedRequest } from '../idempotency/index.js';
import { MalformedInput, Refused } from './admin.input.js';

const HEADER = 'idempotency-key';
const FORM = /^[\x21-\x7e]{1,255}$/;
/** Headers that belong to what was answered. */
const KEPT = ['location', 'etag'] as const;

const answerSchema = z.object({ headers: z.record(z.string(), z.string()), body: z.unknown() });

/** A POST with an `Idempotency-Key` is done once, however often it is sent within a day. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly keys: IdempotencyService) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    if (request.method !== 'POST' || request.headers[HEADER] === undefined) return next.handle();
    return from(this.once(request, http.getResponse<FastifyReply>(), next));
  }

  /** @throws Refused, MalformedInput, and whatever the handler refuses: then the key is free again */
  private async once(request: FastifyRequest, reply: FastifyReply, next: CallHandler): Promise<unknown> {
    const begun = await this.keys.begin(await keyedIn(request));
    switch (begun.state) {
      case 'running':
        throw new Refused(409, 'Conflict', 'A request with this Idempotency-Key is being worked on.');
      case 'other':
        throw new Refused(422, 'Unprocessable Content', 'This Idempotency-Key was used for another request.');
      case 'answered':
        return answered(begun.answer, reply);
      case 'ours':
        return this.work(begun.id, reply, next);
    }
  }

  private async work(id: number, reply: FastifyReply, next: CallHandler): Promise<unknown> {
    const body = await this.unlessRefused(id, next);
    const headers = Object.fromEntries(
      KEPT.flatMap((name) => {
        const value = reply.getHeader(name);
        return typeof value === 'string' ? [[name, value]] : [];
      }),
    );
    await this.keys.finish(id, JSON.stringify({ headers, body }));
    return body;
  }

  private async unlessRefused(id: number, next: CallHandler): Promise<unknown> {
    try {
      return await lastValueFrom(next.handle(), { defaultValue: undefined });
    } catch (error) {
      await this.keys.forget(id);
      throw error;
    }
  }
}

async function keyedIn(request: FastifyRequest): Promise<KeyedRequest> {
  const key = headerOf(request, HEADER);
  if (!FORM.test(key)) throw new MalformedInput([{ path: 'Idempotency-Key', message: 'must be 1 to 255 characters' }]);
  const caller = await knownCaller(request);
  const content = JSON.stringify([request.method, request.url, request.body ?? null]);
  return { callerId: caller?.client?.id ?? 0, key, content };
}

function answered(text: string, reply: FastifyReply): unknown {
  const { headers, body } = answerSchema.parse(JSON.parse(text));
  for (const [name, value] of Object.entries(headers)) void reply.header(name, value);
  void reply.header('Idempotency-Replayed', 'true');
  return body;
}
