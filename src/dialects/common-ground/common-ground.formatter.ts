import { randomUUID } from 'node:crypto';
import { HttpException, Injectable, Logger } from '@nestjs/common';
import type { MercuriusDriverConfig } from '@nestjs/mercurius';
import { GraphQLError } from 'graphql';
import { UnreadableRequest, withoutValues } from '#lib/scoped-mercurius';
import { Config } from '../../config/index.js';
import { CommonGroundError } from './common-ground.errors.js';

type Formatter = NonNullable<MercuriusDriverConfig['errorFormatter']>;
type Execution = Parameters<Formatter>[0];
type Context = Parameters<Formatter>[1];
type Answer = ReturnType<Formatter>;

/** A request that is no GraphQL request. */
interface TransportFault {
  readonly status: number;
  readonly message: string;
}

const BY_GET: TransportFault = { status: 405, message: 'Operations must be sent by POST.' };
const NOT_JSON: TransportFault = { status: 415, message: 'The content type must be application/json.' };
const TOO_LARGE: TransportFault = { status: 413, message: 'The request body is too large.' };
const UNREADABLE: TransportFault = { status: 400, message: 'The request body must be a JSON object with a query.' };

/** Shapes every answer that has errors: each has a code, and none tells of the inside. */
@Injectable()
export class CommonGroundFormatter {
  private readonly log = new Logger(CommonGroundFormatter.name);

  constructor(private readonly config: Config) {}

  readonly format = ({ errors: given, data }: Execution, { reply }: Context): Answer => {
    const found = given.map(transportFault).find((fault) => fault !== null);
    const transport = reply.request.method === 'POST' ? found : BY_GET;
    if (transport) {
      if (transport.status === BY_GET.status) void reply.header('Allow', 'POST');
      return answered(transport.status, [coded(transport.message, 'BAD_USER_INPUT')]);
    }
    const errors = given.flatMap(unwrapped);
    const refusals = errors.flatMap((error) => refusalBehind(error)?.refusal ?? []);
    const wait = refusals.find(({ retryAfterSeconds }) => retryAfterSeconds !== undefined)?.retryAfterSeconds;
    if (wait !== undefined) void reply.header('Retry-After', String(wait));
    const demanded = refusals.find(({ status }) => status !== undefined)?.status;
    const outside = errors.some(isFault) ? 500 : 400;
    const members = errors.map((error) => this.memberOf(error));
    return answered(demanded ?? (data === undefined || data === null ? outside : 200), members, data);
  };

  /** What the answer says of one error; a fault tells nothing but the id under which it was logged (SEC-68). */
  private memberOf(error: GraphQLError): GraphQLError {
    const refusal = refusalBehind(error);
    if (refusal) return new GraphQLError(refusal.message, { extensions: refusal.extensions, path: error.path });
    if (isFault(error)) {
      const id = randomUUID();
      this.log.error({ err: error.originalError, id }, 'a request failed');
      return coded('Internal server error', 'INTERNAL_SERVER_ERROR', { id });
    }
    if (hasCode(error)) return error;
    return Object.assign(coded(this.toldOf(error), 'BAD_USER_INPUT'), { locations: error.locations });
  }

  /** GraphQL's own text, without values of the request (SEC-21) and, in production, without hints (SEC-64). */
  private toldOf({ message }: GraphQLError): string {
    const text = withoutValues(message);
    return this.config.environment === 'production' ? text.replace(/ Did you mean [\s\S]*$/, '') : text;
  }
}

/** A fault that the filter has logged already. What compiled queries refuse lacks the member altogether. */
function hasCode({ extensions }: { readonly extensions?: { readonly code?: unknown } }): boolean {
  return extensions?.code === 'INTERNAL_SERVER_ERROR';
}

function coded(message: string, code: string, more: object = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...more } });
}

function answered(statusCode: number, errors: GraphQLError[], data?: Execution['data']): Answer {
  return { statusCode, response: { errors, ...(data === undefined ? {} : { data }) } };
}

/** Mercurius wraps the list of validation errors in one error. */
function unwrapped(error: GraphQLError): GraphQLError[] {
  const list = listIn(error);
  return list.length > 0 ? list.filter((one) => one instanceof GraphQLError) : [error];
}

function listIn({ originalError }: GraphQLError): readonly unknown[] {
  const list: unknown = originalError && 'errors' in originalError ? originalError.errors : null;
  return Array.isArray(list) ? list : [];
}

/** Execution puts errors of ours inside errors that know the place. */
function refusalBehind(error: GraphQLError): CommonGroundError | null {
  if (error instanceof CommonGroundError) return error;
  return error.originalError instanceof CommonGroundError ? error.originalError : null;
}

/** Neither a refusal nor GraphQL's own. */
function isFault({ originalError }: GraphQLError): boolean {
  return originalError !== undefined && !(originalError instanceof GraphQLError);
}

function transportFault(error: GraphQLError): TransportFault | null {
  const { originalError } = error;
  if (originalError instanceof UnreadableRequest) return unreadable(originalError);
  if (originalError instanceof HttpException) return originalError.getStatus() === 415 ? NOT_JSON : UNREADABLE;
  const code = originalError && 'code' in originalError ? String(originalError.code) : '';
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return TOO_LARGE;
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return NOT_JSON;
  const isMisshapen = listIn(error).some((one) => !(one instanceof GraphQLError));
  return isMisshapen || code.startsWith('FST_ERR_') ? UNREADABLE : null;
}

function unreadable({ fault, message }: UnreadableRequest): TransportFault {
  if (fault === 'mutation-by-get') return BY_GET;
  return fault === 'no-query' ? UNREADABLE : { status: 400, message: withoutValues(message) };
}
