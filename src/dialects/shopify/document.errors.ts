import { Kind, type GraphQLError, type GraphQLErrorExtensions, type GraphQLSchema, type SourceLocation } from 'graphql';
import { ToldError, withoutValues } from '#lib/scoped-mercurius';
import { placeOf, type Place } from './document.place.js';

/** A text of the vendor's, with what its clients read of it. */
export interface Worded {
  readonly message: string;
  readonly extensions?: GraphQLErrorExtensions;
}

type Wording = (...parts: readonly string[]) => Worded;

const worded = (message: string, code: string, more: object = {}): Worded => ({
  message,
  extensions: { code, ...more },
});

/** The library's texts, and what the vendor says instead. */
const WORDINGS: readonly (readonly [RegExp, Wording])[] = [
  [
    /^Cannot query field "(\w+)" on type "(\w+)"/,
    (fieldName, typeName) =>
      worded(`Field '${fieldName}' doesn't exist on type '${typeName}'`, 'undefinedField', { typeName, fieldName }),
  ],
  [
    /^Field "(\w+)" of type "([\w![\]]+)" must have a selection/,
    (field, type = '') => {
      const typeName = type.replace(/\W/g, '');
      const place = `field '${field}' returns ${typeName} but has no selections. Did you mean '${field} { ... }'?`;
      const nodeName = `field '${field}'`;
      return worded(`Field must have selections (${place})`, 'selectionMismatch', { nodeName, typeName });
    },
  ],
  [
    /^Field "(\w+)" must not have a selection since type "([\w![\]]+)"/,
    (field, type = '') => {
      const typeName = type.replace(/\W/g, '');
      const message = `Selections can't be made on scalars (field '${field}' returns ${typeName} but has selections)`;
      return worded(message, 'selectionMismatch', { nodeName: `field '${field}'`, typeName });
    },
  ],
  [
    /^Field "(\w+)\.(\w+)" of required type "([\w![\]]+)" was not provided/,
    (type, name, argumentType) =>
      worded(
        `Argument '${name}' on InputObject '${type}' is required. Expected type ${argumentType}`,
        'missingRequiredInputObjectAttribute',
        { argumentName: name, argumentType, inputObjectType: type },
      ),
  ],
  [
    /^OneOf Input Object "(\w+)" must specify exactly one key/,
    (inputObjectType) =>
      worded(`'${inputObjectType}' requires exactly one argument`, 'invalidOneOfInputObject', { inputObjectType }),
  ],
  [
    /^Unknown argument "(\w+)" on field "\w+\.(\w+)"/,
    (argumentName, name) =>
      worded(`Field '${name}' doesn't accept argument '${argumentName}'`, 'argumentNotAccepted', {
        name,
        typeName: 'Field',
        argumentName,
      }),
  ],
  [
    /^Unknown argument "(\w+)" on directive "@(\w+)"/,
    (argumentName, name) =>
      worded(`Directive '${name}' doesn't accept argument '${argumentName}'`, 'argumentNotAccepted', {
        name,
        typeName: 'Directive',
        argumentName,
      }),
  ],
  [
    /^Field "(\w+)" is not defined by type "(\w+)"/,
    (argumentName, name) =>
      worded(`InputObject '${name}' doesn't accept argument '${argumentName}'`, 'argumentNotAccepted', {
        name,
        typeName: 'InputObject',
        argumentName,
      }),
  ],
  [
    /^Variable "\$(\w+)" is never used(?: in operation "(\w+)")?/,
    (variableName, operation = 'anonymous operation') =>
      worded(`Variable $${variableName} is declared by ${operation} but not used`, 'variableNotUsed', { variableName }),
  ],
  [
    /^Variable "\$(\w+)" is not defined(?: by operation "(\w+)")?/,
    (variableName, operation = 'anonymous operation') =>
      worded(`Variable $${variableName} is used by ${operation} but not declared`, 'variableNotDefined', {
        variableName,
      }),
  ],
  [
    /^Variable "\$(\w+)" of type "([\w![\]]+)" used in position expecting type "([\w![\]]+)"/,
    (variableName, typeName, argument) =>
      worded(`Type mismatch on variable $${variableName} (${typeName} / ${argument})`, 'variableMismatch', {
        variableName,
        typeName,
      }),
  ],
  [
    /^Unknown type "(\w+)"/,
    (typeName) => worded(`${typeName} isn't a defined input type`, 'undefinedType', { typeName }),
  ],
  [
    /^Unknown fragment "(\w+)"/,
    (fragmentName) =>
      worded(`Fragment ${fragmentName} was used, but not defined`, 'useAndDefineFragment', { fragmentName }),
  ],
  [
    /^Fragment "(\w+)" is never used/,
    (fragmentName) =>
      worded(`Fragment ${fragmentName} was defined, but not used`, 'useAndDefineFragment', { fragmentName }),
  ],
  [
    /^Unknown directive "@(\w+)"/,
    (directiveName) => worded(`Directive @${directiveName} is not defined`, 'undefinedDirective', { directiveName }),
  ],
  [
    /^Query depth (\d+) exceeds the limit of (\d+)/,
    (depth, limit) => worded(`Query has depth of ${depth}, which exceeds max depth of ${limit}`, 'QUERY_TOO_COMPLEX'),
  ],
  [
    /^Must provide an operation name|^Must provide operation name/,
    () => ({ message: 'An operation name is required' }),
  ],
  [/^Unknown operation named "(\w+)"/, (name) => ({ message: `No operation named "${name}"` })],
];

const MISSING =
  /^Argument "(\w+)" of required type|^(?:Field|Directive) "@?\w+" argument "(\w+)" of type .+ is required/;

/** The errors of a document that cannot be executed, in the vendor's words. */
export function documentErrors(errors: readonly GraphQLError[], schema: GraphQLSchema): GraphQLError[] {
  const syntax = errors.find(({ message }) => message.startsWith('Syntax Error: '));
  if (syntax) return [syntaxError(syntax)];
  const complete = errors.filter((error) => !MISSING.test(error.message));
  return [...missingArguments(errors, schema), ...complete.map((error) => inVendorsWords(error, schema))];
}

/** The place of an error as the answer has it, `locations` in any case. */
export function placed(
  { message, extensions }: Worded,
  path: readonly (string | number)[] | undefined,
  locations: readonly SourceLocation[] | undefined,
): GraphQLError {
  return Object.assign(new ToldError(message, { path, extensions }), { locations });
}

function syntaxError({ message, locations = [] }: GraphQLError): GraphQLError {
  const [{ line, column } = { line: 1, column: 1 }] = locations;
  const text = withoutValues(message).replace('Syntax Error: ', '').replace(/\.$/, '');
  return placed(worded(`${text} at [${line}, ${column}]`, 'PARSE_ERROR'), undefined, [{ line, column }]);
}

/** All that one field misses is one error. */
function missingArguments(errors: readonly GraphQLError[], schema: GraphQLSchema): GraphQLError[] {
  const missing = errors.filter(({ message }) => MISSING.test(message));
  const places = new Set(missing.map(({ nodes }) => nodes?.[0]));
  return [...places].flatMap((node) => {
    const here = missing.filter(({ nodes }) => nodes?.[0] === node);
    const [first] = here;
    const names = here.map(({ message }) => MISSING.exec(message)?.[2] ?? '').join(', ');
    const owner = node && 'name' in node ? (node.name?.value ?? '') : '';
    const className = node?.kind === Kind.DIRECTIVE ? 'Directive' : 'Field';
    const text = `${className} '${owner}' is missing required arguments: ${names}`;
    const said = worded(text, 'missingRequiredArguments', { className, name: owner, arguments: names });
    return first ? [placed(said, placeOf(first, schema)?.path, first.locations)] : [];
  });
}

function inVendorsWords(error: GraphQLError, schema: GraphQLSchema): GraphQLError {
  const place = placeOf(error, schema);
  const said = ownWording(error) ?? known(error.message) ?? badLiteral(place) ?? unknown(error);
  return placed(said, place?.path, error.locations);
}

function badLiteral(place: Place | null): Worded | null {
  if (!place?.slot) return null;
  const { text, type, owner, name } = place.slot;
  const message = `${text} has an invalid value (${place.literal ?? ''}). Expected type '${type}'.`;
  const typeName = owner === 'Field' || owner === 'Directive' ? owner : 'InputObject';
  return worded(message, 'argumentLiteralsIncompatible', { typeName, argumentName: name });
}

/** What rules of ours say is the vendor's already. */
function ownWording({ message, extensions }: GraphQLError): Worded | null {
  return 'code' in extensions && extensions['code'] !== 'QUERY_TOO_COMPLEX' ? { message, extensions } : null;
}

function known(message: string): Worded | null {
  for (const [pattern, wording] of WORDINGS) {
    const match = pattern.exec(message);
    if (match) return wording(...match.slice(1));
  }
  return null;
}

function unknown({ message, extensions }: GraphQLError): Worded {
  const text = withoutValues(message)
    .replace(/ Did you mean [^?]+\?/, '')
    .replaceAll('"', "'");
  return Object.keys(extensions).length > 0 ? { message: text, extensions } : { message: text };
}
