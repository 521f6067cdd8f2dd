import { TestApp, type Answer } from '../support/test-app.js';
import { clientOf, operations, PUBLIC, PUBLIC_ANSWER, refusedWhole, told } from './wire.js';

const NOT_JSON = refusedWhole('Request content type must be application/json');
const UNREADABLE = refusedWhole('Unable to parse the request.');

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

function post(body: string | undefined, contentType?: string): Promise<Answer> {
  const headers: Record<string, string> = contentType === undefined ? {} : { 'content-type': contentType };
  return app.request({ method: 'POST', url: '/graphql', headers, body });
}

describe('content types (SEC-5)', () => {
  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'APPLICATION/JSON',
    'application/json;charset=UTF-8',
  ])('reads %s', async (type) => {
    const answer = await post(JSON.stringify({ query: PUBLIC }), type);

    expect(told(answer)).toEqual([200, PUBLIC_ANSWER]);
  });

  it.each([
    'text/plain',
    'text/plain; application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/graphql',
    'application/graphql; charset=utf-8',
    'Application/GraphQL',
    'application/vnd.api+json',
    'application/jsonp',
    'application/json, text/plain',
    'nonsense',
    '',
  ])('refuses %j', async (type) => {
    const answer = await post(JSON.stringify({ query: PUBLIC }), type);

    expect(told(answer)).toEqual([400, NOT_JSON]);
  });

  it('refuses a body of no type, and a bare document', async () => {
    const untyped = await post(JSON.stringify({ query: PUBLIC }));
    const bare = await post(PUBLIC, 'application/graphql');

    expect(told(untyped)).toEqual([400, NOT_JSON]);
    expect(told(bare)).toEqual([400, NOT_JSON]);
  });

  it('changes nothing by a form that another site could post', async () => {
    const ann = await app.aCustomer();
    const query = `mutation{requestPasswordResetEmail(email:"${ann.email}")}`;

    await post(new URLSearchParams({ query }).toString(), 'application/x-www-form-urlencoded');
    await post(JSON.stringify({ query }), 'text/plain');

    expect(await app.mailsTo(ann.email)).toEqual([]);
  });
});

describe('bodies', () => {
  it.each([
    ['nothing', ''],
    ['half an object', '{"query":'],
    ['two objects', '{"query":"{__typename}"}{}'],
    ['null', 'null'],
    ['a number', '1'],
    ['a text', '"{__typename}"'],
    ['an empty array', '[]'],
    ['a batch', '[{"query":"{__typename}"},{"query":"{__typename}"}]'],
    ['an empty object', '{}'],
    ['no query', '{"query":null}'],
    ['an empty query', '{"query":""}'],
    ['a number as query', '{"query":1}'],
    ['a list as query', '{"query":["{__typename}"]}'],
    ['a tree as query', '{"query":{"kind":"Document","definitions":[]}}'],
    ['a text as variables', '{"query":"{__typename}","variables":"x"}'],
    ['a list as variables', '{"query":"{__typename}","variables":[]}'],
    ['a text as extensions', '{"query":"{__typename}","extensions":"x"}'],
    ['a persisted query that is none', '{"persisted":true,"query":""}'],
    ['a prototype', '{"query":"{__typename}","__proto__":{"isAdmin":true}}'],
    ['a constructor', '{"query":"{__typename}","constructor":{"prototype":{"isAdmin":true}}}'],
  ])('refuses %s (SEC-63)', async (_, body) => {
    const answer = await post(body, 'application/json');

    expect(told(answer)).toEqual([400, UNREADABLE]);
  });

  it.each([
    JSON.stringify({ kind: 'Document', definitions: [] }),
    JSON.stringify({ query: PUBLIC }),
    '[{"kind":"Document"}]',
    '"{__typename}"',
    'null',
    '1',
    '  {}',
  ])('refuses the query %j, which is JSON', async (query) => {
    const answer = await post(JSON.stringify({ query }), 'application/json');

    expect(answer.status).toBe(400);
    expect(answer.body).toEqual(refusedWhole('Syntax Error: the query is not a GraphQL document.'));
  });

  it.each(['"variables":null', '"operationName":null', '"operationName":""'])(
    'takes %s for a part that was left out, again and again',
    async (part) => {
      for (let time = 0; time < 3; time += 1) {
        const answer = await post(`{"query":"{__typename}",${part}}`, 'application/json');

        expect(told(answer)).toEqual([200, { data: { __typename: 'Query' } }]);
      }
    },
  );

  it('refuses what is larger than 100 KiB (SEC-3)', async () => {
    const padded = (size: number): string => JSON.stringify({ query: PUBLIC }).padEnd(size, ' ');

    const full = await post(padded(100 * 1024), 'application/json');
    const over = await post(padded(100 * 1024 + 1), 'application/json');

    expect(told(full)).toEqual([200, PUBLIC_ANSWER]);
    expect(told(over)).toEqual([413, refusedWhole('The request body is too large.')]);
  });

  it.each(['{', '{customer{id}', 'nonsense', '{a(b:)}', '   ', '# a comment'])(
    'answers a syntax error in %j as GraphQL does',
    async (query) => {
      const answer = await clientOf(app)(query);

      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({
        errors: [{ message: expect.stringMatching(/^Syntax Error: /), locations: [expect.anything()] }],
      });
    },
  );

  it('answers a field that does not exist as GraphQL does, again and again', async () => {
    for (let time = 0; time < 3; time += 1) {
      const { status, body } = await clientOf(app)('{nope}');

      expect(status).toBe(200);
      expect(body).toEqual({
        errors: [{ message: 'Cannot query field "nope" on type "Query".', locations: [{ line: 1, column: 2 }] }],
      });
    }
  });

  it('repeats nothing of what was sent in the wrong place (SEC-21)', async () => {
    const secret = 'hunter2hunter2';
    const input = { email: 'a@b.co', firstname: 'A', lastname: 'B', password: secret, nope: true };
    const query = operations.generateCustomerToken;

    for (let time = 0; time < 4; time += 1) {
      const answers = [
        await clientOf(app)(operations.createCustomerV2, { input }),
        await clientOf(app)(query, { email: 'a@b.co', password: [secret] }),
        await clientOf(app)(`mutation{generateCustomerToken(email:"a@b.co",password:["${secret}"]){token}}`),
        await clientOf(app)(`mutation{generateCustomerToken(email:"a@b.co",password "${secret}"){token}}`),
      ];

      expect(answers.map(({ text }) => text).join()).not.toContain(secret);
      expect(answers.every(({ body }) => body.errors.length > 0)).toBe(true);
    }
  });
});

it('answers at a trailing slash too, and only GET and POST', async () => {
  const slash = await app.request({ method: 'POST', url: '/graphql/', body: { query: PUBLIC } });
  const others = await Promise.all(
    (['PUT', 'PATCH', 'DELETE'] as const).map((method) =>
      app.request({ method, url: '/graphql', body: { query: PUBLIC } }),
    ),
  );

  expect(slash.body).toEqual(PUBLIC_ANSWER);
  expect(others.map(({ status }) => status)).toEqual([404, 404, 404]);
});
