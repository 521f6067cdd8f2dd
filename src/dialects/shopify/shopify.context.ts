import { extendSchema, GraphQLObjectType, GraphQLSchema, parse } from 'graphql';

const LANGUAGES = `
  AF AK AM AR AS AZ BE BG BM BN BO BR BS CA CE CKB CS CU CY DA DE DZ EE EL EN EO ES ET EU FA FF FI FIL FO FR FY GA GD
  GL GU GV HA HE HI HR HU HY IA ID IG II IS IT JA JV KA KI KK KL KM KN KO KS KU KW KY LA LB LG LN LO LT LU LV MG MI
  MK ML MN MO MR MS MT MY NB ND NE NL NN NO OM OR OS PA PL PS PT PT_BR PT_PT QU RM RN RO RU RW SA SC SD SE SG SH SI
  SK SL SN SO SQ SR SU SV SW TA TE TG TH TI TK TO TR TT UG UK UR UZ VI VO WO XH YI YO ZH ZH_CN ZH_TW ZU
`;

/** What storefronts write on every operation; it is understood and changes nothing here. */
const IN_CONTEXT = `
  directive @inContext(buyer: BuyerInput, country: CountryCode, language: LanguageCode, preferredLocationId: ID,
    visitorConsent: VisitorConsent) on MUTATION | QUERY
  input BuyerInput { companyLocationId: ID customerAccessToken: String! }
  input VisitorConsent { analytics: Boolean marketing: Boolean preferences: Boolean saleOfData: Boolean }
  enum LanguageCode { ${LANGUAGES} }
`;

/** The schema with what cannot be said by decorators: the vendor's name of the query type, and `@inContext`. */
export function inVendorsForm(schema: GraphQLSchema): GraphQLSchema {
  const { query, types, ...config } = schema.toConfig();
  if (!query) return schema;
  const root = new GraphQLObjectType({ ...query.toConfig(), name: 'QueryRoot' });
  const renamed = new GraphQLSchema({ ...config, query: root, types: types.filter((type) => type !== query) });
  return extendSchema(renamed, parse(IN_CONTEXT));
}
