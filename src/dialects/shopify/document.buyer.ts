import { getDirectiveValues, getOperationAST, type DocumentNode, type GraphQLSchema } from 'graphql';

/** The customer's token that an operation names in `@inContext(buyer: …)`, or null. */
export function buyerTokenIn(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null,
  variables: Readonly<Record<string, unknown>>,
): string | null {
  const operation = getOperationAST(document, operationName);
  const directive = schema.getDirective('inContext');
  const buyer = operation && directive ? getDirectiveValues(directive, operation, variables)?.['buyer'] : null;
  if (typeof buyer !== 'object' || buyer === null || !('customerAccessToken' in buyer)) return null;
  return String(buyer.customerAccessToken);
}
