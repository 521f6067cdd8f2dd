import {
  getNamedType,
  GraphQLError,
  OperationTypeNode,
  type ASTNode,
  type ASTVisitor,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { invalidId } from './document.variables.js';
import { readGlobalId } from './shopify.ids.js';

/** Refuses ids in a document that are no global ids. */
function globalIdsRule(context: ValidationContext): ASTVisitor {
  const check = (node: ASTNode & { readonly value: string }): void => {
    const type = context.getInputType();
    if (!type || getNamedType(type).name !== 'ID' || readGlobalId(node.value) !== null) return;
    const extensions = { code: 'argumentLiteralsIncompatible', typeName: 'CoercionError' };
    context.reportError(new GraphQLError(invalidId(node.value), { nodes: node, extensions }));
  };
  return { StringValue: check, IntValue: check };
}

/** Neither API has subscriptions; GraphQL itself finds that out only when it executes one. */
function subscriptionsRule(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(node) {
      if (node.operation !== OperationTypeNode.SUBSCRIPTION || context.getSchema().getSubscriptionType()) return;
      const extensions = { code: 'missingSubscriptionConfiguration' };
      context.reportError(new GraphQLError('Schema is not configured for subscriptions', { nodes: node, extensions }));
    },
  };
}

/** What the vendor refuses in a document beside what GraphQL does. */
export const vendorRules: readonly ValidationRule[] = [globalIdsRule, subscriptionsRule];
