import { getOperationAST, OperationTypeNode, parse, type DocumentNode } from 'graphql';

/** A GraphQL request that cannot be read as one. */
export class UnreadableRequest extends Error {
  override readonly name = 'UnreadableRequest';
  readonly statusCode = 400;

  constructor(
    readonly fault: 'no-query' | 'syntax' | 'variables' | 'no-operation' | 'mutation-by-get',
    message: string,
  ) {
    super(message);
  }
}

/** The parts of a Fastify request that are looked at. */
interface GraphqlRequest {
  readonly method: string;
  readonly body: unknown;
  readonly query: unknown;
}

interface Envelope {
  query?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
}

/**
 * What JSON text begins with and no GraphQL document does. Mercurius takes a query that is no GraphQL for a document
 * tree in JSON, past the token limit; nobody needs that.
 */
const JSON_TEXT = /^\s*(?:\{\s*["}]|[["\d-]|null|true|false)/;
const NAME = /^[_A-Za-z][_0-9A-Za-z]*$/;

/** The document of a request that Mercurius would not stumble over. @throws UnreadableRequest */
export function readableDocument(request: GraphqlRequest, maxTokens: number): string {
  const envelope = envelopeOf(request);
  if (typeof envelope !== 'object' || envelope === null || Array.isArray(envelope)) {
    throw new UnreadableRequest('no-query', 'The request body must be a JSON object.');
  }
  const { query, operationName } = envelope;
  if (typeof query !== 'string' || query === '') throw new UnreadableRequest('no-query', 'The request has no query.');
  if (JSON_TEXT.test(query)) {
    throw new UnreadableRequest('syntax', 'Syntax Error: the query is not a GraphQL document.');
  }
  if (isGiven(operationName) && (typeof operationName !== 'string' || !NAME.test(operationName))) {
    throw unknownOperation(operationName);
  }
  if (request.method === 'GET') refuseUnreadableGet(query, envelope, maxTokens);
  return query;
}

/**
 * Keeps operations of one document apart: Mercurius finds compiled queries by the document's text alone, so that a
 * second operation of the same document would run the first one's code. The operation's name is appended as a comment,
 * which changes the text and nothing else.
 */
export function tellApart(request: GraphqlRequest): void {
  const envelope = envelopeOf(request);
  if (envelope && isGiven(envelope.operationName)) {
    envelope.query = `${String(envelope.query)}\n#${String(envelope.operationName)}`;
  }
}

function envelopeOf({ method, query, body }: GraphqlRequest): Envelope | null {
  return (method === 'GET' ? query : body) as Envelope | null;
}

function isGiven(operationName: unknown): boolean {
  return operationName !== undefined && operationName !== null && operationName !== '';
}

function refuseUnreadableGet(query: string, { operationName, variables }: Envelope, maxTokens: number): void {
  if (variables !== undefined && !isJsonObject(variables)) {
    throw new UnreadableRequest('variables', 'The variables must be a JSON object.');
  }
  const operation = getOperationAST(parsed(query, maxTokens), typeof operationName === 'string' ? operationName : null);
  if (!operation) throw unknownOperation(operationName);
  if (operation.operation !== OperationTypeNode.QUERY) {
    throw new UnreadableRequest('mutation-by-get', 'Mutations must be sent by POST.');
  }
}

function parsed(query: string, maxTokens: number): DocumentNode {
  try {
    return parse(query, { maxTokens });
  } catch (error) {
    throw new UnreadableRequest('syntax', error instanceof Error ? error.message : 'Syntax Error');
  }
}

function unknownOperation(name: unknown): UnreadableRequest {
  const message =
    typeof name === 'string' && NAME.test(name)
      ? `Unknown operation named "${name}".`
      : 'Must provide an operation name.';
  return new UnreadableRequest('no-operation', message);
}

function isJsonObject(text: unknown): boolean {
  try {
    const value: unknown = JSON.parse(String(text));
    return value === null || (typeof value === 'object' && !Array.isArray(value));
  } catch {
    return false;
  }
}
