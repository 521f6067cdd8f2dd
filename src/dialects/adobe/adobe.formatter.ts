import { Injectable, Logger } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { GraphQLError, GraphQLErrorExtensions } from 'graphql';
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
import { AdobeCaller, settingsOf } from './adobe.caller.js';
import { AdobeError, filled, input } from './adobe.refusal.js';

const SEMANTIC: Readonly<Record<string, number>> = { 'graphql-authentication': 401, 'graphql-authorization': 403 };

/** A request that is no GraphQL request: the vendor's text and our status. */
interface TransportFault {
  readonly status: number;
  readonly message: string;
}

const TRANSPORT: Readonly<Record<Exclude<RequestFault['kind'], 'document'>, TransportFault>> = {
  unreadable: { status: 400, message: 'Unable to parse the request.' },
  'not-json': { status: 400, message: 'Request content type must be application/json' },
  'too-large': { status: 413, message: 'The request body is too large.' },
  'mutation-by-get': { status: 400, message: 'Mutation requests allowed only for POST requests' },
};

/** Shapes every answer that has errors: members, categories and status as the vendor's. */
@Injectable()
export class AdobeFormatter {
  private readonly log = new Logger(AdobeFormatter.name);

  constructor(
    private readonly caller: AdobeCaller,
    private readonly config: Config,
  ) {}

  readonly format = ({ errors: given, data }: Execution, context: ExecutionContext): FormattedAnswer => {
    const transport = given.map(transportFault).find((fault) => fault !== null);
    if (transport) return answerWith(transport.status, [new AdobeError(input(transport.message))]);
    const errors = given.flatMap(flatErrors);
    const refusals = errors.map(refusalBehind).filter((refusal) => refusal !== null);
    const wait = refusals.map(({ answer }) => answer.retryAfterSeconds).find((seconds) => seconds !== undefined);
    if (wait !== undefined) void context.reply.header('Retry-After', String(wait));
    const isOutside = data === undefined && errors.some(isFault);
    const status = isOutside ? 500 : this.statusOf(refusals, context);
    return answerWith(
      status,
      errors.flatMap((error) => this.membersOf(error, context.reply.request)),
      data,
    );
  };

  /** By the first refusal, where the store wants statuses with a meaning; else 200. */
  private statusOf(refusals: readonly AdobeError[], { reply }: ExecutionContext): number {
    const demanded = refusals.map(({ answer }) => answer.status).find((status) => status !== undefined);
    if (demanded !== undefined) return demanded;
    const store = this.caller.storeOf(reply.request);
    const [first] = refusals;
    if (!first || !store || settingsOf(store).httpStatus === 'legacy') return 200;
    return SEMANTIC[first.refusal.category] ?? 200;
  }

  /** GraphQL's own text, without values of the request (SEC-21) and, in production, without hints (SEC-64). */
  private toldOf({ message }: GraphQLError): string {
    const text = withoutValues(message);
    return this.config.environment === 'production' ? withoutHints(text) : text;
  }

  /** What the answer says of one error; a fault tells nothing but the id under which it was logged (SEC-68). */
  private membersOf(error: GraphQLError, { id }: FastifyRequest): GraphQLError[] {
    const refusal = refusalBehind(error)?.refusal;
    if (refusal) return [refusal, ...(refusal.also ?? [])].map((one) => placed(filled(one), error, error.extensions));
    if (!isFault(error)) return [placed(this.toldOf(error), error, error.extensions)];
    this.log.error({ err: error.originalError, id }, 'a request failed');
    return [placed('Internal server error', error, { id })];
  }
}

/** A member of `errors` at the place of another. */
function placed(message: string, { path, locations }: GraphQLError, extensions: GraphQLErrorExtensions): GraphQLError {
  return Object.assign(new ToldError(message, { path, extensions }), { locations });
}

function refusalBehind(error: GraphQLError): AdobeError | null {
  return errorBehind(error, AdobeError);
}

function transportFault(error: GraphQLError): TransportFault | null {
  const fault = requestFaultIn(error);
  if (fault?.kind === 'document') return { status: 400, message: fault.message };
  return fault && TRANSPORT[fault.kind];
}
