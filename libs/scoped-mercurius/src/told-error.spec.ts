import { GraphQLError } from 'graphql';
import { ToldError } from './told-error.js';

it("is GraphQL's error, and has no frames", () => {
  const told = new ToldError('no', { path: ['a', 0], extensions: { code: 'X' } });
  expect(told).toBeInstanceOf(GraphQLError);
  expect(told.toJSON()).toEqual({ message: 'no', path: ['a', 0], extensions: { code: 'X' } });
  expect(told.stack).not.toMatch(/^\s+at /m);
});

it('leaves those that are made after it their frames', () => {
  const [, fault] = [new ToldError('no'), new GraphQLError('a fault')];
  expect(fault.stack).toMatch(/^\s+at .*told-error\.spec/m);
});
