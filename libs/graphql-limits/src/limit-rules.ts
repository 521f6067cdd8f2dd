import { GraphQLError, Kind, NoSchemaIntrospectionCustomRule, OperationTypeNode } from 'graphql';
import type { DocumentNode, FieldNode, OperationDefinitionNode, ValidationContext, ValidationRule } from 'graphql';
import { defaultLimits, type GraphqlLimits } from './limits.js';
import { countNodes, Meter } from './measure.js';
import type { Measure } from './measure.js';

const INTROSPECTION = new Set(['__schema', '__type']);

/** The static rules of SEC-62 and SEC-63; each reports at most one `QUERY_TOO_COMPLEX` for a document. */
export function limitRules(limits: GraphqlLimits): ValidationRule[] {
  return [
    depthRule(limits.depth),
    aliasRule(limits.aliases),
    rootFieldRule(limits.rootFieldsInMutation),
    credentialRule(limits.credentialFields, limits.credentialOperations),
    directiveRule(limits.directives),
    fragmentSpreadRule(limits.fragmentSpreads),
  ];
}

function depthRule(limit: number): ValidationRule {
  const depth: Measure = {
    weigh: (field, below) => (INTROSPECTION.has(field.name.value) ? 0 : 1 + below),
    join: Math.max,
  };
  return operationRule(limit, depth, (found) => `Query depth ${found} exceeds the limit of ${limit}.`);
}

function aliasRule(limit: number): ValidationRule {
  const aliases: Measure = { weigh: (field, below) => (field.alias ? 1 : 0) + below, join: sum };
  const message = `More than ${limit} ${limit === 1 ? 'alias' : 'aliases'} in one request.`;
  return operationRule(limit, aliases, () => message);
}

function rootFieldRule(limit: number): ValidationRule {
  const message = `More than ${counted(limit, 'root field')} in one mutation.`;
  return operationRule(
    limit,
    rootFields(() => true),
    () => message,
    isMutation,
  );
}

function credentialRule(names: ReadonlySet<string>, limit: number): ValidationRule {
  const message = `More than ${counted(limit, 'credential operation')} in one request.`;
  return operationRule(
    limit,
    rootFields((field) => names.has(field.name.value)),
    () => message,
  );
}

function directiveRule(limit: number): ValidationRule {
  return documentRule(limit, Kind.DIRECTIVE, `More than ${counted(limit, 'directive')} in one request.`);
}

function fragmentSpreadRule(limit: number): ValidationRule {
  return documentRule(limit, Kind.FRAGMENT_SPREAD, `More than ${counted(limit, 'fragment spread')} in one request.`);
}

/** Measures each operation by itself, since of several in a document only one is executed. */
function operationRule(
  limit: number,
  measure: Measure,
  message: (found: number) => string,
  applies: (operation: OperationDefinitionNode) => boolean = () => true,
): ValidationRule {
  return onDocument((document, context) => {
    const meter = new Meter(document, measure);
    for (const operation of document.definitions) {
      if (operation.kind !== Kind.OPERATION_DEFINITION || !applies(operation)) continue;
      const found = meter.total(operation);
      if (found > limit) return context.reportError(tooComplex(message(found), operation));
    }
  });
}

/** Counts what is written in the whole document: here it is reading and checking that costs, not executing. */
function documentRule(limit: number, kind: Kind, message: string): ValidationRule {
  return onDocument((document, context) => {
    if (countNodes(document, kind) > limit) context.reportError(tooComplex(message));
  });
}

function onDocument(check: (document: DocumentNode, context: ValidationContext) => void): ValidationRule {
  return (context) => ({ Document: (document) => check(document, context) });
}

/** Counts root fields only: what lies below one adds nothing. */
function rootFields(matches: (field: FieldNode) => boolean): Measure {
  return { weigh: (field) => (matches(field) ? 1 : 0), join: sum };
}

function isMutation(operation: OperationDefinitionNode): boolean {
  return operation.operation === OperationTypeNode.MUTATION;
}

function sum(left: number, right: number): number {
  return left + right;
}

function counted(limit: number, thing: string): string {
  return `${limit} ${thing}${limit === 1 ? '' : 's'}`;
}

function tooComplex(message: string, operation?: OperationDefinitionNode): GraphQLError {
  return new GraphQLError(message, { nodes: operation, extensions: { code: 'QUERY_TOO_COMPLEX' } });
}

/** What a schema refuses before it executes a document: too much of anything and, in production, questions about itself. */
export function documentRules({
  isProduction,
  credentialFields,
}: {
  readonly isProduction: boolean;
  readonly credentialFields: readonly string[];
}): ValidationRule[] {
  const limits = limitRules({ ...defaultLimits, credentialFields: new Set(credentialFields) });
  return isProduction ? [...limits, NoSchemaIntrospectionCustomRule] : limits;
}
