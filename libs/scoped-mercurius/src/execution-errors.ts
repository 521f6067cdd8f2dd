import type { MercuriusDriverConfig } from '@nestjs/mercurius';
import { GraphQLError } from 'graphql';
import { UnreadableRequest } from './readable-request.js';
import { withoutValues } from './without-values.js';

/** Gives an answer that has errors its last form. */
export type ErrorFormatter = NonNullable<MercuriusDriverConfig['errorFormatter']>;
export type Execution = Parameters<ErrorFormatter>[0];
export type ExecutionContext = Parameters<ErrorFormatter>[1];
export type FormattedAnswer = ReturnType<ErrorFormatter>;

/** What is wrong with a request before its document is looked at. */
export type RequestFault =
  | { readonly kind: 'too-large' | 'not-json' | 'unreadable' | 'mutation-by-get' }
  | { readonly kind: 'document'; readonly message: string };

/** An answer with errors; one of a request that was not executed has no member `data` at all. */
export function answerWith(statusCode: number, errors: GraphQLError[], data?: Execution['data']): FormattedAnswer {
  return { statusCode, response: { errors, ...(data === undefined ? {} : { data }) } };
}

/** What the server and Mercurius have wrapped in one error: a list of errors, or empty. */
export function wrappedIn(error: Error): readonly unknown[] {
  const inner = error instanceof GraphQLError ? error.originalError : error;
  const list: unknown = inner && 'errors' in inner ? inner.errors : null;
  return Array.isArray(list) ? list : [];
}

/** The errors one by one: Mercurius wraps the list of validation errors in one error. */
export function flatErrors(error: GraphQLError): GraphQLError[] {
  const list = wrappedIn(error);
  return list.length > 0 ? list.filter((one) => one instanceof GraphQLError) : [error];
}

/** The error of a kind that this one is, or that execution has put inside it; else null. */
export function errorBehind<T extends GraphQLError>(
  error: GraphQLError,
  kind: abstract new (...given: never[]) => T,
): T | null {
  if (error instanceof kind) return error;
  return error.originalError instanceof kind ? error.originalError : null;
}

/** Whether it is neither a refusal nor GraphQL's own: something of ours went wrong. */
export function isFault({ originalError }: GraphQLError): boolean {
  return originalError !== undefined && !(originalError instanceof GraphQLError);
}

/** What the server or the readers of the body refused; null where the request was one. */
export function requestFaultIn(error: GraphQLError): RequestFault | null {
  const { originalError } = error;
  if (originalError instanceof UnreadableRequest) return unreadable(originalError);
  const code = originalError && 'code' in originalError ? String(originalError.code) : '';
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return { kind: 'too-large' };
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return { kind: 'not-json' };
  const isMisshapen = wrappedIn(error).some((one) => !(one instanceof GraphQLError));
  return isMisshapen || code.startsWith('FST_ERR_') ? { kind: 'unreadable' } : null;
}

function unreadable({ fault, message }: UnreadableRequest): RequestFault {
  if (fault === 'mutation-by-get') return { kind: fault };
  return fault === 'no-query' ? { kind: 'unreadable' } : { kind: 'document', message: withoutValues(message) };
}
