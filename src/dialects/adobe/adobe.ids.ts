import { GraphQLID, GraphQLNonNull, isObjectType, type GraphQLSchema } from 'graphql';
import type { Store } from '../../store/index.js';

/** What `Customer.id` is: a number up to 2.4.8, from 2.4.9 on an opaque text. */
export type IdForm = 'number' | 'uid';

/** What a store's clients were written for; who names no store that we know is answered as by the default release. */
export function idFormOf(store: Store | null): IdForm {
  return store?.settings.adobe?.profile === '2.4.9' ? 'uid' : 'number';
}

/** The vendor's opaque form of a number. */
export function uidOf(id: number): string {
  return Buffer.from(String(id)).toString('base64');
}

/** The schema as of release 2.4.9. */
export function withUids(schema: GraphQLSchema): GraphQLSchema {
  const customer = schema.getType('Customer');
  const id = isObjectType(customer) ? customer.getFields()['id'] : undefined;
  if (!id) throw new Error('the schema has no customers');
  id.type = new GraphQLNonNull(GraphQLID);
  id.deprecationReason = undefined;
  id.resolve = (parent: { readonly id: number }) => uidOf(parent.id);
  return schema;
}
