import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';

/** Headers of every answer (SEC-8). */
export const GUARDS = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** Answers what no API has answered: unknown paths, unreadable bodies, faults. RFC 9457, nothing of the inside (SEC-68). */
@Catch()
export class AppFilter implements ExceptionFilter {
  private readonly log = new Logger(AppFilter.name);

  catch(error: unknown, host: ArgumentsHost): unknown {
    if (host.getType<string>() === 'graphql') return error;
    const status = error instanceof HttpException ? error.getStatus() : 500;
    const http = host.switchToHttp();
    const { id } = http.getRequest<FastifyRequest>();
    if (status >= 500) this.log.error({ err: error, id }, 'a request failed');
    return sendProblem(http.getResponse<FastifyReply>(), status, id);
  }
}

/** Answers what Fastify refuses before any handler is reached: bodies that are too large, unreadable or of a wrong type. */
export function answerUnreadable(error: FastifyError, { id }: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = error instanceof HttpException ? error.getStatus() : (error.statusCode ?? 500);
  const status = known < 500 ? known : 500;
  if (status === 500) new Logger(AppFilter.name).error({ err: error, id }, 'a request failed');
  return sendProblem(reply, status, id);
}

/** Answers what is no HTTP request, too slow or too long to be read as one, and hangs up. */
export function answerUnparsable(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const status = UNPARSABLE[error.code ?? ''] ?? 400;
  const title = STATUS_CODES[status] ?? '';
  const body = JSON.stringify({ type: 'about:blank', status, title });
  const headers = { ...GUARDS, 'Content-Type': PROBLEM, 'Content-Length': body.length, Connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  if (socket.writable) socket.write(`HTTP/1.1 ${status} ${title}\r\n${lines.join('')}\r\n${body}`);
  socket.destroy(error);
}

const UNPARSABLE: Readonly<Record<string, number>> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 };
const PROBLEM = 'application/problem+json';

function sendProblem(reply: FastifyReply, status: number, id: string): FastifyReply {
  const title = status < 500 ? (TITLES[status] ?? 'Bad Request') : 'Internal Server Error';
  return reply
    .status(status)
    .header('Content-Type', PROBLEM)
    .send({ type: 'about:blank', status, title, instance: `urn:uuid:${id}` });
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
};
