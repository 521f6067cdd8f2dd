import {
  getOperationAST,
  GraphQLError,
  Kind,
  parse,
  separateOperations,
  validate,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';
import { defaultLimits, limitRules } from '#lib/graphql-limits';
import { MAX_TOKENS } from '#lib/scoped-mercurius';

/** What is at the root of both APIs: it goes where the rest of the operation goes. */
const SHARED: ReadonlySet<string> = new Set([
  '__schema',
  '__type',
  '__typename',
  'node',
  'nodes',
  'publicApiVersions',
  'shop',
]);
const LIMITS = limitRules(defaultLimits);
const QUOTED = 5;

/** `partly`: the operation that is meant is ours, others of the document are not. */
export type Owner = 'ours' | 'partly' | 'upstream';

/**
 * Who answers the operation that is meant: an upstream, if nothing at its root is ours. What cannot be read is ours to
 * refuse.
 *
 * @throws Error with `errors`: no such operation, one of both kinds, or one larger than we read
 */
export function ownerOf(schema: GraphQLSchema, source: string, operationName: string | null): Owner {
  const document = parsed(source);
  if (!document) return 'ours';
  const operation = getOperationAST(document, operationName);
  if (!operation) throw refusal([noOperation(operationName)]);
  const { own, foreign } = rootsOf(schema, document, operation);
  if (foreign.length > 0) {
    const errors = own.length > 0 ? [mixed(own, foreign)] : validate(schema, document, LIMITS);
    if (errors.length > 0) throw refusal(errors);
    return 'upstream';
  }
  const others = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION && one !== operation);
  return others.length > 0 ? 'partly' : 'ours';
}

/** A document with nothing left in it but one operation and its fragments, each in its place. */
export function onlyOperation(source: string, operationName: string): string {
  const document = parse(source, { maxTokens: MAX_TOKENS });
  const kept = new Set<unknown>(separateOperations(document)[operationName]?.definitions);
  let text = source;
  for (const definition of document.definitions) {
    const { start, end } = definition.loc ?? { start: 0, end: 0 };
    const blank = text.slice(start, end).replace(/\S/g, ' ');
    if (!kept.has(definition)) text = text.slice(0, start) + blank + text.slice(end);
  }
  return text;
}

interface Roots {
  readonly own: readonly FieldNode[];
  readonly foreign: readonly FieldNode[];
}

function rootsOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Roots {
  const roots = rootFields(document, operation).filter(({ name }) => !SHARED.has(name.value));
  const ours = schema.getRootType(operation.operation)?.getFields() ?? {};
  const isOwn = ({ name }: FieldNode): boolean => Object.hasOwn(ours, name.value);
  return { own: roots.filter(isOwn), foreign: roots.filter((field) => !isOwn(field)) };
}

function parsed(source: string): DocumentNode | null {
  try {
    return parse(source, { maxTokens: MAX_TOKENS });
  } catch {
    return null;
  }
}

/** The fields at the root, those of fragments too; each fragment once, so that a cycle ends. */
function rootFields(document: DocumentNode, { selectionSet }: OperationDefinitionNode): FieldNode[] {
  const open: SelectionNode[] = [...selectionSet.selections];
  const seen = new Set<string>();
  const fields: FieldNode[] = [];
  for (let next = open.shift(); next; next = open.shift()) {
    if (next.kind === Kind.FIELD) fields.push(next);
    else if (next.kind === Kind.INLINE_FRAGMENT) open.push(...next.selectionSet.selections);
    else if (!seen.has(next.name.value)) {
      seen.add(next.name.value);
      open.push(...selectionsOf(document, next.name.value));
    }
  }
  return fields;
}

function selectionsOf({ definitions }: DocumentNode, fragment: string): readonly SelectionNode[] {
  return definitions.flatMap((definition) =>
    definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === fragment
      ? definition.selectionSet.selections
      : [],
  );
}

function mixed(own: readonly FieldNode[], foreign: readonly FieldNode[]): GraphQLError {
  const message =
    `Customer fields (${named(own)}) and other fields (${named(foreign)}) are answered by different servers. ` +
    'Send them as two operations.';
  return new GraphQLError(message, { nodes: foreign[0], extensions: { code: 'BAD_REQUEST' } });
}

function named(fields: readonly FieldNode[]): string {
  const names = [...new Set(fields.map(({ name }) => name.value))];
  return [...names.slice(0, QUOTED), ...(names.length > QUOTED ? ['…'] : [])].join(', ');
}

function noOperation(name: string | null): GraphQLError {
  return new GraphQLError(name === null ? 'Must provide operation name.' : `Unknown operation named "${name}".`);
}

function refusal(errors: readonly GraphQLError[]): Error {
  return Object.assign(new Error('the document was refused'), { errors });
}
