import { Kind, OperationTypeNode, parse, type DocumentNode } from 'graphql';
import { MAX_TOKENS } from '#lib/scoped-mercurius';

const SIGN_IN = 'sessionLoginApi';

/**
 * Whether a document does nothing but sign in: one operation with that one field, and no fragment beside it, for what is
 * refused in a fragment tells of the schema.
 */
export function onlySignsIn(source: string): boolean {
  const [operation, ...more] = parsed(source)?.definitions ?? [];
  if (operation?.kind !== Kind.OPERATION_DEFINITION || more.length > 0) return false;
  const [field, ...others] = operation.selectionSet.selections;
  const isOne = field?.kind === Kind.FIELD && field.name.value === SIGN_IN && others.length === 0;
  return isOne && operation.operation === OperationTypeNode.MUTATION;
}

function parsed(source: string): DocumentNode | null {
  try {
    return parse(source, { maxTokens: MAX_TOKENS });
  } catch {
    return null;
  }
}
