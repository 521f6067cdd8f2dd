import { TestApp } from '../support/test-app.js';
import { asBase64, atAdmin, atClient, CRATE, CRATE_KEY, logIn, NO_TEXTS, refusalOf, RESET } from './operations.js';

const CREATE = `mutation($e:String!,$f:String!,$l:String!,$t:String,$o:String,$x:String,$r:[ID],$a:[AddressInput],$s:Boolean){
  userBuyerCreate(email:$e,firstName:$f,lastName:$l,telephone:$t,organisation:$o,taxNumber:$x,lists:$r,addresses:$a,createEshopAccount:$s){
  _id created updated lastLogin active birthdate firstName lastName email name path telephone organisation taxNumber
  lists{_id ref added lastModified} accountCreated notes verification{status token code date hash} orderCount orderTotal
  creditNotesCount wantsCount vouchersCount checkoutCount type
  addresses{_id description firstName lastName addressLine1 addressLine2 streetNumber city state stateCode postCode alpha2
    country type geoLoc{type coordinates}}}}`;
const LIST = '66f2a0c15b7d3e90aa41c2d7';

let app: TestApp;
let made = 0;

const anEmail = (): string => `buyer-${(made += 1)}@example.com`;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' }, stores: [CRATE] });
});

afterAll(() => app.stop());

it('makes a guest with everything that was said, and mails nobody', async () => {
  const e = anEmail();
  const address = {
    ...{ description: 'Shop', addressLine1: 'Long Lane', addressLine2: 'c/o Lee', streetNumber: 12, city: 'Austin' },
    ...{ state: 'Texas', stateCode: 'TX', postCode: '78701', alpha2: 'us', type: 'billing' },
    geoLoc: { type: 'Point', coordinates: [-97.7, null, 30.2] },
  };

  const { body } = await atAdmin(app, CREATE, {
    ...{
      e,
      f: 'Ida',
      l: 'Berg',
      t: '+43 1 234',
      o: 'Blue Crate',
      x: 'ATU1',
      r: [LIST, LIST, null],
      a: [address, null],
    },
  });

  const now = app.clock.now().getTime();
  const id = expect.stringMatching(/^[0-9a-f]{24}$/) as unknown;
  expect(body).toEqual({
    data: {
      userBuyerCreate: {
        ...{ _id: id, created: now, updated: now, lastLogin: null, active: true, birthdate: null, firstName: 'Ida' },
        ...{ lastName: 'Berg', email: e, name: 'Ida Berg', path: null, telephone: '+43 1 234', notes: null },
        ...{ organisation: 'Blue Crate', taxNumber: 'ATU1', accountCreated: false, type: 'buyer' },
        lists: [{ _id: id, ref: LIST, added: now, lastModified: now }],
        verification: { status: true, token: null, code: null, date: now, hash: null },
        ...{ orderCount: 0, orderTotal: 0, creditNotesCount: 0, wantsCount: 0, vouchersCount: 0, checkoutCount: 0 },
        addresses: [
          {
            ...{ ...address, _id: id, firstName: null, lastName: null, alpha2: 'US', country: 'United States' },
            geoLoc: { type: 'Point', coordinates: [-97.7, 30.2] },
          },
        ],
      },
    },
  });
  expect(await app.mailsTo(e)).toEqual([]);
});

it('shows an address with its house number through other dialects, and as their default of that type', async () => {
  const e = anEmail();
  const a = [{ addressLine1: 'Long Lane', streetNumber: 12, city: 'Graz', alpha2: 'AT', type: 'shipping' }];
  await atAdmin(app, CREATE, { e, f: 'Ida', l: 'Berg', a });

  const { body } = await app.admin('GET', `/customers?email=${e}`);

  expect(body.items[0].addresses).toMatchObject([{ lines: ['Long Lane 12'], city: 'Graz' }]);
});

it('mails the owner of a shop account a link to choose the password, good as long as an activation', async () => {
  const e = anEmail();

  const { body } = await atAdmin(app, CREATE, { e, f: 'Ida', l: 'Berg', s: true });
  const { secret, subject } = await app.lastMail(e);
  app.clock.advance(29 * 24 * 3600);
  const reset = await atClient(app, RESET, { p: asBase64('a new password'), t: secret });

  expect(body.data.userBuyerCreate).toMatchObject({ active: true, accountCreated: false });
  expect(body.data.userBuyerCreate.verification.token).toBeNull();
  expect(subject).toBe('Welcome to Demo Store');
  expect(reset.body).toEqual({ data: { userPasswordReset: 'Your password has been updated.' } });
  const login = await logIn(app, { email: e, password: 'a new password', number: 0, id: 0 });
  expect(login.body.data.login.session.user.email).toBe(e);
});

it('refuses an address in use, in whatever case, and changes nothing', async () => {
  const ann = await app.aCustomer({ firstName: 'Ann' });

  const answer = await atAdmin(app, CREATE, { e: ann.email.toUpperCase(), f: 'Eve', l: 'Else', s: true });

  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({
    data: { userBuyerCreate: null },
    errors: [
      {
        message: 'The email address is already in use.',
        path: ['userBuyerCreate'],
        extensions: { code: 'CONFLICT' },
      },
    ],
  });
  expect((await app.admin('GET', `/customers/${ann.number}`)).body.firstName).toBe('Ann');
  expect(await app.mailsTo(ann.email)).toEqual([]);
});

it('makes buyers in the store that the key is of', async () => {
  const e = anEmail();

  await atAdmin(app, CREATE, { e, f: 'Ida', l: 'Berg', s: true }, CRATE_KEY);

  expect((await app.lastMail(e)).link).toMatch(/^https:\/\/www\.blue-crate\.test\/account\/reset\//);
});

it.each([
  ['an address that is none', { e: 'ida' }, 'The email address is not valid.'],
  ['no first name', { f: '' }, 'Missing: firstName.'],
  ['neither name', { f: '', l: '' }, 'Missing: firstName, lastName.'],
  ['a name too long', { l: 'x'.repeat(256) }, 'The value is too long.'],
  ['a telephone number too long', { t: '1'.repeat(41) }, 'The value is too long.'],
  ['a control character', { o: 'Blue\u0007Crate' }, 'The value contains characters that are not allowed.'],
  ['a list that is none', { r: ['66F2A0C15B7D3E90AA41C2D7'] }, 'A list reference must be 24 hex digits.'],
  [
    'a control character in an address',
    { a: [{ city: 'Gr\u0000az' }] },
    'The value contains characters that are not allowed.',
  ],
  ['a state code too long', { a: [{ stateCode: 'ABCDEFGHIJK' }] }, 'The value is too long.'],
  ['a country that is none', { a: [{ alpha2: 'AUT' }] }, 'alpha2 must be the two letters of a country.'],
])('refuses %s and makes nobody (SEC-3, SEC-4)', async (_what, given, message) => {
  const e = anEmail();

  const answer = await atAdmin(app, CREATE, { e, f: 'Ida', l: 'Berg', ...given });

  expect(answer.body).toEqual({
    data: { userBuyerCreate: null },
    errors: [{ message, path: ['userBuyerCreate'], extensions: { code: 'BAD_USER_INPUT' } }],
  });
  expect((await app.admin('GET', `/customers?email=${e}`)).body.items).toEqual([]);
});

it.each(NO_TEXTS)('never fails over %s as the address (SEC-1)', async (_what, e) => {
  const answer = await atAdmin(app, CREATE, { e, f: 'Ida', l: 'Berg' });

  expect(answer.status).toBeLessThan(500);
  expect(refusalOf(answer).code).toBe('BAD_USER_INPUT');
});

it('makes one buyer a request (SEC-62)', async () => {
  const one = (alias: string): string =>
    `${alias}:userBuyerCreate(email:"${anEmail()}",firstName:"A",lastName:"B"){_id}`;

  const answer = await atAdmin(app, `mutation{${one('a')} ${one('b')}}`);

  expect(answer.status).toBe(400);
  expect(answer.body.data).toBeUndefined();
});

it('does not know members that a client must not set (SEC-2)', async () => {
  const answer = await atAdmin(
    app,
    `mutation{userBuyerCreate(email:"${anEmail()}",firstName:"A",lastName:"B",active:false){_id}}`,
  );

  expect(answer.status).toBe(400);
  expect(refusalOf(answer).code).toBe('BAD_USER_INPUT');
});
