import { acceptsJsonApi, isJsonApi, JsonApiFault, pointerTo } from './index.js';
import { readResource } from './read-resource.js';

const expected = { type: 'things', attributes: ['name'], relationships: ['owner'] };

function faultsOf(run: () => unknown): string[] {
  try {
    run();
    return [];
  } catch (error) {
    if (!(error instanceof JsonApiFault)) throw error;
    return error.errors.map(({ code, detail }) => `${code} ${detail}`);
  }
}

it('reads attributes and relationships, whatever the order of members', () => {
  const owner = { data: { id: '1', type: 'owners' } };
  const data = { type: 'things', attributes: { name: 'x' }, relationships: { owner }, id: 'a' };

  expect(readResource({ data }, { ...expected, id: 'a' })).toEqual({
    attributes: { name: 'x' },
    relationships: { owner },
  });
  expect(readResource({ data: { type: 'things' } }, expected)).toEqual({ attributes: {}, relationships: {} });
});

it('names every member that is not allowed', () => {
  const data = { type: 'things', links: {}, attributes: { 'a/b': 1, name: 2 }, relationships: { other: null } };

  expect(faultsOf(() => readResource({ data, meta: {} }, expected))).toEqual([
    'PARAM_NOT_ALLOWED meta is not allowed.',
    'PARAM_NOT_ALLOWED links is not allowed.',
    'PARAM_NOT_ALLOWED a/b is not allowed.',
    'PARAM_NOT_ALLOWED other is not allowed.',
  ]);
});

it('shows no more of hostile input than a line', () => {
  const data = { type: 'things', attributes: Object.fromEntries(Array.from({ length: 99 }, (_, i) => [`x${i}`, i])) };

  expect(faultsOf(() => readResource({ data }, expected))).toHaveLength(20);
  expect(faultsOf(() => readResource({ data: { type: '\ud800'.repeat(500) } }, expected))[0]?.length).toBeLessThan(160);
});

it('escapes pointers as RFC 6901 says', () => {
  expect(pointerTo('data', 'attributes', 'a/b~c')).toEqual({ pointer: '/data/attributes/a~1b~0c' });
});

it('tells its media type in both headers', () => {
  expect(isJsonApi('Application/vnd.api+JSON ; charset=utf-8')).toBe(true);
  expect([isJsonApi('application/json'), isJsonApi('application/vnd.api+jsonx'), isJsonApi(undefined)]).toEqual([
    ...[false, false, false],
  ]);
  expect([undefined, '', '*/*', 'text/html, application/vnd.api+json;q=0.1'].map(acceptsJsonApi)).not.toContain(false);
  expect(['text/html', 'application/vnd.api+json; ext=x', 'application/json'].map(acceptsJsonApi)).not.toContain(true);
});
