import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';
import { atAdmin, atClient, CRATE, CRATE_KEY, refusalOf, sessionOf, WHO } from './operations.js';

const FIELDS = `_id active birthdate firstName lastName email telephone organisation taxNumber notes accountCreated
  lists{_id ref added} addresses{_id addressLine1 streetNumber city type} verification{status token}`;
const UPDATE = `mutation($r:ID!,$i:UserBuyerUpdateInput!){userBuyerUpdate(userRef:$r,userBuyerUpdateInput:$i){${FIELDS}}}`;
const LISTS = `mutation($r:ID!,$l:[ID!]!){userBuyerListsUpdate(userRef:$r,listRefs:$l){${FIELDS}}}`;
const DELETE = `mutation($r:ID!){userBuyerDelete(userRef:$r){${FIELDS}}}`;
const VERIFY = 'mutation($r:ID!){userVerify(userRef:$r)}';
const ONE = `query($r:ID!){user(userRef:$r){${FIELDS}}}`;
const A = 'a'.repeat(24);
const B = 'b'.repeat(24);

let app: TestApp;

const NAMES = { firstName: 'Ann', lastName: 'Lee' };

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({
    policy: { limits: 'off' },
    stores: [CRATE],
  });
});

afterAll(() => app.stop());

/** The buyer's id on this surface. */
async function refOf({ number }: Pick<TestCustomer, 'number'>): Promise<string> {
  return (await app.admin('GET', `/customers/${number}`)).body.ids.commonGround as string;
}

async function update(customer: TestCustomer, more: object, headers = {}): Promise<Answer> {
  const i = { email: customer.email, ...NAMES, ...more };
  return atAdmin(app, UPDATE, { r: await refOf(customer), i }, headers);
}

it('changes what is sent and nothing else', async () => {
  const ann = await app.aCustomer({ phone: '+43 1' });
  await update(ann, { organisation: 'Blue', notes: 'line one\nline two', lists: [A] });

  const { body } = await update(ann, { firstName: 'Anna', birthdate: Date.UTC(1980, 1, 29) });

  expect(body.data.userBuyerUpdate).toMatchObject({
    ...{ firstName: 'Anna', telephone: '+43 1', organisation: 'Blue', notes: 'line one\nline two' },
    ...{ birthdate: Date.UTC(1980, 1, 29), lists: [{ ref: A }], accountCreated: true },
  });
});

it('clears what is sent as null', async () => {
  const ann = await app.aCustomer({ phone: '+43 1', addresses: [{ city: 'Graz' }] });
  await update(ann, { organisation: 'Blue', notes: 'n', taxNumber: 'x', lists: [A], birthdate: 0 });

  const nothing = { telephone: null, organisation: null, notes: null, taxNumber: null, birthdate: null };
  const { body } = await update(ann, { ...nothing, lists: null, addresses: null });

  expect(body.data.userBuyerUpdate).toMatchObject({ ...nothing, lists: [], addresses: [] });
});

it('replaces the addresses', async () => {
  const ann = await app.aCustomer({ addresses: [{ city: 'Graz' }, { city: 'Linz' }] });

  const addresses = [{ addressLine1: 'Ring', streetNumber: 7, city: 'Wien', type: 'shipping' }, { city: 'Wels' }];
  const { body } = await update(ann, { addresses });

  expect(body.data.userBuyerUpdate.addresses).toMatchObject([
    { addressLine1: 'Ring', streetNumber: 7, city: 'Wien', type: 'shipping' },
    { addressLine1: null, streetNumber: null, city: 'Wels', type: null },
  ]);
});

it('keeps since when a buyer is on a list that stays', async () => {
  const ann = await app.aCustomer();
  const r = await refOf(ann);
  const first = await atAdmin(app, LISTS, { r, l: [A] });
  app.clock.advance(60);

  const { body } = await atAdmin(app, LISTS, { r, l: [B, A] });

  const { lists } = body.data.userBuyerListsUpdate as { lists: { ref: string; added: number }[] };
  expect(lists.map(({ ref }) => ref)).toEqual([B, A]);
  expect(lists[1]).toEqual(first.body.data.userBuyerListsUpdate.lists[0]);
  expect(lists[0]?.added).toBe(app.clock.now().getTime());
});

it('gives another address at once, tells both, and ends the sessions (SEC-29, SEC-35)', async () => {
  const ann = await app.aCustomer();
  const session = await sessionOf(app, ann);

  const { body } = await update(ann, { email: `new-${ann.email}` });

  expect(body.data.userBuyerUpdate.email).toBe(`new-${ann.email}`);
  expect((await atClient(app, WHO, {}, session)).status).toBe(401);
  expect(await app.mailsTo(ann.email)).toHaveLength(1);
  expect(await app.mailsTo(`new-${ann.email}`)).toHaveLength(1);
});

it('refuses an address in use, and changes nothing', async () => {
  const ann = await app.aCustomer();
  const bob = await app.aCustomer();

  const answer = await update(ann, { email: bob.email, firstName: 'Eve', notes: 'n' });

  expect(answer.status).toBe(200);
  expect(refusalOf(answer)).toEqual({ code: 'CONFLICT' });
  const { body } = await atAdmin(app, ONE, { r: await refOf(ann) });
  expect(body.data.user).toMatchObject({ email: ann.email, firstName: 'Ann', notes: null });
});

it.each([
  ['an address that is none', { email: 'ann' }],
  ['no name', { firstName: '' }],
  ['a list that is none', { lists: ['1'] }],
  ['a birth date that is a text', { birthdate: '1980-01-01' }],
  ['a birth date that is a fraction', { birthdate: 0.5 }],
  ['a birth date before 1900', { birthdate: Date.UTC(1899, 11, 31) }],
  ['a birth date after 9999', { birthdate: Date.UTC(10000, 0, 1) }],
  ['a bell in the notes', { notes: '\u0007' }],
  ['notes too long', { notes: 'x'.repeat(5001) }],
  ['a member that is not the wire’s', { active: false }],
])('refuses %s and changes nothing', async (_what, more) => {
  const ann = await app.aCustomer();

  const answer = await update(ann, { lastName: 'Else', ...more });

  expect(answer.status).toBeLessThan(500);
  expect(refusalOf(answer).code).toBe('BAD_USER_INPUT');
  expect((await app.admin('GET', `/customers/${ann.number}`)).body.lastName).toBe('Lee');
});

it.each([
  ['userBuyerUpdate', UPDATE, { i: { email: 'x@example.com', ...NAMES } }],
  ['userBuyerListsUpdate', LISTS, { l: [] }],
  ['userBuyerDelete', DELETE, {}],
  ['userVerify', VERIFY, {}],
  ['user', ONE, {}],
])('%s finds nobody by an id of another form, second or realm (SEC-65)', async (field, query, more) => {
  const ann = await app.aCustomer();
  const right = await refOf(ann);
  const wrong = ['1', right.toUpperCase(), `f${right.slice(1)}`, `${right.slice(0, 23)}g`, `${right}0`, '0'.repeat(24)];

  const answers = await Promise.all(wrong.map((r) => atAdmin(app, query, { r, ...more })));

  const refusal = { message: 'No buyer has this id.', path: [field], extensions: { code: 'NOT_FOUND' } };
  expect(answers.map(({ body }) => body as unknown)).toEqual(
    wrong.map(() => ({ data: { [field]: null }, errors: [refusal] })),
  );
});

it('forgets a buyer: the answer names nobody, sessions end, the address is free again (SEC-80)', async () => {
  const ann = await app.aCustomer({ phone: '+43 1', addresses: [{ city: 'Graz' }] });
  await update(ann, { notes: 'n', organisation: 'o', lists: [A], taxNumber: 'x', birthdate: 0 });
  const session = await sessionOf(app, ann);
  const r = await refOf(ann);

  const { body } = await atAdmin(app, DELETE, { r });

  expect(body.data.userBuyerDelete).toEqual({
    ...{ _id: r, active: false, birthdate: null, firstName: null, lastName: null, email: null, telephone: null },
    ...{ organisation: null, taxNumber: null, notes: null, accountCreated: false, lists: [], addresses: [] },
    verification: { status: false, token: null },
  });
  expect((await atClient(app, WHO, {}, session)).status).toBe(401);
  expect(refusalOf(await atAdmin(app, ONE, { r })).code).toBe('NOT_FOUND');
  expect((await app.aCustomer({ email: ann.email })).number).not.toBe(ann.number);
});

describe('userVerify', () => {
  it('mails the link that confirms the address once more; the answer holds no secret (SEC-34)', async () => {
    const ann = await app.aCustomer({ emailConfirmed: false });

    const answer = await atAdmin(app, VERIFY, { r: await refOf(ann) });

    const { link, secret } = await app.lastMail(ann.email);
    expect(answer.body).toEqual({ data: { userVerify: 'The verification email is on its way.' } });
    expect(link).toContain(`/account/confirm/${ann.number}/`);
    expect(answer.text).not.toContain(secret);
  });

  it.each([
    ['a buyer who is verified', {}, 'BAD_USER_INPUT'],
    ['a buyer who is not active', { state: 'disabled', emailConfirmed: false }, 'FORBIDDEN'],
  ])('refuses %s, without a mail', async (_what, given, code) => {
    const ann = await app.aCustomer(given);

    const answer = await atAdmin(app, VERIFY, { r: await refOf(ann) });

    expect(refusalOf(answer)).toEqual({ code });
    expect(await app.mailsTo(ann.email)).toEqual([]);
  });
});

it.each([UPDATE, LISTS, DELETE, VERIFY, ONE])('opens nothing to a buyer’s session (SEC-50): %s', async (query) => {
  const ann = await app.aCustomer();
  const more = { i: { email: ann.email, ...NAMES }, l: [] };

  const answer = await atAdmin(app, query, { r: await refOf(ann), ...more }, await sessionOf(app, ann));

  expect(answer.status).toBe(401);
  expect(refusalOf(answer)).toEqual({ code: 'UNAUTHENTICATED' });
});

it('serves a key of another store of the realm: buyers are the realm’s', async () => {
  const ann = await app.aCustomer();

  const { body } = await update(ann, { notes: 'from the crate' }, CRATE_KEY);

  expect(body.data.userBuyerUpdate.notes).toBe('from the crate');
});
