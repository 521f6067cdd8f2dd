import { TestApp } from '../support/test-app.js';
import {
  asBase64,
  atAdmin,
  atClient,
  CRATE,
  CRATE_KEY,
  lock,
  logIn,
  NO_TEXTS,
  refusalOf,
  RESET,
  SESSION,
  sessionOf,
  START,
} from './operations.js';

/** The vendor's documented operation, word for word. */
const WHOLE = `mutation userBuyerCreatePasswordToken($email: String!) {
  userBuyerCreatePasswordToken(email: $email) {
    _id created updated lastLogin active birthdate firstName lastName email name path telephone organisation taxNumber
    lists { _id ref added lastModified }
    accountCreated
    addresses {
      _id description firstName lastName addressLine1 addressLine2 streetNumber city state stateCode postCode alpha2
      country type
    }
    notes
    verification { status token code date hash }
    orderCount orderTotal creditNotesCount wantsCount vouchersCount checkoutCount type
  }
}`;

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' }, stores: [CRATE] });
});

afterAll(() => app.stop());

it("answers the contract's example", async () => {
  const ida = await app.aCustomer({ email: 'ida@blue-crate.test' });

  const { status, body } = await atAdmin(app, START, { e: ida.email }, CRATE_KEY);

  expect(status).toBe(200);
  expect(body).toEqual({
    data: {
      userBuyerCreatePasswordToken: {
        _id: expect.stringMatching(/^[0-9a-f]{24}$/),
        email: 'ida@blue-crate.test',
        active: true,
        accountCreated: true,
        verification: { status: true, token: null, date: app.clock.now().getTime() },
        type: 'buyer',
      },
    },
  });
  expect((await app.lastMail(ida.email)).link).toMatch(/^https:\/\/www\.blue-crate\.test\/account\/reset\//);
});

it("returns every field of the vendor's own document", async () => {
  const ann = await app.aCustomer({
    phone: '+43 1 234',
    addresses: [
      {
        firstName: 'Ann',
        lastName: 'Lee',
        lines: ['Hauptplatz 1', 'Stiege 2', 'Tür 3'],
        city: 'Graz',
        region: 'Styria',
        regionCode: '6',
        countryCode: 'AT',
        postcode: '8010',
        defaultShipping: true,
      },
    ],
  });
  const made = app.clock.now().getTime();

  const { body } = await atAdmin(app, WHOLE, { email: ann.email });

  expect(body).toEqual({
    data: {
      userBuyerCreatePasswordToken: {
        _id: expect.stringMatching(/^[0-9a-f]{24}$/),
        created: made,
        updated: made,
        lastLogin: null,
        active: true,
        birthdate: null,
        firstName: 'Ann',
        lastName: 'Lee',
        email: ann.email,
        name: 'Ann Lee',
        path: null,
        telephone: '+43 1 234',
        organisation: null,
        taxNumber: null,
        lists: [],
        accountCreated: true,
        addresses: [
          {
            _id: expect.stringMatching(/^[0-9a-f]{24}$/),
            description: null,
            firstName: 'Ann',
            lastName: 'Lee',
            addressLine1: 'Hauptplatz 1',
            addressLine2: 'Stiege 2, Tür 3',
            streetNumber: null,
            city: 'Graz',
            state: 'Styria',
            stateCode: '6',
            postCode: '8010',
            alpha2: 'AT',
            country: 'Austria',
            type: 'shipping',
          },
        ],
        notes: null,
        verification: { status: true, token: null, code: null, date: made, hash: null },
        orderCount: 0,
        orderTotal: 0,
        creditNotesCount: 0,
        wantsCount: 0,
        vouchersCount: 0,
        checkoutCount: 0,
        type: 'buyer',
      },
    },
  });
});

it('tells the last login and the birthday in milliseconds', async () => {
  const customer = await app.adobe(
    `mutation{createCustomerV2(input:{firstname:"Bo",lastname:"Ek",email:"bo@example.com",date_of_birth:"1990-05-04",
      password:"a good password"}){customer{email}}}`,
  );
  const bo = { email: 'bo@example.com', password: 'a good password', number: 0, id: 0 };
  await sessionOf(app, bo);

  const { body } = await atAdmin(app, WHOLE, { email: bo.email });

  expect(customer.body.errors).toBeUndefined();
  expect(body.data.userBuyerCreatePasswordToken).toMatchObject({
    birthdate: Date.UTC(1990, 4, 4),
    lastLogin: app.clock.now().getTime(),
  });
});

it('shows the secret to nobody but the owner (SEC-33, SEC-34)', async () => {
  const ann = await app.aCustomer();

  const { text } = await atAdmin(app, WHOLE, { email: ann.email });

  const { secret, link } = await app.lastMail(ann.email);
  expect(secret).toMatch(/^[A-Za-z0-9]{32}$/);
  expect(link).toContain(secret);
  expect(text).not.toContain(secret);
  expect(app.logged.join('')).not.toContain(secret);
  expect(await app.mailsTo(ann.email)).toHaveLength(1);
});

it('says that nobody has an address: the key may list all buyers anyway', async () => {
  const answer = await atAdmin(app, START, { e: 'nobody@example.com' });

  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({
    data: { userBuyerCreatePasswordToken: null },
    errors: [
      {
        message: 'No buyer has this email address.',
        path: ['userBuyerCreatePasswordToken'],
        extensions: { code: 'NOT_FOUND' },
      },
    ],
  });
});

it('gives a guest a password', async () => {
  const guest = await app.aCustomer({ password: null });

  const started = await atAdmin(app, START, { e: guest.email });
  const { secret } = await app.lastMail(guest.email);
  await atClient(app, RESET, { p: asBase64('a first password'), t: secret });
  const again = await atAdmin(app, START, { e: guest.email });

  expect(started.body.data.userBuyerCreatePasswordToken).toMatchObject({ active: true, accountCreated: false });
  expect(again.body.data.userBuyerCreatePasswordToken.accountCreated).toBe(true);
});

it.each(['disabled', 'invited', 'declined'])('refuses a buyer who is %s', async (state) => {
  const ann = await app.aCustomer({ state });

  const answer = await atAdmin(app, START, { e: ann.email });

  expect(answer.status).toBe(200);
  expect(answer.body.errors[0]).toMatchObject({
    message: 'The buyer is not active.',
    extensions: { code: 'FORBIDDEN' },
  });
  expect(await app.mailsTo(ann.email)).toEqual([]);
});

it('is the way out of a lock, which ends when the reset is finished and not before (SEC-32, SEC-43)', async () => {
  const ann = await app.aCustomer();
  await lock(app, ann);

  const started = await atAdmin(app, START, { e: ann.email });
  const { secret } = await app.lastMail(ann.email);
  const before = await logIn(app, ann);
  await atClient(app, RESET, { p: asBase64('a new password'), t: secret });
  const after = await logIn(app, { ...ann, password: 'a new password' });

  expect(started.body.errors).toBeUndefined();
  expect(refusalOf(before).code).toBe('INVALID_CREDENTIALS');
  expect(after.body.data.login.session.user.email).toBe(ann.email);
});

it('keeps two links alive: a third voids the oldest (SEC-29)', async () => {
  const ann = await app.aCustomer();
  const secrets: string[] = [];

  for (let times = 0; times < 3; times += 1) {
    await atAdmin(app, START, { e: ann.email });
    secrets.push((await app.lastMail(ann.email)).secret);
  }

  const looks = await Promise.all(secrets.map((t) => atClient(app, SESSION, { t })));
  expect(looks.map(({ body }): unknown => body.data.userPasswordSession?.email ?? null)).toEqual([
    null,
    ann.email,
    ann.email,
  ]);
});

it.each([
  'ann',
  'ann@',
  '@example.com',
  'ann@example.com,bob@example.com',
  'ann@example.com\nbcc: bob@example.com',
  asBase64('ann@example.com'),
])('refuses %j, which is no plain address', async (email) => {
  const answer = await atAdmin(app, START, { e: email });

  expect(answer.status).toBe(200);
  expect(answer.body.errors[0]).toMatchObject({
    message: 'The email address is not valid.',
    extensions: { code: 'BAD_USER_INPUT' },
  });
});

it.each(NO_TEXTS)('refuses %s without a fault (SEC-1 to SEC-4)', async (_what, value) => {
  const answer = await atAdmin(app, START, { e: value });

  expect([200, 400]).toContain(answer.status);
  expect(refusalOf(answer).code).toBe('BAD_USER_INPUT');
});

it('mails one buyer at a time: one such operation a request (SEC-62)', async () => {
  const ann = await app.aCustomer();

  const answer = await atAdmin(
    app,
    `mutation{a:userBuyerCreatePasswordToken(email:"${ann.email}"){_id} b:userBuyerCreatePasswordToken(email:"${ann.email}"){_id}}`,
  );

  expect(answer.status).toBe(400);
  expect(await app.mailsTo(ann.email)).toEqual([]);
});
