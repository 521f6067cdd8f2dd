import { extendSchema, GraphQLObjectType, GraphQLSchema, parse, type GraphQLFieldResolver } from 'graphql';
import { MONEY_TYPES } from './money.closure.js';
import { ORDER_TYPES } from './order.closure.js';
import { checkPage, type ShopifyPageArguments } from './shopify.connections.js';

const LANGUAGES = `
  AF AK AM AR AS AZ BE BG BM BN BO BR BS CA CE CKB CS CU CY DA DE DZ EE EL EN EO ES ET EU FA FF FI FIL FO FR FY GA GD
  GL GU GV HA HE HI HR HU HY IA ID IG II IS IT JA JV KA KI KK KL KM KN KO KS KU KW KY LA LB LG LN LO LT LU LV MG MI
  MK ML MN MO MR MS MT MY NB ND NE NL NN NO OM OR OS PA PL PS PT PT_BR PT_PT QU RM RN RO RU RW SA SC SD SE SG SH SI
  SK SL SN SO SQ SR SU SV SW TA TE TG TH TI TK TO TR TT UG UK UR UZ VI VO WO XH YI YO ZH ZH_CN ZH_TW ZU
`;

/** What storefronts write on every operation; but for the buyer's token it changes nothing here. */
const DIRECTIVES = `
  directive @accessRestricted(reason: String = null) on FIELD_DEFINITION | OBJECT
  directive @inContext(buyer: BuyerInput, country: CountryCode, language: LanguageCode, preferredLocationId: ID,
    visitorConsent: VisitorConsent) on MUTATION | QUERY
  input BuyerInput { companyLocationId: ID customerAccessToken: String! }
  input VisitorConsent { analytics: Boolean marketing: Boolean preferences: Boolean saleOfData: Boolean }
  enum LanguageCode { ${LANGUAGES} }
`;

/** What a customer has besides, at the vendor's; here there is never any of it. */
const CUSTOMER_EXTRAS = `
  extend type Customer implements HasMetafields {
    metafield(key: String!, namespace: String): Metafield
    metafields(identifiers: [HasMetafieldsIdentifier!]!): [Metafield]!
    orders(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false,
      sortKey: OrderSortKeys = ID): OrderConnection!
  }
`;

const noOrders: GraphQLFieldResolver<unknown, unknown, ShopifyPageArguments> = (_customer, page) => {
  checkPage(page);
  const pageInfo = { endCursor: null, hasNextPage: false, hasPreviousPage: false, startCursor: null };
  return { edges: [], nodes: [], pageInfo, totalCount: '0' };
};

/** One null for each that is asked for. */
const noMetafields: GraphQLFieldResolver<unknown, unknown, { identifiers: readonly unknown[] }> = (
  _customer,
  { identifiers },
) => identifiers.map(() => null);

/** The schema with what is not resolved by classes: the vendor's name of the query type, directives, closures. */
export function inVendorsForm(schema: GraphQLSchema): GraphQLSchema {
  const extended = extendSchema(inVendorsName(schema), parse(DIRECTIVES + MONEY_TYPES + ORDER_TYPES + CUSTOMER_EXTRAS));
  resolveBy(extended, { metafield: () => null, metafields: noMetafields, orders: noOrders });
  return extended;
}

/** The schema with the vendor's name of the query type, which cannot be said by decorators. */
export function inVendorsName(schema: GraphQLSchema): GraphQLSchema {
  const { query, types, ...config } = schema.toConfig();
  if (!query) return schema;
  const root = new GraphQLObjectType({ ...query.toConfig(), name: 'QueryRoot' });
  return new GraphQLSchema({ ...config, query: root, types: types.filter((type) => type !== query) });
}

function resolveBy(
  schema: GraphQLSchema,
  resolvers: Readonly<Record<string, GraphQLFieldResolver<unknown, unknown>>>,
): void {
  const customer = schema.getType('Customer');
  if (!(customer instanceof GraphQLObjectType)) return;
  for (const [name, resolve] of Object.entries(resolvers)) Object.assign(customer.getFields()[name] ?? {}, { resolve });
}
