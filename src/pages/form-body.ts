import { createParamDecorator, UnsupportedMediaTypeException, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

const FORM = /^application\/x-www-form-urlencoded\s*(;|$)/i;

/** Hands a sent form to a handler; no other site can send a body of another kind unasked, and none is read (SEC-5). */
export const SentForm = createParamDecorator((_: unknown, context: ExecutionContext): unknown => {
  const { headers, body } = context.switchToHttp().getRequest<FastifyRequest>();
  const type = headers['content-type'];
  if (type !== undefined && !FORM.test(type)) throw new UnsupportedMediaTypeException();
  return body;
});

/** A field of a sent form; a field that is missing or was sent twice is empty (SEC-1). */
export function textIn(body: unknown, name: string): string {
  if (typeof body !== 'object' || body === null) return '';
  const value: unknown = Object.entries(body).find(([field]) => field === name)?.[1];
  return typeof value === 'string' ? value : '';
}
