import { randomUUID } from 'node:crypto';
import { HttpException, Injectable, Logger } from '@nestjs/common';
import type { MercuriusDriverConfig } from '@nestjs/mercurius';
import { GraphQLError, type GraphQLErrorExtensions } from 'graphql';
import { UnreadableRequest, withoutValues } from '#lib/scoped-mercurius';
import { AdobeCaller, settingsOf } from './adobe.caller.js';
import { AdobeError, input } from './adobe.errors.js';

type Formatter = NonNullable<MercuriusDriverConfig['errorFormatter']>;
type Execution = Parameters<Formatter>[0];
type Context = Parameters<Formatter>[1];
type Answer = ReturnType<Formatter>;

const SEMANTIC: Readonly<Record<string, number>> = { 'graphql-authentication': 401, 'graphql-authorization': 403 };

/** A request that is no GraphQL request: the vendor's text and our status. */
interface TransportFault {
  readonly status: number;
  readonly message: string;
}

const UNREADABLE: TransportFault = { status: 400, message: 'Unable to parse the request.' };
const NOT_JSON: TransportFault = { status: 400, message: 'Request content type must be application/json' };
const TOO_LARGE: TransportFault = { status: 413, message: 'The request body is too large.' };
const BY_GET: TransportFault = { status: 400, message: 'Mutation requests allowed only for POST requests' };

/** Shapes every answer that has errors: members, categories and status as the vendor's. */
@Injectable()
export class AdobeFormatter {
  private readonly log = new Logger(AdobeFormatter.name);

  constructor(private readonly caller: AdobeCaller) {}

  readonly format = ({ errors: given, data }: Execution, context: Context): Answer => {
    const transport = given.map(transportFault).find((fault) => fault !== null);
    if (transport) return answered(transport.status, [new AdobeError(input(transport.message))]);
    const errors = given.flatMap(unwrapped);
    const refusals = errors.map(refusalBehind).filter((refusal) => refusal !== null);
    const wait = refusals.map(({ answer }) => answer.retryAfterSeconds).find((seconds) => seconds !== undefined);
    if (wait !== undefined) void context.reply.header('Retry-After', String(wait));
    const isOutside = data === undefined && errors.some(isFault);
    const status = isOutside ? 500 : this.statusOf(refusals, context);
    return answered(
      status,
      errors.flatMap((error) => this.membersOf(error)),
      data,
    );
  };

  /** By the first refusal, where the store wants statuses with a meaning; else 200. */
  private statusOf(refusals: readonly AdobeError[], { reply }: Context): number {
    const demanded = refusals.map(({ answer }) => answer.status).find((status) => status !== undefined);
    if (demanded !== undefined) return demanded;
    const store = this.caller.storeOf(reply.request);
    const [first] = refusals;
    if (!first || !store || settingsOf(store).httpStatus === 'legacy') return 200;
    return SEMANTIC[first.refusal.category] ?? 200;
  }

  /** What the answer says of one error; a fault tells nothing but the id under which it was logged (SEC-68). */
  private membersOf(error: GraphQLError): GraphQLError[] {
    const refusal = refusalBehind(error)?.refusal;
    if (refusal) return [refusal.message, ...(refusal.also ?? [])].map((text) => placed(text, error, error.extensions));
    if (!isFault(error)) return [placed(withoutValues(error.message), error, error.extensions)];
    const id = randomUUID();
    this.log.error({ err: error.originalError, id }, 'a request failed');
    return [placed('Internal server error', error, { id })];
  }
}

function answered(statusCode: number, errors: GraphQLError[], data?: Execution['data']): Answer {
  return { statusCode, response: { errors, ...(data === undefined ? {} : { data }) } };
}

/** A member of `errors` at the place of another. */
function placed(message: string, { path, locations }: GraphQLError, extensions: GraphQLErrorExtensions): GraphQLError {
  return Object.assign(new GraphQLError(message, { path, extensions }), { locations });
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
function refusalBehind(error: GraphQLError): AdobeError | null {
  if (error instanceof AdobeError) return error;
  return error.originalError instanceof AdobeError ? error.originalError : null;
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
