import { Injectable } from '@nestjs/common';
import { GraphQLError } from 'graphql';
import type { MercuriusDriverConfig } from '@nestjs/mercurius';
import { UnreadableRequest } from '#lib/scoped-mercurius';
import type { IncomingRequest } from '../../access/index.js';
import { AdobeCaller, settingsOf } from './adobe.caller.js';
import { input } from './adobe.errors.js';

type Formatter = NonNullable<MercuriusDriverConfig['errorFormatter']>;
type Execution = Parameters<Formatter>[0];
type Context = Parameters<Formatter>[1];
type Answer = ReturnType<Formatter>;

const SEMANTIC: Readonly<Record<string, number>> = { 'graphql-authentication': 401, 'graphql-authorization': 403 };

/** Transport faults, by Fastify's code: the vendor's text and our status. */
const TRANSPORT: Readonly<Record<string, { readonly status: number; readonly message: string }>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { status: 413, message: 'The request body is too large.' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { status: 400, message: 'Request content type must be application/json' },
  FST_ERR_CTP_EMPTY_JSON_BODY: { status: 400, message: 'Unable to parse the request.' },
  FST_ERR_CTP_INVALID_JSON_BODY: { status: 400, message: 'Unable to parse the request.' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { status: 400, message: 'Unable to parse the request.' },
};
const UNREADABLE = { status: 400, message: 'Unable to parse the request.' };

/** Shapes every answer that has errors: members, categories and status as the vendor's. */
@Injectable()
export class AdobeFormatter {
  constructor(private readonly caller: AdobeCaller) {}

  readonly format = (execution: Execution, context: Context): Answer => {
    const errors = (execution.errors ?? []).flatMap(unwrapped);
    const transport = errors.map(transportFault).find((fault) => fault !== null);
    if (transport) return answer(transport.status, [shaped(input(transport.message))]);
    if (errors.some(({ extensions }) => extensions['rejected'] === true)) return answer(401, errors.slice(0, 1).map(toMember));
    const members = errors.map(toMember);
    const status = this.statusOf(errors, context);
    const retryAfter = errors.map(({ extensions }) => extensions['retryAfter']).find((seconds) => seconds !== undefined);
    if (retryAfter === undefined) return answer(status, members, execution.data);
    void context.reply.header('Retry-After', String(retryAfter));
    return answer(503, members, execution.data);
  };

  /** By the first error that has a category, where the store wants statuses with a meaning; else 200. */
  private statusOf(errors: readonly GraphQLError[], context: Context): number {
    const store = this.caller.storeOf(context.reply.request as unknown as IncomingRequest);
    if (!store || settingsOf(store).httpStatus === 'legacy') return 200;
    const category = errors.map(({ extensions }) => extensions['category']).find((one) => typeof one === 'string');
    return typeof category === 'string' ? (SEMANTIC[category] ?? 200) : 200;
  }
}

function answer(statusCode: number, errors: object[], data?: Execution['data']): Answer {
  const response = { errors, ...(data === undefined ? {} : { data }) };
  return { statusCode, response: response as unknown as Answer['response'] };
}

/** Mercurius wraps the list of validation errors in one error. */
function unwrapped(error: GraphQLError): GraphQLError[] {
  const list: unknown = error.originalError && 'errors' in error.originalError ? error.originalError.errors : null;
  if (!Array.isArray(list)) return [error];
  return list.map((one: unknown) => (one instanceof GraphQLError ? one : toGraphqlError(one, error)));
}

function toGraphqlError(fault: unknown, error: GraphQLError): GraphQLError {
  return new GraphQLError(fault instanceof Error ? fault.message : error.message, { originalError: error });
}

function transportFault({ originalError }: GraphQLError): { status: number; message: string } | null {
  if (originalError instanceof UnreadableRequest) return unreadable(originalError);
  const code = originalError && 'code' in originalError ? String(originalError.code) : '';
  if (TRANSPORT[code]) return TRANSPORT[code];
  return code.startsWith('FST_ERR_') || code === 'MER_ERR_GQL_PERSISTED_QUERY_NOT_FOUND' ? UNREADABLE : null;
}

function unreadable({ fault, message }: UnreadableRequest): { status: number; message: string } {
  if (fault === 'mutation-by-get') return { status: 400, message: 'Mutation requests allowed only for POST requests' };
  return fault === 'no-query' ? UNREADABLE : { status: 400, message };
}

function shaped({ message, category }: { message: string; category: string }): object {
  return { message, extensions: { category } };
}

/** One member of `errors`; an error that is neither a refusal nor GraphQL's own tells nothing but that it happened. */
function toMember(error: GraphQLError): object {
  const { message, locations, path, extensions } = error;
  if (error.originalError && !(error.originalError instanceof GraphQLError)) return { message: 'Internal server error', locations, path };
  const { rejected: _rejected, retryAfter: _retryAfter, ...shown } = extensions;
  return { message, locations, path, ...(Object.keys(shown).length > 0 ? { extensions: shown } : {}) };
}
