import introspection from '@shopify/hydrogen-react/storefront.schema.json' with { type: 'json' };
import {
  buildClientSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  type GraphQLArgument,
  type GraphQLNamedType,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import { schemaAt } from '../support/schema.js';
import { TestApp } from '../support/test-app.js';

/** Of these the vendor has more than a customer's account needs; all others are the vendor's to the last member. */
const PARTIAL = new Set([
  'DiscountApplicationConnection',
  'Image',
  'Metafield',
  'MetafieldParentResource',
  'Mutation',
  'Order',
  'OrderLineItem',
  'Product',
  'ProductVariant',
  'QueryRoot',
  'Shop',
]);
let app: TestApp;
let ours: GraphQLSchema;
let vendors: GraphQLSchema;

beforeAll(async () => {
  app = await TestApp.start();
  ours = await schemaAt(app, '/api/2026-04/graphql.json');
  vendors = buildClientSchema(introspection as unknown as IntrospectionQuery);
});

afterAll(() => app.stop());

/** A type's members, each in one line that says all a client can rely on. */
function membersOf(type: GraphQLNamedType | undefined): string[] {
  if (isEnumType(type)) return type.getValues().map(({ name, deprecationReason }) => line(name, '', deprecationReason));
  if (isUnionType(type)) return type.getTypes().map(({ name }) => name);
  if (isInputObjectType(type)) return Object.values(type.getFields()).map(inputLine);
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).map(({ name, args, type: kind, deprecationReason }) =>
    line(name, `(${args.map(inputLine).sort().join(', ')}): ${String(kind)}`, deprecationReason),
  );
}

function inputLine({ name, type, defaultValue }: Pick<GraphQLArgument, 'name' | 'type' | 'defaultValue'>): string {
  return `${name}: ${String(type)}${defaultValue === undefined ? '' : ` = ${JSON.stringify(defaultValue)}`}`;
}

function line(name: string, rest: string, deprecationReason: string | null | undefined): string {
  return `${name}${rest}${deprecationReason ? ` @deprecated ${deprecationReason}` : ''}`;
}

const ourTypes = (): GraphQLNamedType[] =>
  Object.values(ours.getTypeMap()).filter(({ name }) => !name.startsWith('__') && name !== 'Int' && name !== 'Float');

it("has no type or member that is not the vendor's, to the letter", () => {
  const foreign = ourTypes().flatMap((type) => {
    const theirs = new Set(membersOf(vendors.getType(type.name)));
    return membersOf(type).flatMap((member) => (theirs.has(member) ? [] : [`${type.name}.${member}`]));
  });

  expect(foreign).toEqual([]);
  expect(
    ourTypes()
      .filter(({ name }) => !vendors.getType(name))
      .map(String),
  ).toEqual([]);
});

it('misses no member of any type that it has whole, and no interface', () => {
  const missing = ourTypes().flatMap((type) => {
    if (PARTIAL.has(type.name)) return [];
    const own = new Set(membersOf(type));
    return membersOf(vendors.getType(type.name)).flatMap((member) =>
      own.has(member) ? [] : [`${type.name}.${member}`],
    );
  });
  const interfaces = ourTypes().flatMap((type) => {
    const theirs = vendors.getType(type.name);
    if (!isObjectType(type) || !isObjectType(theirs) || PARTIAL.has(type.name)) return [];
    const own = type.getInterfaces().map(String);
    return theirs.getInterfaces().flatMap(({ name }) => (own.includes(name) ? [] : [`${type.name} ${name}`]));
  });

  expect([missing, interfaces]).toEqual([[], []]);
});

it('misses no operation on customers', () => {
  const own = Object.keys(ours.getMutationType()?.getFields() ?? {});
  const theirs = Object.keys(vendors.getMutationType()?.getFields() ?? {}).filter((name) =>
    name.startsWith('customer'),
  );

  expect(theirs.filter((name) => !own.includes(name)).sort()).toEqual([]);
  expect(Object.keys(ours.getQueryType()?.getFields() ?? {})).toContain('customer');
});

it('reads the same directive on operations', () => {
  const inContext = (schema: GraphQLSchema): unknown => {
    const { args = [], locations = [] } = schema.getDirective('inContext') ?? {};
    return [args.map(inputLine).sort(), [...locations].sort()];
  };

  expect(inContext(ours)).toEqual(inContext(vendors));
});
