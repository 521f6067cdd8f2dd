import { listOf, listSizeFor } from './list-of.js';

it('fills a list up with its last value', () => {
  expect(listOf([1, 2], 4)).toEqual({ places: '?, ?, ?, ?', listed: [1, 2, 2, 2] });
  expect(listOf([], 1)).toEqual({ places: '?', listed: [null] });
});

it('leaves no value out of a list that is too short for all', () => {
  expect(() => listOf([1, 2, 3], 2)).toThrow('3 values in a list of 2');
});

it('has lists of few lengths', () => {
  expect([0, 1, 2, 3, 5, 9, 16].map(listSizeFor)).toEqual([1, 1, 2, 4, 8, 16, 16]);
});
