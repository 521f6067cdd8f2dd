import { Injectable, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { getOperationAST, GraphQLError, Kind, parse, type DocumentNode, type GraphQLSchema } from 'graphql';
import { oneLine } from '#lib/plain-text';
import {
  errorBehind,
  isFault,
  UnreadableRequest,
  wrappedIn,
  type Execution,
  type ExecutionContext,
  type FormattedAnswer,
} from '#lib/scoped-mercurius';
import { documentErrors, placed } from './document.errors.js';
import { variableErrors } from './document.variables.js';
import { ShopifyError } from './shopify.errors.js';
import { internalError } from './shopify.filter.js';
import { servedVersion } from './shopify.paths.js';
import { addressRefusal, bodyRefusal, envelopeOf, isObject } from './shopify.transport.js';

const JSON_TYPE = 'application/json; charset=utf-8';

/** Shapes every answer: headers, and whatever went wrong, in the vendor's form. */
@Injectable()
export class ShopifyFormatter {
  private readonly log = new Logger(ShopifyFormatter.name);

  /** What every answer has; `errors` come before `data`. */
  readonly dress = (request: FastifyRequest, reply: FastifyReply): { req: FastifyRequest } => {
    const version = servedVersion(request.url);
    if (version !== null) void reply.header('X-Shopify-API-Version', version);
    void reply.type(JSON_TYPE);
    reply.serializer((answer) => JSON.stringify(ordered(answer)));
    return { req: request };
  };

  /** Of what was executed, or could not be: refusals beside the data. Status 200 but where we are overloaded. */
  readonly format = ({ errors, data, extensions }: Execution, { app, reply }: ExecutionContext): FormattedAnswer => {
    const { request } = reply;
    if (data === undefined) {
      return { statusCode: 200, response: { errors: this.beforeExecution(errors, request, app.graphql.schema) } };
    }
    const wait = errors.map(retryAfter).find((seconds) => seconds !== null) ?? null;
    if (wait !== null) void reply.header('Retry-After', String(wait));
    const told = errors.map((error) => this.atRuntime(error, request));
    return {
      statusCode: wait === null ? 200 : 503,
      response: { errors: told, data, ...(extensions ? { extensions } : {}) },
    };
  };

  /** Of what was refused before: the request itself, its document, its variables. */
  readonly refuse = async (error: Error, request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    void reply.type(JSON_TYPE); // the server takes it away before it calls an error handler
    const refusal = addressRefusal(request) ?? bodyRefusal(error, request);
    if (refusal) {
      if (refusal.retryAfterSeconds !== null) void reply.header('Retry-After', String(refusal.retryAfterSeconds));
      await reply.code(refusal.status).send(refusal.body);
      return;
    }
    const errors = this.beforeExecution([error], request, request.server.graphql.schema);
    await reply.code(200).send({ errors });
  };

  /** @throws GraphQLError, several in `errors`, for variables that the library would take, such as ids of any form */
  readonly checkVariables = (schema: GraphQLSchema, document: DocumentNode, { reply }: ExecutionContext): void => {
    const errors = faultyVariables(schema, document, reply.request);
    if (errors.length > 0) throw Object.assign(new Error('the variables were refused'), { errors });
  };

  private beforeExecution(errors: readonly Error[], request: FastifyRequest, schema: GraphQLSchema): GraphQLError[] {
    const flat = errors.flatMap(unwrapped);
    const envelope = envelopeFault(flat, request);
    if (envelope) return [envelope];
    const inDocument = flat.filter(isGraphqls);
    if (inDocument.length === 0) return [this.fault(flat[0], request)];
    if (inDocument.some(isDocuments)) return documentErrors(inDocument, schema);
    const variables = faultyVariables(schema, documentIn(request), request);
    return variables.length > 0 ? variables : documentErrors(inDocument, schema);
  }

  private atRuntime(error: GraphQLError, request: FastifyRequest): GraphQLError {
    const told =
      errorBehind(error, ShopifyError) ?? (isFault(error) ? this.fault(error.originalError, request) : error);
    return placed({ message: told.message, extensions: told.extensions }, error.path, this.locationsOf(error));
  }

  /** Storefronts are told no place in the document. */
  protected locationsOf(_error: GraphQLError): GraphQLError['locations'] {
    return [];
  }

  private fault(error: unknown, request: FastifyRequest): GraphQLError {
    this.log.error({ err: error, id: request.id }, 'a request failed');
    return internalError(request.id);
  }
}

function ordered(answer: unknown): unknown {
  if (!isObject(answer) || !('data' in answer)) return answer;
  const { errors, data, extensions } = answer;
  return { errors, data, extensions };
}

/** Here the server's own refusals count as well as GraphQL's. */
function unwrapped(error: Error): Error[] {
  const list = wrappedIn(error);
  if (list.length > 0) return list.filter((one) => one instanceof Error);
  return [error instanceof GraphQLError ? (error.originalError ?? error) : error];
}

/** An envelope whose members are of other types than they should be. */
function envelopeFault(errors: readonly Error[], request: FastifyRequest): GraphQLError | null {
  const { query, operationName, variables } = envelopeOf(request) ?? {};
  if (typeof query !== 'string' || query === '') return new GraphQLError('No query string was present');
  const unreadable = errors.find((error) => error instanceof UnreadableRequest);
  if (unreadable?.fault === 'syntax') {
    return new GraphQLError('Expected a GraphQL document at [1, 1]', { extensions: { code: 'PARSE_ERROR' } });
  }
  if (unreadable) {
    const name = typeof operationName === 'string' ? operationName : JSON.stringify(operationName);
    return new GraphQLError(`No operation named "${oneLine(name, 100)}"`);
  }
  const isMisshapen = errors.some((error) => 'validation' in error || 'keyword' in error);
  if (!isMisshapen && (variables === undefined || variables === null || isObject(variables))) return null;
  return new GraphQLError('Variables must be a JSON object', { extensions: { code: 'BAD_REQUEST' } });
}

/** Of a document, not of the variables that were sent with it. */
function isDocuments({ message, nodes }: GraphQLError): boolean {
  return (
    message.startsWith('Syntax Error') ||
    nodes?.[0]?.kind !== Kind.VARIABLE_DEFINITION ||
    / is never used/.test(message)
  );
}

function documentIn(request: FastifyRequest): DocumentNode | null {
  try {
    return parse(String(envelopeOf(request)?.['query']));
  } catch {
    return null;
  }
}

function faultyVariables(
  schema: GraphQLSchema,
  document: DocumentNode | null,
  request: FastifyRequest,
): GraphQLError[] {
  const { operationName, variables } = envelopeOf(request) ?? {};
  const operation = document && getOperationAST(document, typeof operationName === 'string' ? operationName : null);
  return operation ? variableErrors(schema, operation, isObject(variables) ? variables : {}) : [];
}

function retryAfter(error: GraphQLError): number | null {
  return errorBehind(error, ShopifyError)?.retryAfterSeconds ?? null;
}

/** Before execution, what has a place in the document is the document's fault. */
function isGraphqls(error: Error): error is GraphQLError {
  return error instanceof GraphQLError && (error.nodes !== undefined || !isFault(error));
}
