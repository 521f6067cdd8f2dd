import {
  getNamedType,
  GraphQLError,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  isScalarType,
  print,
  typeFromAST,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from 'graphql';
import { oneLine } from '#lib/plain-text';
import { readGlobalId } from './shopify.ids.js';

/** One thing that is wrong with a variable: where in it, and what. */
interface Problem {
  readonly path: readonly (string | number)[];
  readonly explanation: string;
}

type Path = Problem['path'];
type Values = Readonly<Record<string, unknown>>;

const MAX_QUOTE = 255;
/** Stands where a value may be a secret, which no answer repeats (SEC-21). */
export const FILTERED = '[FILTERED]';

/** Whether arguments and members of a name hold secrets. */
export function isSecretName(name: string): boolean {
  return /password|token/i.test(name);
}

/** What is said of an id that is none. */
export function invalidId(id: string): string {
  return `Invalid global id '${oneLine(id, MAX_QUOTE)}'`;
}

/** What is wrong with the variables of an operation, in the vendor's words; ids must be global ids. */
export function variableErrors(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  values: Values,
): GraphQLError[] {
  return (operation.variableDefinitions ?? []).flatMap((definition) => {
    const type = typeFromAST(schema, definition.type);
    const name = definition.variable.name.value;
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (!type || !isInputType(type) || (value === undefined && definition.defaultValue)) return [];
    const problems = problemsOf(value, type, []);
    return problems.length > 0 ? [invalidVariable(definition, shown(value, type), problems)] : [];
  });
}

function invalidVariable(
  definition: VariableDefinitionNode,
  value: unknown,
  problems: readonly Problem[],
): GraphQLError {
  const [first] = problems;
  const about = `Variable $${definition.variable.name.value} of type ${print(definition.type)} was provided invalid value`;
  const nested = problems.filter(({ path }) => path.length > 0);
  const places = nested.map(({ path, explanation }) => `${path.join('.')} (${explanation})`).join(', ');
  const isId = first?.path.length === 0 && first.explanation.startsWith('Invalid global id');
  const message = isId ? first.explanation : places === '' ? about : `${about} for ${places}`;
  return new GraphQLError(message, {
    nodes: definition,
    extensions: { code: 'INVALID_VARIABLE', value, problems },
  });
}

function problemsOf(value: unknown, type: GraphQLInputType, path: Path): Problem[] {
  if (isNonNullType(type)) {
    if (value !== null && value !== undefined) return problemsOf(value, type.ofType, path);
    return [{ path, explanation: 'Expected value to not be null' }];
  }
  if (value === null || value === undefined) return [];
  if (isListType(type)) return listProblems(value, type.ofType, path);
  if (isInputObjectType(type)) return memberProblems(value, type, path);
  if (isScalarType(type) && type.name === 'ID') return idProblems(value, path);
  try {
    type.parseValue(value);
    return [];
  } catch {
    return [{ path, explanation: `Could not coerce value to ${type.name}` }];
  }
}

function listProblems(value: unknown, type: GraphQLInputType, path: Path): Problem[] {
  if (!Array.isArray(value)) return problemsOf(value, type, path);
  return value.flatMap((item, index) => problemsOf(item, type, [...path, index]));
}

function memberProblems(value: unknown, type: GraphQLInputObjectType, path: Path): Problem[] {
  if (!isMembers(value)) return [{ path, explanation: 'Expected value to be a key-value object' }];
  const fields = type.getFields();
  const unknown = Object.keys(value).filter((name) => !Object.hasOwn(fields, name));
  const problems: Problem[] = unknown.map((name) => ({
    path: [...path, oneLine(name, MAX_QUOTE)],
    explanation: `Field is not defined on ${type.name}`,
  }));
  if (type.isOneOf) problems.push(...oneOfProblems(value, type, path));
  const known = Object.values(fields).flatMap((field) => {
    const member = Object.hasOwn(value, field.name) ? value[field.name] : undefined;
    return member === undefined && !isRequiredInputField(field)
      ? []
      : problemsOf(member, field.type, [...path, field.name]);
  });
  return [...problems, ...known];
}

function oneOfProblems(value: Values, { name }: GraphQLInputObjectType, path: Path): Problem[] {
  const given = Object.values(value).filter((member) => member !== null && member !== undefined).length;
  if (given === 1) return [];
  return [{ path, explanation: `'${name}' requires exactly one argument, but ${given} were provided.` }];
}

function idProblems(value: unknown, path: Path): Problem[] {
  if (typeof value === 'string' && readGlobalId(value) !== null) return [];
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : FILTERED;
  return [{ path, explanation: invalidId(text) }];
}

/** The value as the answer repeats it: ids, and members that are known and no secrets. */
function shown(value: unknown, type: GraphQLInputType): unknown {
  if (value === null || value === undefined) return null;
  const named = getNamedType(type);
  if (named.name === 'ID') return shownText('id', value);
  if (!isMembers(value) || !isInputObjectType(named)) return FILTERED;
  const known = Object.entries(value).filter(([name]) => Object.hasOwn(named.getFields(), name));
  return Object.fromEntries(known.map(([name, member]) => [name, shownText(name, member)]));
}

function shownText(name: string, value: unknown): string | null {
  if (value === null) return null;
  return typeof value !== 'string' || isSecretName(name) ? FILTERED : oneLine(value, MAX_QUOTE);
}

function isMembers(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
