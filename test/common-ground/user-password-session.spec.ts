import { TestApp } from '../support/test-app.js';
import {
  asBase64,
  AT_CRATE,
  atClient,
  CRATE,
  mailedSecret,
  NO_TEXTS,
  refusalOf,
  RESET,
  SESSION,
} from './operations.js';

const ALL = `query($t:String!){userPasswordSession(token:$t){
  _id id firstName lastName name email telephone taxNumber organisation addresses{city streetNumber} isSubscribed
  preferences{preferredLanguage}
}}`;
const WITH_ADDRESS = { phone: '+43 1 234', addresses: [{ city: 'Graz', lines: ['Hauptplatz 1'] }] };

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' }, stores: [CRATE] });
});

afterAll(() => app.stop());

it("tells whose a link is, as in the contract's example, and spends nothing (SEC-32)", async () => {
  const ida = await app.aCustomer({ firstName: 'Ida', ...WITH_ADDRESS });
  const secret = await mailedSecret(app, ida);

  const first = await atClient(app, SESSION, { t: secret });
  const second = await atClient(app, SESSION, { t: secret });

  expect(first.status).toBe(200);
  expect(first.body).toEqual({
    data: {
      userPasswordSession: {
        _id: expect.stringMatching(/^[0-9a-f]{24}$/),
        firstName: 'Ida',
        email: ida.email,
        addresses: null,
      },
    },
  });
  expect(second.body).toEqual(first.body);
});

it('tells three fields and no more, for a link may leak', async () => {
  const ann = await app.aCustomer(WITH_ADDRESS);
  const secret = await mailedSecret(app, ann);

  const { body } = await atClient(app, ALL, { t: secret });

  const { _id, firstName, email, ...rest } = body.data.userPasswordSession;
  expect([_id.length, firstName, email]).toEqual([24, 'Ann', ann.email]);
  expect(new Set(Object.values(rest as object))).toEqual(new Set([null]));
});

it('tells all fields where the realm discloses as the vendor does', async () => {
  await app.setUp({ policy: { limits: 'off', disclosure: 'vendor' }, stores: [CRATE] });
  const ann = await app.aCustomer(WITH_ADDRESS);
  const secret = await mailedSecret(app, ann);

  const { body } = await atClient(app, ALL, { t: secret });

  await app.setUp({ policy: { limits: 'off' }, stores: [CRATE] });
  expect(body.data.userPasswordSession).toMatchObject({
    id: null,
    lastName: 'Lee',
    name: 'Ann Lee',
    telephone: '+43 1 234',
    taxNumber: '',
    organisation: '',
    addresses: [{ city: 'Graz', streetNumber: null }],
    isSubscribed: false,
  });
});

it('has one answer for every link that opens nothing (SEC-26, SEC-27)', async () => {
  const ann = await app.aCustomer();
  const used = await mailedSecret(app, ann);
  await atClient(app, RESET, { p: asBase64('a new password'), t: used });
  const elsewhere = await mailedSecret(app, ann, AT_CRATE);
  const late = await mailedSecret(app, await app.aCustomer());
  const never = 'A'.repeat(32);

  const answers = await Promise.all(
    [used, elsewhere, never, used.toLowerCase(), ''].map((t) => atClient(app, SESSION, { t })),
  );
  app.clock.advance(3601);
  answers.push(await atClient(app, SESSION, { t: late }));

  for (const { status, body } of answers) {
    expect(status).toBe(200);
    expect(body).toEqual({
      data: { userPasswordSession: null },
      errors: [
        {
          message: 'The password reset token is invalid or has expired.',
          path: ['userPasswordSession'],
          extensions: { code: 'INVALID_TOKEN' },
        },
      ],
    });
  }
});

it.each(NO_TEXTS)('refuses %s without a fault (SEC-1 to SEC-4)', async (_what, value) => {
  const answer = await atClient(app, SESSION, { t: value });

  expect(refusalOf(answer).code).toBe(typeof value === 'string' ? 'INVALID_TOKEN' : 'BAD_USER_INPUT');
  expect(answer.status).toBe(typeof value === 'string' ? 200 : 400);
});

it('is not asked by GET, where the secret would stand in the URL (SEC-11)', async () => {
  const secret = await mailedSecret(app, await app.aCustomer());

  const answer = await app.request({
    url: `/cg/client/graphql?query=${encodeURIComponent(`{userPasswordSession(token:"${secret}"){email}}`)}`,
  });

  expect(answer.status).toBe(405);
  expect(answer.headers['allow']).toBe('POST');
  expect(answer.text).not.toContain('example.com');
});
