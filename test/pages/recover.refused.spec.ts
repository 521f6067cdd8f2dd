import { TestApp, type TestCustomer } from '../support/test-app.js';
import { foreignBodies, PAGE_HEADERS } from './links.js';
import { altered, encoded, said, Visitor } from './visitor.js';

const SENT = 'Check your mail If an account exists for this address, a mail is on its way.';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

/** A visitor with the open form. */
async function atTheForm(): Promise<Visitor> {
  const visitor = new Visitor(app);
  await visitor.open('/account/recover');
  return visitor;
}

const mailsTo = async ({ email }: TestCustomer): Promise<number> => (await app.mailsTo(email)).length;

describe('a form that is not the one shown', () => {
  const forgeries: Readonly<Record<string, (visitor: Visitor, other: Visitor) => Promise<Record<string, string>>>> = {
    'no token': async () => ({}),
    'an empty token': async () => ({ csrf: '' }),
    'a wrong token': async ({ csrf }) => ({ csrf: altered(csrf, 0) }),
    'a token of as many characters, but more bytes': async () => ({ csrf: 'ü'.repeat(32) }),
    "another visitor's token": async (_visitor, { csrf }) => ({ csrf }),
    'the token of a form that was shown before': async (visitor) => {
      const { csrf } = visitor;
      await visitor.open('/account/recover');
      return { csrf };
    },
    'a token without its cookie': async ({ csrf, cookies }) => (cookies.clear(), { csrf }),
    'a token with a forged cookie': async ({ csrf, cookies }) => (
      cookies.set('keyturn-recover', Buffer.from(JSON.stringify({ csrf })).toString('base64url')), { csrf }
    ),
    'a token that has expired': async ({ csrf }) => (app.clock.advance(30 * 60 + 1), { csrf }),
  }; // prettier-ignore

  it.each(Object.entries(forgeries))('is shown again, and nothing is done: %s', async (_name, forge) => {
    const ann = await app.aCustomer();
    const visitor = await atTheForm();
    const fields = await forge(visitor, await atTheForm());

    const refused = await visitor.post('/account/recover', encoded({ ...fields, email: ann.email }));
    const mails = await mailsTo(ann);
    visitor.page = refused;
    const again = await visitor.send({ email: ann.email });

    expect(refused.status).toBe(403);
    expect(said(refused)).toContain('This form had expired. Please send it once more.');
    expect(refused.text).toContain(`value="${ann.email}"`);
    expect(refused.headers).toMatchObject(PAGE_HEADERS);
    expect(mails).toBe(0);
    expect(said(again)).toContain(SENT);
    expect(await mailsTo(ann)).toBe(1);
  });

  it('takes the form once only', async () => {
    const ann = await app.aCustomer();
    const visitor = await atTheForm();
    const body = encoded({ csrf: visitor.csrf, email: ann.email });

    await visitor.post('/account/recover', body);
    app.clock.advance(61);
    const again = await visitor.post('/account/recover', body);

    expect(again.status).toBe(403);
    expect(await mailsTo(ann)).toBe(1);
  });
});

it('reads forms and nothing else (SEC-5)', async () => {
  const ann = await app.aCustomer();
  const visitor = await atTheForm();

  const answers = [];
  for (const [type, body] of foreignBodies(visitor.csrf, 'email', ann.email)) {
    answers.push(await visitor.post('/account/recover', body, { 'content-type': type }));
  }

  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 415));
  expect(await mailsTo(ann)).toBe(0);
});

it('takes no field that was sent twice (SEC-1)', async () => {
  const [ann, eve] = [await app.aCustomer(), await app.aCustomer()];
  const visitor = await atTheForm();
  const { csrf } = visitor;

  const emails = await visitor.post('/account/recover', `csrf=${csrf}&email=${ann.email}&email=${eve.email}`);
  visitor.page = emails;
  const tokens = await visitor.post('/account/recover', `csrf=${visitor.csrf}&csrf=${visitor.csrf}&email=${ann.email}`);
  visitor.page = tokens;
  const brackets = await visitor.post('/account/recover', `csrf=${visitor.csrf}&email[]=${ann.email}`);

  expect([emails, tokens, brackets].map(({ status }) => status)).toEqual([422, 403, 422]);
  expect([await mailsTo(ann), await mailsTo(eve)]).toEqual([0, 0]);
});

it('refuses a body of more than 100 KiB (SEC-3)', async () => {
  const visitor = await atTheForm();

  const answer = await visitor.post('/account/recover', encoded({ csrf: visitor.csrf, email: 'a'.repeat(100 * 1024) }));

  expect(answer.status).toBe(413);
});

it('answers the eleventh request of a network within an hour with a page that says when to come back', async () => {
  const ann = await app.aCustomer();
  const visitor = await atTheForm();
  const ask = async (email: string) => (await visitor.open('/account/recover'), visitor.send({ email }));

  for (let at = 0; at < 10; at += 1) expect((await ask(`nobody-${at}@example.com`)).status).toBe(200);
  const refused = await ask(ann.email);
  const mailed = await mailsTo(ann);
  const elsewhere = await (await atTheForm()).send({ email: ann.email });
  app.clock.advance(3600);
  const later = await ask('nobody@example.com');

  expect(refused.status).toBe(429);
  expect(refused.headers).toMatchObject({ ...PAGE_HEADERS, 'retry-after': '3600' });
  expect(said(refused)).toBe('Too many tries Please wait a few minutes and try again.');
  expect(mailed).toBe(0);
  expect(elsewhere.status).toBe(200);
  expect(later.status).toBe(200);
});

it('mails to one address at most once a minute and three times an hour, and says nothing of it (SEC-47)', async () => {
  const ann = await app.aCustomer();
  const mails = [];

  for (const seconds of [0, 30, 31, 61, 61]) {
    app.clock.advance(seconds);
    expect(said(await (await atTheForm()).send({ email: ann.email }))).toContain(SENT);
    mails.push(await mailsTo(ann));
  }

  expect(mails).toEqual([1, 1, 2, 3, 3]);
});
