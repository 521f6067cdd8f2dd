import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';
import {
  asBase64,
  atAdmin,
  atClient,
  AT_CRATE,
  CRATE,
  logIn,
  NO_TEXTS,
  refusalOf,
  sessionOf,
  WHO,
} from './operations.js';

const UPDATE = `mutation($e:String,$p:String,$f:String,$l:String,$t:String,$o:String,$x:String,$a:[AddressInput],$r:JSON){
  userUpdate(email:$e,password:$p,firstName:$f,lastName:$l,telephone:$t,organisation:$o,taxNumber:$x,addresses:$a,preferences:$r){
  _id firstName lastName name email telephone organisation taxNumber preferences{preferredLanguage}
  addresses{_id description firstName lastName addressLine1 addressLine2 streetNumber city state stateCode postCode alpha2 country type}}}`;
const LOGOUT = 'mutation{logout(checkoutId:"1"){ok checkout{_id}}}';
const NEW = 'a new password';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' }, stores: [CRATE] });
});

afterAll(() => app.stop());

async function signedIn(given: object = {}): Promise<{ ann: TestCustomer; session: Record<string, string> }> {
  const ann = await app.aCustomer({ ...given });
  return { ann, session: await sessionOf(app, ann) };
}

const update = (session: Record<string, string>, variables: object): Promise<Answer> =>
  atClient(app, UPDATE, variables, session);

describe('userUpdate', () => {
  it('changes what is sent and nothing else', async () => {
    const { session } = await signedIn({ phone: '+43 1' });
    await update(session, { o: 'Blue', x: 'ATU1', r: { preferredLanguage: 'de', theme: { dark: true } } });

    const { body } = await update(session, { f: 'Anna', o: undefined });

    expect(body.data.userUpdate).toMatchObject({
      ...{ firstName: 'Anna', lastName: 'Lee', name: 'Anna Lee', telephone: '+43 1', organisation: 'Blue' },
      ...{ taxNumber: 'ATU1', preferences: { preferredLanguage: 'de' } },
    });
  });

  it('clears what is sent as null', async () => {
    const { session } = await signedIn({ phone: '+43 1', addresses: [{ city: 'Graz' }] });
    await update(session, { o: 'Blue', r: { preferredLanguage: 'de' } });

    const { body } = await update(session, { t: null, o: null, l: null, r: null, a: null });

    expect(body.data.userUpdate).toMatchObject({
      ...{ telephone: '', organisation: '', lastName: null, preferences: { preferredLanguage: null }, addresses: [] },
    });
  });

  it('leaves notes and lists of staff alone, and does not show them', async () => {
    const { ann, session } = await signedIn();
    const r = (await app.admin('GET', `/customers/${ann.number}`)).body.ids.commonGround as string;
    const i = { email: ann.email, firstName: 'Ann', lastName: 'Lee', notes: 'a good one', lists: ['a'.repeat(24)] };
    const query = `mutation($r:ID!,$i:UserBuyerUpdateInput!){userBuyerUpdate(userRef:$r,userBuyerUpdateInput:$i){_id}}`;
    await atAdmin(app, query, { r, i });

    const { text } = await update(session, { o: 'Blue' });

    const { body } = await atAdmin(app, 'query($r:ID!){user(userRef:$r){notes organisation lists{ref}}}', { r });
    expect(body.data.user).toEqual({ notes: 'a good one', organisation: 'Blue', lists: [{ ref: 'a'.repeat(24) }] });
    expect(text).not.toContain('a good one');
  });

  it('replaces the addresses, and keeps the ids of those that are sent with theirs', async () => {
    const { session } = await signedIn({ addresses: [{ city: 'Graz', company: 'ACME' }, { city: 'Linz' }] });
    const all = await update(session, {});
    const { _id } = all.body.data.userUpdate.addresses[0];

    const a = [
      { _id, firstName: 'Ed', addressLine1: 'Ring', streetNumber: '7b', city: 'Wien', alpha2: 'at', type: 'shipping' },
      { city: 'Wels', description: 'Work' },
    ];
    const { body } = await update(session, { a });

    const { addresses } = body.data.userUpdate;
    expect(addresses).toMatchObject([
      { ...a[0], alpha2: 'AT', country: 'Austria' },
      { ...a[1], streetNumber: null },
    ]);
    expect(addresses[1]._id).not.toBe(_id);
  });

  it("takes another buyer's address id for none (SEC-65)", async () => {
    const bob = await signedIn({ addresses: [{ city: 'Graz' }] });
    const { _id } = (await update(bob.session, {})).body.data.userUpdate.addresses[0];
    const { session } = await signedIn({ addresses: [{ city: 'Linz' }] });
    const own = (await update(session, {})).body.data.userUpdate.addresses[0]._id as string;

    const { body } = await update(session, {
      a: [
        { _id, city: 'Wien' },
        { _id: 'x', city: 'Wels' },
      ],
    });

    const { addresses } = body.data.userUpdate as { addresses: { _id: string; city: string }[] };
    expect(addresses.map(({ city }) => city)).toEqual(['Wien', 'Wels']);
    for (const id of [_id, own]) expect(addresses.map((one) => one._id)).not.toContain(id);
    expect((await update(bob.session, {})).body.data.userUpdate.addresses).toMatchObject([{ _id, city: 'Graz' }]);
  });

  it('sets a password: this session lives on, all others end, the owner is told (SEC-52)', async () => {
    const { ann, session } = await signedIn();
    const other = await sessionOf(app, ann);
    const elsewhere = await app.signedIn(ann);

    const { body } = await update(session, { p: asBase64(NEW) });

    expect(body.errors).toBeUndefined();
    expect((await atClient(app, WHO, {}, session)).body.data.user.email).toBe(ann.email);
    expect((await atClient(app, WHO, {}, other)).status).toBe(401);
    expect((await app.adobe('{customer{email}}', {}, { authorization: `Bearer ${elsewhere}` })).status).toBe(401);
    expect(refusalOf(await logIn(app, ann))).toEqual({ code: 'INVALID_CREDENTIALS' });
    expect((await logIn(app, { ...ann, password: NEW })).body.errors).toBeUndefined();
    expect((await app.lastMail(ann.email)).subject).toBe('Your password for Demo Store was changed');
  });

  it('takes a password alone as the store says', async () => {
    const ann = await app.aCustomer();
    const session = await sessionOf(app, ann, AT_CRATE);

    await update(session, { p: NEW });

    expect((await logIn(app, { ...ann, password: NEW })).body.errors).toBeUndefined();
  });

  it('takes a password with an address encoded as the address is', async () => {
    const { ann, session } = await signedIn();

    await update(session, { e: ann.email, p: NEW });

    expect((await logIn(app, { ...ann, password: NEW })).body.errors).toBeUndefined();
    expect(await app.mailsTo(ann.email)).toHaveLength(1);
  });

  it('lets a new address wait for its confirmation, and writes to both (SEC-78)', async () => {
    const { ann, session } = await signedIn();

    const { body } = await update(session, { e: `new-${ann.email}`, f: 'Anna' });

    expect(body.data.userUpdate).toMatchObject({ email: ann.email, firstName: 'Anna' });
    expect((await app.lastMail(`new-${ann.email}`)).link).toContain('/account/confirm/');
    expect((await app.lastMail(ann.email)).link).toBe('');
    expect((await logIn(app, ann)).body.errors).toBeUndefined();
  });

  it('answers alike for a taken address, whose owner is told (SEC-76)', async () => {
    const { session } = await signedIn();
    const bob = await app.aCustomer();

    const answers = [await update(session, { e: bob.email }), await update(session, { e: `free-${bob.email}` })];

    expect(answers[0]?.text).toBe(answers[1]?.text);
    expect((await app.lastMail(bob.email)).subject).toBe('You have an account at Demo Store already');
  });

  it('sets a new password and lets the new address be confirmed afterwards', async () => {
    const { ann, session } = await signedIn();
    await update(session, { e: `both-${ann.email}`, p: NEW });
    const { secret } = await app.lastMail(`both-${ann.email}`);

    const { body } = await atClient(app, 'mutation($t:String){userVerify(token:$t){message}}', { t: secret });

    expect(body.errors).toBeUndefined();
    const moved = { ...ann, email: `both-${ann.email}`, password: NEW };
    expect((await logIn(app, moved)).body.errors).toBeUndefined();
  });

  it.each([
    ['a password', { p: asBase64(NEW) }],
    ['an address', { e: 'elsewhere@example.com' }],
    ['both', { e: 'elsewhere@example.com', p: NEW }],
  ])('wants a session younger than ten minutes for %s, and changes nothing (SEC-78)', async (_what, variables) => {
    const { ann, session } = await signedIn();
    app.clock.advance(600);

    const answer = await update(session, { ...variables, f: 'Eve' });

    expect(answer.status).toBe(200);
    expect(refusalOf(answer)).toEqual({ code: 'REAUTHENTICATION_REQUIRED' });
    expect((await atClient(app, '{user{firstName}}', {}, session)).body.data.user.firstName).toBe('Ann');
    expect(await app.mailsTo('elsewhere@example.com')).toEqual([]);
    expect((await logIn(app, ann)).body.errors).toBeUndefined();
  });

  it('takes a password from a session of 599 seconds, and a name from any', async () => {
    const { session } = await signedIn();
    app.clock.advance(599);

    expect((await update(session, { p: asBase64(NEW) })).body.errors).toBeUndefined();
    app.clock.advance(3600);
    expect((await update(session, { f: 'Anna' })).body.data.userUpdate.firstName).toBe('Anna');
  });

  it.each([
    ['a short password', { p: asBase64('short') }, { code: 'BAD_USER_INPUT', reason: 'TOO_SHORT' }],
    ['a password that is not base64', { p: NEW }, { code: 'BAD_USER_INPUT' }],
    ['an address that is none', { e: 'a@' }, { code: 'BAD_USER_INPUT' }],
    ['a telephone number too long', { t: '1'.repeat(41) }, { code: 'BAD_USER_INPUT' }],
    ['preferences that are a list', { r: [] }, { code: 'BAD_USER_INPUT' }],
    ['preferences that are a text', { r: 'de' }, { code: 'BAD_USER_INPUT' }],
    ['preferences with a NUL', { r: { a: '\u0000' } }, { code: 'BAD_USER_INPUT' }],
    ['preferences too long', { r: { list: Array(3000).fill(1) } }, { code: 'BAD_USER_INPUT' }],
    ['a language that is no text', { r: { preferredLanguage: 1 } }, { code: 'BAD_USER_INPUT' }],
    ['too many addresses', { a: Array(251).fill({ city: 'x' }) }, { code: 'BAD_USER_INPUT' }],
  ])('refuses %s and changes nothing', async (_what, variables, extensions) => {
    const { session } = await signedIn();

    const answer = await update(session, { f: 'Eve', ...variables });

    expect(answer.status).toBe(200);
    expect(refusalOf(answer)).toEqual(extensions);
    expect((await atClient(app, '{user{firstName}}', {}, session)).body.data.user.firstName).toBe('Ann');
  });

  it('refuses the own address as the password', async () => {
    const { ann, session } = await signedIn();

    const answer = await update(session, { p: asBase64(ann.email) });

    expect(refusalOf(answer)).toEqual({ code: 'BAD_USER_INPUT', reason: 'CONTAINS_CONTEXT' });
  });

  it.each(NO_TEXTS)('never fails over %s (SEC-1)', async (_what, value) => {
    const { session } = await signedIn();

    const answers = [await update(session, { r: value }), await update(session, { a: [{ _id: value }] })];

    for (const { status } of answers) expect(status).toBeLessThan(500);
  });

  it('is for buyers who are signed in', async () => {
    const answer = await update({}, { f: 'Eve' });

    expect(answer.status).toBe(401);
    expect(answer.body.data).toEqual({ userUpdate: null });
    expect(refusalOf(answer)).toEqual({ code: 'UNAUTHENTICATED' });
  });
});

describe('logout', () => {
  it('ends this session and no other', async () => {
    const { ann, session } = await signedIn();
    const other = await sessionOf(app, ann);

    const { body } = await atClient(app, LOGOUT, {}, session);

    expect(body).toEqual({ data: { logout: { ok: true, checkout: null } } });
    expect((await atClient(app, WHO, {}, session)).status).toBe(401);
    expect((await atClient(app, WHO, {}, other)).body.data.user.email).toBe(ann.email);
  });

  it('is for buyers who are signed in', async () => {
    const answer = await atClient(app, LOGOUT);

    expect(answer.status).toBe(401);
    expect(refusalOf(answer)).toEqual({ code: 'UNAUTHENTICATED' });
  });
});
