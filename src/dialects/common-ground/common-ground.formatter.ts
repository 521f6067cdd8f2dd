import { HttpException, Injectable, Logger } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import {
  answerWith,
  errorBehind,
  flatErrors,
  isFault,
  requestFaultIn,
  ToldError,
  withoutHints,
  withoutValues,
  type Execution,
  type ExecutionContext,
  type FormattedAnswer,
  type RequestFault,
} from '#lib/scoped-mercurius';
import { Config } from '../../config/index.js';
import { CommonGroundError } from './common-ground.errors.js';

/** A request that is no GraphQL request. */
interface TransportFault {
  readonly status: number;
  readonly message: string;
}

const BY_GET: TransportFault = { status: 405, message: 'Operations must be sent by POST.' };
const TRANSPORT: Readonly<Record<Exclude<RequestFault['kind'], 'document'>, TransportFault>> = {
  unreadable: { status: 400, message: 'The request body must be a JSON object with a query.' },
  'not-json': { status: 415, message: 'The content type must be application/json.' },
  'too-large': { status: 413, message: 'The request body is too large.' },
  'mutation-by-get': BY_GET,
};

/** Shapes every answer that has errors: each has a code, and none tells of the inside. */
@Injectable()
export class CommonGroundFormatter {
  private readonly log = new Logger(CommonGroundFormatter.name);

  constructor(private readonly config: Config) {}

  readonly format = ({ errors: given, data }: Execution, { reply }: ExecutionContext): FormattedAnswer => {
    const found = given.map(transportFault).find((fault) => fault !== null);
    const transport = reply.request.method === 'POST' ? found : BY_GET;
    if (transport) {
      if (transport.status === BY_GET.status) void reply.header('Allow', 'POST');
      return answerWith(transport.status, [coded(transport.message, 'BAD_USER_INPUT')]);
    }
    const errors = given.flatMap(flatErrors);
    const refusals = errors.flatMap((error) => errorBehind(error, CommonGroundError)?.refusal ?? []);
    const wait = refusals.find(({ retryAfterSeconds }) => retryAfterSeconds !== undefined)?.retryAfterSeconds;
    if (wait !== undefined) void reply.header('Retry-After', String(wait));
    const demanded = refusals.find(({ status }) => status !== undefined)?.status;
    const outside = errors.some(isFault) ? 500 : 400;
    const members = errors.map((error) => this.memberOf(error, reply.request));
    return answerWith(demanded ?? (data === undefined || data === null ? outside : 200), members, data);
  };

  /** What the answer says of one error; a fault tells nothing but the id under which it was logged (SEC-68). */
  private memberOf(error: GraphQLError, { id }: FastifyRequest): GraphQLError {
    const refusal = errorBehind(error, CommonGroundError);
    if (refusal) return new ToldError(refusal.message, { extensions: refusal.extensions, path: error.path });
    if (isFault(error)) {
      this.log.error({ err: error.originalError, id }, 'a request failed');
      return coded('Internal server error', 'INTERNAL_SERVER_ERROR', { id });
    }
    if (hasCode(error)) return error;
    return Object.assign(coded(this.toldOf(error), 'BAD_USER_INPUT'), { locations: error.locations });
  }

  /** GraphQL's own text, without values of the request (SEC-21) and, in production, without hints (SEC-64). */
  private toldOf({ message }: GraphQLError): string {
    const text = withoutValues(message);
    return this.config.environment === 'production' ? withoutHints(text) : text;
  }
}

/** A fault that the filter has logged already. What compiled queries refuse lacks the member altogether. */
function hasCode({ extensions }: { readonly extensions?: { readonly code?: unknown } }): boolean {
  return extensions?.code === 'INTERNAL_SERVER_ERROR';
}

function coded(message: string, code: string, more: object = {}): GraphQLError {
  return new ToldError(message, { extensions: { code, ...more } });
}

function transportFault(error: GraphQLError): TransportFault | null {
  if (error.originalError instanceof HttpException) {
    return TRANSPORT[error.originalError.getStatus() === 415 ? 'not-json' : 'unreadable'];
  }
  const fault = requestFaultIn(error);
  if (fault?.kind === 'document') return { status: 400, message: fault.message };
  return fault && TRANSPORT[fault.kind];
}
