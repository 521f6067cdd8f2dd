import { buildSchema, getOperationAST, GraphQLError, parse, validate } from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';
import { withoutValues } from './without-values.js';

const schema = buildSchema(`
  input Person { email: String!, age: Int, friends: [Person], colour: Colour }
  enum Colour { RED }
  type Query { a(text: String, person: Person, colour: Colour, id: ID, yes: Boolean): String }
`);

/** What GraphQL says of a variable. */
function ofVariable(type: string, value: unknown): string[] {
  const operation = getOperationAST(parse(`query($v: ${type}) { a }`));
  const { errors = [] } = getVariableValues(schema, operation?.variableDefinitions ?? [], { v: value });
  return errors.map(({ message }) => withoutValues(message));
}

/** What GraphQL says of a document. */
function ofDocument(text: string): string[] {
  try {
    return validate(schema, parse(text)).map(({ message }) => withoutValues(message));
  } catch (error) {
    return error instanceof GraphQLError ? [withoutValues(error.message)] : [];
  }
}

const SECRET = 'hunter2; at "home"';

it.each([
  ['String', [SECRET], ['Variable "$v" got invalid value; String cannot represent a non string value.']],
  ['String', 4711, ['Variable "$v" got invalid value; String cannot represent a non string value.']],
  ['Boolean', SECRET, ['Variable "$v" got invalid value; Boolean cannot represent a non boolean value.']],
  ['ID', { SECRET }, ['Variable "$v" got invalid value; ID cannot represent value.']],
  ['Person', SECRET, ['Variable "$v" got invalid value; Expected type "Person" to be an object.']],
  [
    'Person',
    { email: SECRET, emial: SECRET },
    ['Variable "$v" got invalid value; Field "emial" is not defined by type "Person". Did you mean "email"?'],
  ],
  [
    'Person',
    { email: 'a', friends: [{ email: { SECRET } }] },
    ['Variable "$v" got invalid value at "v.friends[0].email"; String cannot represent a non string value.'],
  ],
  [
    'Person',
    { age: 1, colour: SECRET },
    [
      'Variable "$v" got invalid value; Field "email" of required type "String!" was not provided.',
      'Variable "$v" got invalid value.',
    ],
  ],
])('leaves the fault of a variable of type %s and takes its value', (type, value, expected) => {
  const told = ofVariable(type, value);

  expect(told.sort()).toEqual([...expected].sort());
});

it.each([
  ['{ a(text: 4711) }', 'String cannot represent a non string value.'],
  ['{ a(text: ["hunter2"]) }', 'String cannot represent a non string value.'],
  ['{ a(yes: "hunter2") }', 'Boolean cannot represent a non boolean value.'],
  ['{ a(person: "hunter2") }', 'Expected value of type "Person", found another.'],
  ['{ a(colour: "hunter2") }', 'Enum "Colour" cannot represent non-enum value.'],
  ['{ a("hunter2") }', 'Syntax Error: Expected Name, found String.'],
  ['{ a(text: "hunter2" 4711) }', 'Syntax Error: Expected Name, found Int.'],
])('takes the literal out of what is said of %s', (document, expected) => {
  expect(ofDocument(document)).toEqual([expected]);
});

it('shows nothing of a value that looks like a text of GraphQL', () => {
  const value =
    'hunter2; String cannot represent a non string value: hunter2; Field "hunter2" is not defined by type "A"';

  expect(ofVariable('Person', { email: [value] }).join()).not.toContain('hunter2');
});

it('leaves every other text as it is', () => {
  const texts = [
    'Cannot query field "nope" on type "Query".',
    'Syntax Error: Expected Name, found <EOF>.',
    'Variable "$v" of required type "String!" was not provided.',
    'Unknown argument "x" on field "Query.a".',
  ];

  expect(texts.map(withoutValues)).toEqual(texts);
});
