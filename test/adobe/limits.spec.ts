import { getIntrospectionQuery } from 'graphql';
import { TestApp, type Answer } from '../support/test-app.js';
import { bearer, clientOf, messageOf, operations, tokenIn } from './wire.js';

const times = (count: number, piece: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => piece(index)).join(' ');

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

/** The answer to a document that asks for too much. */
function tooMuch(message: string): object {
  const error = { message, extensions: { code: 'QUERY_TOO_COMPLEX' } };
  return { errors: [expect.objectContaining(error)] };
}

/** What a document is refused with, or null; three times, so that what was compiled or kept is asked as well. */
async function refusalOf(query: string): Promise<unknown> {
  const answers = [await clientOf(app)(query), await clientOf(app)(query), await clientOf(app)(query)];
  const bodies = answers.map(({ body }): unknown => (body.data === undefined ? body : null));
  expect(bodies.every((body) => JSON.stringify(body) === JSON.stringify(bodies[0]))).toBe(true);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  return bodies[0];
}

/** A document of the given number of field levels; what is beyond the schema would be refused as well. */
function introspected(depth: number): string {
  return `{__schema{types{${'ofType{'.repeat(depth)}name${'}'.repeat(depth)}}}}`;
}

describe('one credential operation in a request (SEC-62)', () => {
  const message = 'More than 1 credential operation in one request.';

  it('refuses two sign-ins before any password is looked at', async () => {
    const ann = await app.aCustomer();
    const signIn = (password: string): string =>
      `generateCustomerToken(email:"${ann.email}",password:"${password}"){token}`;
    await app.mailsTo(ann.email);
    app.statements.length = 0;

    const answer = await clientOf(app)(`mutation{a:${signIn('wrong')} b:${signIn(ann.password)}}`);

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(tooMuch(message));
    expect(app.statements.filter((statement) => /customer|rate_counter|event/.test(statement))).toEqual([]);
  });

  it('counts no failure for what was refused', async () => {
    const ann = await app.aCustomer();
    const wrong = `generateCustomerToken(email:"${ann.email}",password:"wrong"){token}`;
    for (let time = 0; time < 10; time += 1) await clientOf(app)(`mutation{a:${wrong} b:${wrong}}`);

    const answer = await clientOf(app)(operations.generateCustomerToken, ann);

    expect(tokenIn(answer)).not.toBeNull();
  });

  it.each([
    [
      'a sign-in beside a reset',
      'generateCustomerToken(email:"",password:""){token} requestPasswordResetEmail(email:"")',
    ],
    ['two reset requests', 'a:requestPasswordResetEmail(email:"") b:requestPasswordResetEmail(email:"")'],
    ['two new passwords', times(2, (i) => `a${i}:resetPassword(email:"",resetPasswordToken:"",newPassword:"")`)],
    ['two changes', times(2, (i) => `a${i}:changeCustomerPassword(currentPassword:"",newPassword:""){id}`)],
    [
      'two accounts',
      times(2, (i) => `a${i}:createCustomerV2(input:{email:"",firstname:"",lastname:""}){customer{id}}`),
    ],
    ['one in a fragment', 'requestPasswordResetEmail(email:"") ... on Mutation{a:requestPasswordResetEmail(email:"")}'],
  ])('refuses %s', async (_, fields) => {
    expect(await refusalOf(`mutation{${fields}}`)).toEqual(tooMuch(message));
  });

  it('lets one through beside other fields', async () => {
    const ann = await app.aCustomer();
    const token = await app.signedIn(ann);
    const query =
      'mutation($c:String!,$n:String!){changeCustomerPassword(currentPassword:$c,newPassword:$n){id} revokeCustomerToken{result}}';

    const answer = await clientOf(app)(query, { c: ann.password, n: 'another fine password' }, bearer(token));

    expect(answer.body).toEqual({
      data: { changeCustomerPassword: { id: ann.id }, revokeCustomerToken: { result: true } },
    });
  });
});

describe('the size of a document (SEC-62, SEC-63)', () => {
  it.each([
    [30, null],
    [31, tooMuch('More than 30 aliases in one request.')],
  ])('may have %d aliases or not', async (count, expected) => {
    expect(await refusalOf(`{${times(count, (i) => `a${i}:__typename`)}}`)).toEqual(expected);
  });

  it.each([
    [5, null],
    [6, tooMuch('More than 5 root fields in one mutation.')],
  ])('may have %d root fields in a mutation or not', async (count, expected) => {
    expect(await refusalOf(`mutation{${times(count, (i) => `a${i}:revokeCustomerToken{result}`)}}`)).toEqual(expected);
  });

  it.each([
    [50, null],
    [51, tooMuch('More than 50 directives in one request.')],
  ])('may have %d directives or not', async (count, expected) => {
    expect(await refusalOf(`{${times(count, () => '__typename @skip(if:false)')}}`)).toEqual(expected);
  });

  it.each([
    [50, null],
    [51, tooMuch('More than 50 fragment spreads in one request.')],
  ])('may have %d fragment spreads or not', async (count, expected) => {
    expect(await refusalOf(`{${times(count, () => '...F')}} fragment F on Query{__typename}`)).toEqual(expected);
  });

  it('may not be deeper than twelve fields', async () => {
    const fields = `${'a{'.repeat(12)}b${'}'.repeat(12)}`;

    const { errors } = (await refusalOf(`{${fields}}`)) as { errors: unknown[] };

    expect(errors).toContainEqual(expect.objectContaining({ message: 'Query depth 13 exceeds the limit of 12.' }));
  });

  it('may ask the schema deeper than that: the standard introspection, and what generators send', async () => {
    const standard = await clientOf(app)(getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true }));

    const names = standard.body.data.__schema.types as { name: string }[];
    expect(standard.body.errors).toBeUndefined();
    expect(names.map(({ name }) => name)).toEqual(expect.arrayContaining(['Customer', 'CustomerAddress', 'Mutation']));
    expect(await refusalOf(introspected(9))).toBeNull();
  });

  it('may have two thousand tokens and no more', async () => {
    const operationsOfFive = times(400, (i) => `query A${i}{__typename}`);
    const run = (query: string): Promise<Answer> =>
      app.request({ method: 'POST', url: '/graphql', body: { query, operationName: 'A0' } });

    const full = await run(operationsOfFive);
    const over = await run(`${operationsOfFive}{`);

    expect(full.body).toEqual({ data: { __typename: 'Query' } });
    expect(over.status).toBe(200);
    expect(messageOf(over)).toMatch(/^Syntax Error: Document contains more that 2000 tokens/);
  });

  it('is limited for GET as well', async () => {
    const query = `{${'__typename '.repeat(2000)}}`;

    const answer = await app.request({ url: `/graphql?${new URLSearchParams({ query }).toString()}` });

    expect(answer.status).toBe(400);
    expect(messageOf(answer)).toMatch(/^Syntax Error: Document contains more that 2000 tokens/);
  });

  it('refuses fragments that spread each other in a circle', async () => {
    const body = await refusalOf('{...A} fragment A on Query{...B} fragment B on Query{...A}');

    expect(body).toEqual({
      errors: [expect.objectContaining({ message: 'Cannot spread fragment "A" within itself via "B".' })],
    });
  });
});
