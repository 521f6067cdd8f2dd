import { TestApp } from '../support/test-app.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
});

afterAll(() => app.stop());

/** Statements of a request, but for what opens and ends transactions and what the mail worker does after it. */
async function statementsOf(request: () => Promise<unknown>): Promise<string[]> {
  app.statements.length = 0;
  await request();
  const frame = /^(BEGIN|START|COMMIT|ROLLBACK)/;
  const worker = /^(SELECT|UPDATE|DELETE)[^]*mail_message/;
  return app.statements.filter((statement) => !frame.test(statement) && !worker.test(statement));
}

it('answers "who am I" by one statement, with addresses by two', async () => {
  const ann = await app.aCustomer({ addresses: [{ city: 'Graz', lines: ['Hauptplatz 1'] }] });
  const authorization = `Bearer ${await app.signedIn(ann)}`;

  const alone = await statementsOf(() => app.adobe('{customer{email}}', {}, { authorization }));
  const withAddresses = await statementsOf(() => app.adobe('{customer{email addresses{city}}}', {}, { authorization }));

  expect(alone).toHaveLength(1);
  expect(withAddresses).toHaveLength(2);
});

it('signs in by four statements, and refuses an unknown address by as many as a wrong password', async () => {
  const ann = await app.aCustomer();
  const signIn = 'mutation($e:String!,$p:String!){generateCustomerToken(email:$e,password:$p){token}}';

  const right = await statementsOf(() => app.adobe(signIn, { e: ann.email, p: ann.password }));
  const wrong = await statementsOf(() => app.adobe(signIn, { e: ann.email, p: 'wrong password' }));
  const unknown = await statementsOf(() => app.adobe(signIn, { e: 'nobody@example.com', p: 'wrong password' }));

  expect(right).toHaveLength(4);
  expect(wrong).toHaveLength(4);
  expect(unknown.map(shape)).toEqual(wrong.map(shape));
});

it('takes a reset request by five statements, the same ones for an unknown address (SEC-39)', async () => {
  const ann = await app.aCustomer();
  const ask = 'mutation($e:String!){requestPasswordResetEmail(email:$e)}';

  const known = await statementsOf(() => app.adobe(ask, { e: ann.email }));
  const unknown = await statementsOf(() => app.adobe(ask, { e: 'nobody@example.com' }));

  expect(known).toHaveLength(5);
  expect(unknown.map(shape)).toEqual(known.map(shape));
});

/** A statement without its values. */
function shape(statement: string): string {
  return statement.replace(/-?\b\d+\b|\bNULL\b|\bDEFAULT\b|\?/g, '…');
}
