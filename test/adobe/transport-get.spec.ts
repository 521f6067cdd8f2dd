import { TestApp, type Answer } from '../support/test-app.js';
import {
  bearer,
  bodiesOf,
  clientOf,
  operations,
  PUBLIC,
  PUBLIC_ANSWER,
  refusal,
  refusedWhole,
  texts,
  told,
} from './wire.js';

const UNREADABLE = refusedWhole('Unable to parse the request.');
const GUEST = refusal('customer', texts.unauthorized, 'graphql-authorization');

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

function get(parameters: Record<string, string>, headers: Record<string, string> = {}): Promise<Answer> {
  return app.request({ url: `/graphql?${new URLSearchParams(parameters).toString()}`, headers });
}

describe('GET', () => {
  it('asks a query, with variables as JSON text', async () => {
    const plain = await get({ query: PUBLIC });
    const filled = await get({ query: operations.isEmailAvailable, variables: '{"email":"a@b.co"}' });

    expect(told(plain)).toEqual([200, PUBLIC_ANSWER]);
    expect(told(filled)).toEqual([200, PUBLIC_ANSWER]);
  });

  it('knows who asks', async () => {
    const ann = await app.aCustomer();

    const answer = await get({ query: '{customer{email}}' }, bearer(await app.signedIn(ann)));

    expect(answer.body).toEqual({ data: { customer: { email: ann.email } } });
  });

  it('refuses a mutation, also one among queries, and does nothing (SEC-5)', async () => {
    const ann = await app.aCustomer();
    const mutation = `mutation M{requestPasswordResetEmail(email:"${ann.email}")}`;

    const answers = [
      await get({ query: mutation }),
      await get({ query: mutation, operationName: 'M' }),
      await get({ query: `query Q{__typename} ${mutation}`, operationName: 'M' }),
      await app.request({ method: 'HEAD', url: `/graphql?${new URLSearchParams({ query: mutation }).toString()}` }),
    ];

    const refusedByGet = refusedWhole('Mutation requests allowed only for POST requests');
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
    expect(bodiesOf(answers.slice(0, 3))).toEqual([refusedByGet, refusedByGet, refusedByGet]);
    expect(await app.mailsTo(ann.email)).toEqual([]);
  });

  it('runs the query of a document that has a mutation too', async () => {
    const query = 'query Q{__typename} mutation M{revokeCustomerToken{result}}';

    const answer = await get({ query, operationName: 'Q' });

    expect(answer.body).toEqual({ data: { __typename: 'Query' } });
  });

  it.each([
    ['no query', {}, 'Unable to parse the request.'],
    ['an empty query', { query: '' }, 'Unable to parse the request.'],
    ['variables that are no JSON', { query: PUBLIC, variables: 'x' }, 'The variables must be a JSON object.'],
    ['a list of variables', { query: PUBLIC, variables: '[]' }, 'The variables must be a JSON object.'],
    ['an operation that is not there', { query: PUBLIC, operationName: 'X' }, 'Unknown operation named "X".'],
    ['half a document', { query: '{' }, 'Syntax Error: Expected Name, found <EOF>.'],
  ])('refuses %s', async (_, parameters, message) => {
    const answer = await get(parameters);

    expect(told(answer)).toEqual([400, refusedWhole(message)]);
  });

  it('refuses a parameter that is there twice (SEC-1)', async () => {
    const answer = await app.request({ url: '/graphql?query={__typename}&query={__typename}' });

    expect(told(answer)).toEqual([400, UNREADABLE]);
  });

  it('takes no token from the address (SEC-11)', async () => {
    const token = await app.signedIn(await app.aCustomer());

    const answer = await get({ query: operations.customer, access_token: token, authorization: `Bearer ${token}` });

    expect(answer.body).toEqual(GUEST);
  });
});

describe('operations of one document', () => {
  const TWO = 'query A{a:__typename} query B{isEmailAvailable(email:"a@b.co"){is_email_available}}';
  const run = (operationName?: string | null): Promise<Answer> =>
    app.request({ method: 'POST', url: '/graphql', body: { query: TWO, operationName } });

  it('do not take each other for themselves, however often they run', async () => {
    for (let time = 0; time < 6; time += 1) {
      const [a, b] = [await run('A'), await run('B')];

      expect(a.body).toEqual({ data: { a: 'Query' } });
      expect(b.body).toEqual(PUBLIC_ANSWER);
    }
  });

  it('need a name that is one of theirs, however often they ran', async () => {
    for (let time = 0; time < 4; time += 1) {
      await run('A');
      const [unknown, none, empty] = [await run('C'), await run(), await run('')];

      expect(unknown.body.errors[0].message).toBe('Unknown operation named "C".');
      expect(none.body.errors[0].message).toMatch(/^Must provide operation name/);
      expect(empty.body.errors[0].message).toMatch(/^(Must provide operation name|Unknown operation named "")/);
      expect(bodiesOf([unknown, none, empty])).toEqual(Array(3).fill({ errors: [expect.anything()] }));
    }
  });

  it.each([1, true, ['A'], { A: 1 }, 'A B', 'A\n#', '#'])('refuse %j as a name', async (operationName) => {
    const answer = await app.request({ method: 'POST', url: '/graphql', body: { query: TWO, operationName } });

    expect(answer.status).toBe(400);
    expect(answer.body).toEqual(refusedWhole('Must provide an operation name.'));
  });

  it('keep their variables apart when they run compiled', async () => {
    const query = 'query($yes:Boolean!){__typename @include(if:$yes) other:__typename @skip(if:$yes)}';

    for (let time = 0; time < 4; time += 1) {
      const [yes, no] = [await clientOf(app)(query, { yes: true }), await clientOf(app)(query, { yes: false })];

      expect([yes.body.data, no.body.data]).toEqual([{ __typename: 'Query' }, { other: 'Query' }]);
    }
  });
});
