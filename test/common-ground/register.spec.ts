import { TestApp } from '../support/test-app.js';
import { asBase64, atClient, comparable, CRATE, logIn, NO_TEXTS, refusalOf, register, REGISTER } from './operations.js';

let app: TestApp;
let made = 0;

const anEmail = (): string => `new-buyer-${String((made += 1)).padStart(4, '0')}@example.com`;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' }, stores: [CRATE] });
});

afterAll(() => app.stop());

it('makes an account that waits, mails a link, and answers from the request alone', async () => {
  const email = anEmail();

  const { body } = await register(app, email, { t: '+43 1', a: [{ city: 'Graz', firstName: 'Ed' }] });

  const id = expect.stringMatching(/^[0-9a-f]{24}$/) as unknown;
  expect(body).toEqual({
    data: {
      register: {
        user: {
          ...{ _id: id, id: null, firstName: 'Ida', lastName: 'Berg', name: 'Ida Berg', email, telephone: '+43 1' },
          ...{ taxNumber: '', organisation: '', isSubscribed: null, addresses: null, preferences: null },
        },
        session: null,
        message: `An activation email was sent to ${email}.`,
      },
    },
  });
  const [customer] = (await app.admin('GET', `/customers?email=${email}`)).body.items;
  expect(customer).toMatchObject({ emailConfirmed: false, phone: '+43 1', state: 'enabled' });
  expect(customer.addresses).toMatchObject([{ city: 'Graz', firstName: 'Ed' }]);
  expect(customer.ids.commonGround).not.toBe(body.data.register.user._id);
  expect((await app.lastMail(email)).link).toContain(`/account/confirm/${customer.number}/`);
});

it('takes address and password in base64', async () => {
  const email = anEmail();

  const { body } = await register(app, asBase64(email), { p: asBase64('a good password') });

  expect(body.data.register.user.email).toBe(email);
  const login = await logIn(app, { email, password: 'a good password', number: 0, id: 0 });
  expect(refusalOf(login)).toEqual({ code: 'NOT_VERIFIED' });
});

it.each([
  ['an account', {}],
  ['an account that waits for its confirmation', { emailConfirmed: false }],
  ['a guest', { password: undefined }],
  ['an account that staff closed', { state: 'disabled' }],
])('answers byte for byte as for a free address where %s has it (SEC-75)', async (_what, given) => {
  const taken = await app.aCustomer({ email: anEmail(), ...given });
  const free = anEmail();

  const answers = [await register(app, free), await register(app, taken.email)];

  const [one, other] = answers.map((answer) => JSON.stringify(comparable(answer)));
  expect(other).toBe(one?.replaceAll(free, taken.email));
});

it('tells the owner of a taken address, and changes nothing of the account', async () => {
  const ann = await app.aCustomer({ firstName: 'Ann' });

  await register(app, ann.email, { f: 'Eve' });

  const mail = await app.lastMail(ann.email);
  expect(await app.mailsTo(ann.email)).toHaveLength(1);
  expect(mail.subject).toBe('You have an account at Demo Store already');
  expect(mail.link).toBe('');
  expect((await app.admin('GET', `/customers/${ann.number}`)).body.firstName).toBe('Ann');
  expect((await logIn(app, ann)).body.errors).toBeUndefined();
});

it('never shows an id twice', async () => {
  const ann = await app.aCustomer();
  const answers = [await register(app, ann.email), await register(app, ann.email)];

  const ids = answers.map(({ body }) => body.data.register.user._id as string);
  const own = (await app.admin('GET', `/customers/${ann.number}`)).body.ids.commonGround as string;
  expect(new Set([...ids, own]).size).toBe(3);
});

it('mails an address at most five times an hour, over all that is asked for (SEC-73)', async () => {
  await app.setUp({ policy: { limits: { registerNetwork: { max: 100, seconds: 60 } } }, stores: [CRATE] });
  const ann = await app.aCustomer();

  const answers = [];
  for (let times = 0; times < 7; times += 1) answers.push(comparable(await register(app, ann.email)));

  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await app.mailsTo(ann.email)).toHaveLength(5);
  await app.setUp({ policy: { limits: 'off' }, stores: [CRATE] });
});

it('lets a network register ten times an hour, whatever the addresses', async () => {
  await app.setUp({ policy: {}, stores: [CRATE] });
  const ann = await app.aCustomer();
  const from = { 'x-forwarded-for': '203.0.113.9' };
  const answers = [];
  for (let times = 0; times < 11; times += 1) {
    answers.push(await register(app, times % 2 ? ann.email : anEmail(), {}, from));
  }

  const last = answers.pop();
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  expect(last?.status).toBe(429);
  expect(last?.headers['retry-after']).toMatch(/^\d+$/);
  expect(last?.body.errors[0].extensions).toEqual({ code: 'RATE_LIMITED' });
  await app.setUp({ policy: { limits: 'off' }, stores: [CRATE] });
});

it.each([
  ['a short password', { p: 'short' }, { code: 'BAD_USER_INPUT', reason: 'TOO_SHORT' }],
  ['a long password', { p: 'x'.repeat(300) }, { code: 'BAD_USER_INPUT', reason: 'TOO_LONG' }],
  ['no first name', { f: '' }, { code: 'BAD_USER_INPUT' }],
  ['a name too long', { l: 'x'.repeat(256) }, { code: 'BAD_USER_INPUT' }],
  ['an address that is not encoded', { e: 'ida' }, { code: 'BAD_USER_INPUT' }],
])('refuses %s alike for a free and a taken address, before it is looked up', async (_what, more, extensions) => {
  const ann = await app.aCustomer({ email: anEmail() });
  const free = anEmail();

  const answers = [await register(app, free, more), await register(app, ann.email, more)];

  for (const answer of answers) expect(refusalOf(answer)).toEqual(extensions);
  expect(comparable(answers[0] as never)).toEqual(comparable(answers[1] as never));
  expect(await app.mailsTo(ann.email)).toEqual([]);
  expect((await app.admin('GET', `/customers?email=${free}`)).body.items).toEqual([]);
});

it.each(NO_TEXTS)('never fails over %s (SEC-1)', async (_what, value) => {
  const asEmail = await register(app, anEmail(), { e: value });
  const asName = await register(app, anEmail(), { f: value });

  expect(asEmail.status).toBeLessThan(500);
  expect(asName.status).toBeLessThan(500);
  expect(refusalOf(asEmail).code).toBe('BAD_USER_INPUT');
});

it.each(['active:true', 'type:"admin"', '_id:"1"', 'verification:{status:true}'])(
  'does not know %s (SEC-2)',
  async (member) => {
    const query = `mutation{register(email:"a@example.com",password:"a good password",firstName:"A",lastName:"B",${member}){message}}`;

    const answer = await atClient(app, query);

    expect(answer.status).toBe(400);
    expect(refusalOf(answer).code).toBe('BAD_USER_INPUT');
  },
);

it('registers one buyer a request (SEC-62)', async () => {
  const query = REGISTER.replace('register(', 'x:login(email:$e,password:$p){sessionsCount} register(');

  const answer = await atClient(app, query, { e: anEmail(), p: 'a good password', f: 'A', l: 'B' });

  expect(answer.status).toBe(400);
  expect(answer.body.data).toBeUndefined();
});
