import {
  getNamedType,
  isLeafType,
  Kind,
  parse,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type ASTNode,
  type ASTVisitor,
  type GraphQLError,
  type GraphQLSchema,
} from 'graphql';
import { FILTERED, isSecretName } from './document.variables.js';

/** Where in a document an error is. */
export interface Place {
  /** The operation, then names of fields, arguments and members. */
  readonly path: readonly string[];
  /** The argument or member around it: `Argument 'a' on Field 'f'`, whose it is, and the type of what was given. */
  readonly slot: { readonly text: string; readonly name: string; readonly owner: string; readonly type: string } | null;
  /** What was written, as far as it may be repeated. */
  readonly literal: string | null;
}

const MAX_QUOTE = 100;
const REPEATABLE: ReadonlySet<string> = new Set([
  Kind.INT,
  Kind.FLOAT,
  Kind.BOOLEAN,
  Kind.NULL,
  Kind.ENUM,
  Kind.STRING,
]);
const VALUES: ReadonlySet<string> = new Set([...REPEATABLE, Kind.LIST, Kind.OBJECT]);

/** Finds the node that an error is about, in the document that it came from. */
export function placeOf({ nodes }: GraphQLError, schema: GraphQLSchema): Place | null {
  const [wanted] = nodes ?? [];
  if (!wanted?.loc) return null;
  const { start, source } = wanted.loc;
  const types = new TypeInfo(schema);
  const trail: ASTNode[] = [];
  let found: Place | null = null;
  const visitor: ASTVisitor = {
    enter(node) {
      trail.push(node);
      if (found === null && node.kind === wanted.kind && node.loc?.start === start) found = describe(trail, types);
    },
    leave() {
      trail.pop();
    },
  };
  visit(parse(source), visitWithTypeInfo(types, visitor));
  return found;
}

function describe(trail: readonly ASTNode[], types: TypeInfo): Place {
  const node = trail.at(-1);
  const inside = [...trail].reverse().find(({ kind }) => kind === Kind.ARGUMENT || kind === Kind.OBJECT_FIELD);
  const name = inside && 'name' in inside ? (inside.name?.value ?? '') : '';
  const { owner, on } = inside?.kind === Kind.OBJECT_FIELD ? inputObjectOf(types) : takerOf(types);
  const isValue = node !== undefined && VALUES.has(node.kind);
  return {
    path: trail.flatMap(stepOf),
    slot:
      inside && isValue
        ? { text: `Argument '${name}' on ${on}`, name, owner, type: String(types.getInputType()) }
        : null,
    literal: isValue ? literalOf(node, name, types) : null,
  };
}

interface Owner {
  readonly owner: string;
  readonly on: string;
}

function inputObjectOf(types: TypeInfo): Owner {
  const parent = types.getParentInputType();
  const owner = parent ? getNamedType(parent).name : '';
  return { owner, on: `InputObject '${owner}'` };
}

/** What takes an argument. */
function takerOf(types: TypeInfo): Owner {
  const directive = types.getDirective();
  return directive
    ? { owner: 'Directive', on: `Directive '${directive.name}'` }
    : { owner: 'Field', on: `Field '${types.getFieldDef()?.name ?? ''}'` };
}

/** What a node adds to the path: the vendor writes operations with their kind, fields by their key in the answer. */
function stepOf(node: ASTNode): string[] {
  switch (node.kind) {
    case Kind.OPERATION_DEFINITION:
      return [node.name ? `${node.operation} ${node.name.value}` : node.operation];
    case Kind.FRAGMENT_DEFINITION:
      return [`fragment ${node.name.value}`];
    case Kind.FIELD:
      return [node.alias?.value ?? node.name.value];
    case Kind.ARGUMENT:
    case Kind.OBJECT_FIELD:
      return [node.name.value];
    default:
      return [];
  }
}

/** In place of an input object may stand what belongs inside of it, a password too. */
function literalOf(node: ASTNode, name: string, types: TypeInfo): string {
  const isPlain = REPEATABLE.has(node.kind) && isLeafType(getNamedType(types.getInputType()));
  const text = isPlain && !isSecretName(name) ? print(node) : FILTERED;
  return text.slice(0, MAX_QUOTE);
}
