import { TestApp, type Answer } from '../support/test-app.js';
import { asBase64, ASK, atAdmin, CRATE, LOGIN, RESET, START, WHO } from './operations.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ stores: [CRATE] });
});

afterAll(() => app.stop());

let networks = 0;
/** Each its own network, unless named. */
function atClientFrom(query: string, variables: object, from?: string): Promise<Answer> {
  networks += 1;
  return app.request({
    method: 'POST',
    url: '/cg/client/graphql',
    body: { query, variables },
    from: from ?? `203.0.113.${networks}`,
  });
}

function expectThrottled({ status, headers, body }: Answer): void {
  expect(status).toBe(429);
  expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  expect(body.errors[0]).toMatchObject({
    message: 'Too many requests. Please try again later.',
    extensions: { code: 'RATE_LIMITED' },
  });
}

it('answers a request for a throttled address as any other, and mails nothing more (SEC-47)', async () => {
  const ann = await app.aCustomer();

  const first = await atClientFrom(ASK, { e: ann.email });
  const second = await atClientFrom(ASK, { e: ann.email });

  expect(second.status).toBe(200);
  expect(second.body).toEqual(first.body);
  expect(await app.mailsTo(ann.email)).toHaveLength(1);
});

it('throttles reset requests of a network, whoever they are about (SEC-45)', async () => {
  const from = '198.51.100.77';
  for (let tries = 0; tries < 10; tries += 1) await atClientFrom(ASK, { e: `nobody-${tries}@example.com` }, from);

  const known = await atClientFrom(ASK, { e: (await app.aCustomer()).email }, from);
  const unknown = await atClientFrom(ASK, { e: 'nobody@example.com' }, from);

  expectThrottled(known);
  expect(unknown.body).toEqual(known.body);
});

it('throttles guesses at secrets by network, bad passwords too (SEC-30)', async () => {
  const from = '198.51.100.78';
  for (let tries = 0; tries < 5; tries += 1) {
    await atClientFrom(RESET, { p: asBase64('short'), t: 'A'.repeat(32) }, from);
    await atClientFrom(RESET, { p: asBase64('a new password'), t: 'A'.repeat(32) }, from);
  }

  expectThrottled(await atClientFrom(RESET, { p: asBase64('a new password'), t: 'A'.repeat(32) }, from));
});

it('throttles logins by name, alike whether it exists (SEC-45, SEC-77)', async () => {
  const ann = await app.aCustomer();
  const answers: Answer[] = [];

  for (const email of [ann.email, 'nobody-at-all@example.com']) {
    for (let tries = 0; tries < 20; tries += 1) await atClientFrom(LOGIN, { e: email, p: 'not the password' });
    answers.push(await atClientFrom(LOGIN, { e: email, p: ann.password }));
  }

  answers.forEach(expectThrottled);
  expect(answers[0]?.body).toEqual(answers[1]?.body);
});

it('makes every reset of a machine, and leaves out only mails that would be too many', async () => {
  const ann = await app.aCustomer();
  const answers: Answer[] = [];

  for (let times = 0; times < 7; times += 1) answers.push(await atAdmin(app, START, { e: ann.email }));

  expect(answers.map(({ body }): unknown => body.data.userBuyerCreatePasswordToken?.email)).toEqual(
    Array(7).fill(ann.email),
  );
  expect(await app.mailsTo(ann.email)).toHaveLength(5);
});

it("holds the vendor's limit of 200 requests a minute for a network, on the client surface alone", async () => {
  const from = '198.51.100.79';
  for (let tries = 0; tries < 200; tries += 1) await atClientFrom(WHO, {}, from);

  const over = await atClientFrom(WHO, {}, from);
  const other = await atClientFrom(WHO, {});
  app.clock.advance(60);
  const later = await atClientFrom(WHO, {}, from);

  expectThrottled(over);
  expect(over.body.data).toBeUndefined();
  expect([other.status, later.status]).toEqual([200, 200]);
});
