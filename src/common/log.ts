import { Logger, type LoggerService } from '@nestjs/common';
import { pino, type LogFn, type Logger as Pino, type LoggerOptions } from 'pino';
import { QueryFailedError } from 'typeorm';
import { oneLine } from '#lib/plain-text';
import type { Config } from '../config/index.js';
import { currentRequest, noteFault } from './request-notes.js';

/** The log: lines of JSON, or readable ones on a terminal. Line breaks in values are escaped. */
export interface Log {
  readonly lines: Pino;
  /** The same log in the form that Nest writes to. */
  readonly forNest: LoggerService;
}

/** The parts of a finished request that its log line is made of. */
interface Finished {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly routeOptions: { readonly url?: string | undefined };
}

/** @param destination where lines go instead of standard output */
export function createLog(
  { logLevel, logFormat }: Pick<Config, 'logLevel' | 'logFormat'>,
  destination?: { write(line: string): void },
): Log {
  const options: LoggerOptions = {
    level: logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describe },
    mixin: () => {
      const request = currentRequest();
      return request ? { requestId: request.requestId } : {};
    },
  };
  const lines = destination
    ? pino(options, destination)
    : pino(logFormat === 'pretty' ? { ...options, transport: PRETTY, hooks: { logMethod: inOneLine } } : options);
  return { lines, forNest: nestLogger(lines) };
}

/**
 * A fault as the log tells it: where it happened, and nothing that was worked on. A failed statement carries its values,
 * hashes among them, and databases quote the value that they refuse (SEC-21).
 */
function describe(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const message = error instanceof QueryFailedError ? error.message.replace(/'[^']*'/g, "'…'") : error.message;
  const frames = error.stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
  return { type: error.name, message, code, stack: frames };
}

const PRETTY = { target: 'pino-pretty', options: { translateTime: 'HH:MM:ss', singleLine: true } };

/** A message is printed as it is, so that a line break in it would begin what looks like a line of ours (SEC-85). */
function inOneLine(this: Pino, given: Parameters<LogFn>, write: LogFn): void {
  const parts = given.map((part: unknown) => (typeof part === 'string' ? oneLine(part) : part));
  Reflect.apply(write, this, parts);
}

/** Writes one line for each request; of the address only the route, never what was filled into it (SEC-11). */
export function requestLog({ lines }: Log) {
  return (
    request: Finished,
    reply: { readonly statusCode: number; readonly elapsedTime: number },
    done: () => void,
  ): void => {
    const { id, method, routeOptions } = request;
    const route = routeOptions.url ?? 'unknown';
    lines.info(
      { requestId: id, method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'request',
    );
    done();
  };
}

/** What the framework tells about itself at each start; interesting only when something is looked for. */
const FRAMEWORK = new Set([
  'GraphQLModule',
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
]);

function nestLogger(lines: Pino): LoggerService {
  const write =
    (level: 'debug' | 'error' | 'fatal' | 'info' | 'trace' | 'warn') =>
    (message: unknown, ...rest: unknown[]) => {
      const last = rest[rest.length - 1];
      const context = typeof last === 'string' ? last : undefined;
      const at = level === 'info' && FRAMEWORK.has(context ?? '') ? 'debug' : level;
      if (message instanceof Error) lines[at]({ err: message, context }, message.message);
      else if (typeof message === 'object' && message !== null) lines[at]({ ...message, context }, titleOf(rest));
      else lines[at]({ context }, String(message));
    };
  return {
    log: write('info'),
    error: (message: unknown, ...rest: unknown[]) => {
      noteFault(); // each fault is logged at this level, by whichever surface met it
      write('error')(message, ...rest);
    },
    warn: write('warn'),
    debug: write('debug'),
    verbose: write('trace'),
    fatal: write('fatal'),
  };
}

/** Nest's services log as `log(object, text, context)`. */
function titleOf(rest: readonly unknown[]): string | undefined {
  return rest.length > 1 && typeof rest[0] === 'string' ? rest[0] : undefined;
}

/** Sends what libraries log through Nest to the same lines. */
export function useLog(log: Log): void {
  Logger.overrideLogger(log.forNest);
}
