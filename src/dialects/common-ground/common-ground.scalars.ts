import { GraphQLScalarType, Kind, valueFromASTUntyped } from 'graphql';
import { refuse } from './common-ground.errors.js';

const EARLIEST = Date.UTC(1900, 0, 1);
const AFTER_LATEST = Date.UTC(10000, 0, 1);

/** A moment: whole milliseconds since the Unix epoch, in and out. */
export const DateScalar = new GraphQLScalarType<Date, number>({
  name: 'Date',
  description: 'Milliseconds since the Unix epoch, UTC.',
  serialize: (value) => {
    if (value instanceof Date) return value.getTime();
    throw new TypeError('Date cannot represent another value');
  },
  parseValue: momentIn,
  parseLiteral: (node) => momentIn(node.kind === Kind.INT ? Number(node.value) : null),
});

/** Whatever JSON can say; what may be in it is the field's business. */
export const JsonScalar = new GraphQLScalarType<unknown>({
  name: 'JSON',
  description: 'Any JSON value.',
  parseValue: (value) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
});

function momentIn(value: unknown): Date {
  const isMoment = typeof value === 'number' && Number.isInteger(value) && value >= EARLIEST && value < AFTER_LATEST;
  return isMoment ? new Date(value) : refuse('A date must be whole milliseconds since 1970, from 1900 to 9999.');
}
