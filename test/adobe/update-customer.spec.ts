import { PASSWORD, TestApp, type Answer, type TestCustomer } from '../support/test-app.js';
import { aNewEmail, bearer, clientOf, createCustomer, messageOf, operations, refusal, texts, tokenIn } from './wire.js';

const PROFILE = `id email firstname middlename lastname prefix suffix dob date_of_birth gender taxvat is_subscribed
  allow_remote_shopping_assistance custom_attributes{code ...on AttributeValue{value}}`;
const UPDATE = `mutation($input:CustomerInput!){updateCustomer(input:$input){customer{${PROFILE}}}}`;
const UPDATE_V2 = `mutation($input:CustomerUpdateInput!){updateCustomerV2(input:$input){customer{${PROFILE}}}}`;
const DELETE = 'mutation{deleteCustomer}';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
});

afterAll(() => app.stop());

interface SignedIn {
  readonly ann: TestCustomer;
  readonly send: (query: string, input?: object) => Promise<Answer>;
}

async function signedIn(): Promise<SignedIn> {
  const ann = await app.aCustomer();
  const token = await app.signedIn(ann);
  return { ann, send: (query, input) => clientOf(app)(query, { input }, bearer(token)) };
}

describe.each([
  ['updateCustomer', UPDATE],
  ['updateCustomerV2', UPDATE_V2],
])('%s', (operation, query) => {
  it('changes what is given and leaves the rest', async () => {
    const { send } = await signedIn();

    const first = await send(query, {
      firstname: ' Anna ',
      middlename: 'M.',
      prefix: 'Ms',
      gender: 2,
      is_subscribed: true,
    });
    const second = await send(query, {
      lastname: 'Leigh',
      middlename: '',
      date_of_birth: '3/11/1972',
      taxvat: null,
      firstname: null,
    });

    expect(first.body.data[operation].customer).toMatchObject({
      firstname: 'Anna',
      middlename: 'M.',
      prefix: 'Ms',
      gender: 2,
    });
    expect(second.body.data[operation].customer).toMatchObject({
      firstname: 'Anna',
      middlename: null,
      lastname: 'Leigh',
      prefix: 'Ms',
      gender: 2,
      is_subscribed: true,
      dob: '1972-03-11',
      date_of_birth: '1972-03-11',
      taxvat: null,
    });
  });

  it.each([
    ['an empty input', {}, ['"input" value should be specified']],
    ['an unknown gender', { gender: 7 }, ['"7" is not a valid gender value.']],
    ['an empty name', { firstname: '  ' }, ['"First Name" is a required value.']],
    [
      'two empty names',
      { firstname: '', lastname: '' },
      ['"First Name" is a required value.', '"Last Name" is a required value.'],
    ],
    ['a date that is none', { dob: '31/31/1999' }, ['Invalid date']],
    ['a name that is too long', { lastname: 'x'.repeat(256) }, ['The value of "lastname" is too long.']],
    ['a control character', { suffix: 'a\u0007' }, ['The value of "suffix" contains characters that are not allowed.']],
  ])('refuses %s and changes nothing', async (_what, input, messages) => {
    const { send } = await signedIn();

    const { body } = await send(query, input);
    const { body: after } = await send('{customer{firstname lastname}}');

    expect(body.errors).toEqual(messages.map((message) => expect.objectContaining({ message })));
    expect(body.errors[0].extensions.category).toBe('graphql-input');
    expect([body.data[operation], after.data.customer]).toEqual([null, { firstname: 'Ann', lastname: 'Lee' }]);
  });

  it('wants a customer who is signed in', async () => {
    const answer = await clientOf(app)(query, { input: { firstname: 'Anna' } });

    expect(answer.body).toEqual(refusal(operation, texts.unauthorized, 'graphql-authorization'));
  });

  it.each(['id', 'group_id', 'confirmation', 'website_id', 'extension_attributes', 'disable_auto_group_change'])(
    'does not know the member %s (SEC-2)',
    async (member) => {
      const { send } = await signedIn();

      const { body } = await send(query, { firstname: 'Anna', [member]: 1 });

      expect(body.errors[0].message).toMatch(new RegExp(`Field "${member}" is not defined by type`));
    },
  );
});

describe('updateCustomer', () => {
  it('moves to another address with the current password, and takes the rest along', async () => {
    const { ann, send } = await signedIn();
    const email = aNewEmail();

    const { body } = await send(UPDATE, { email, password: PASSWORD, firstname: 'Anna' });

    expect(body.data.updateCustomer.customer).toMatchObject({ id: ann.id, email, firstname: 'Anna' });
    expect((await app.lastMail(ann.email)).subject).toBe('Your e-mail address for Demo Store was changed');
    expect((await app.lastMail(email)).subject).toBe('Your e-mail address for Demo Store was changed');
  });

  it('ignores a password where the address stays', async () => {
    const { ann, send } = await signedIn();

    const { body } = await send(UPDATE, { email: ann.email, password: 'not the one', firstname: 'Anna' });

    expect(body.data.updateCustomer.customer).toMatchObject({ email: ann.email, firstname: 'Anna' });
    expect(
      tokenIn(await clientOf(app)(operations.generateCustomerToken, { email: ann.email, password: PASSWORD })),
    ).not.toBeNull();
  });

  it.each([
    ['no password', {}, 'Provide the current "password" to change "email".', 'graphql-input'],
    ['a wrong password', { password: 'wrong' }, 'Invalid login or password.', 'graphql-authentication'],
    [
      'a malformed address',
      { email: 'email@example', password: PASSWORD },
      '"email@example" is not a valid email address.',
      'graphql-input',
    ],
    ['an unknown gender', { password: PASSWORD, gender: 9 }, '"9" is not a valid gender value.', 'graphql-input'],
  ] as const)('refuses another address with %s', async (_what, input, message, category) => {
    const { ann, send } = await signedIn();

    const { body } = await send(UPDATE, { email: aNewEmail(), firstname: 'Anna', ...input });
    const { body: after } = await send('{customer{firstname email}}');

    expect(body).toEqual(refusal('updateCustomer', message, category));
    expect(after.data.customer).toEqual({ firstname: 'Ann', email: ann.email });
  });

  it('tells a taken address as one that exists already', async () => {
    const [{ send }, ben] = [await signedIn(), await app.aCustomer()];

    const { body } = await send(UPDATE, { email: ben.email, password: PASSWORD, firstname: 'Anna' });

    expect(body).toEqual(refusal('updateCustomer', texts.taken, 'graphql-already-exists'));
    expect((await send('{customer{firstname}}')).body.data.customer.firstname).toBe('Ann');
  });

  it('counts wrong passwords for the lock of the account (SEC-42)', async () => {
    const { ann, send } = await signedIn();
    const input = { email: aNewEmail(), password: 'wrong' };

    for (let failure = 1; failure < 10; failure += 1) await send(UPDATE, input);
    const tenth = await send(UPDATE, input);
    const right = await send(UPDATE, { ...input, password: PASSWORD });

    expect([tenth, right].map(({ body }) => body)).toEqual(
      [1, 2].map(() => refusal('updateCustomer', 'The account is locked.', 'graphql-authentication')),
    );
    expect((await send('{customer{email}}')).body.data.customer.email).toBe(ann.email);
  });
});

describe('updateCustomerV2', () => {
  it('keeps the attributes that are not named', async () => {
    const { send } = await signedIn();
    const attribute = (code: string, value: string): object => ({ attribute_code: code, value });

    await send(UPDATE_V2, { custom_attributes: [attribute('size', 'L'), attribute('club', 'gold')] });
    const { body } = await send(UPDATE_V2, {
      allow_remote_shopping_assistance: true,
      custom_attributes: [attribute('size', 'M')],
    });

    expect(body.data.updateCustomerV2.customer).toMatchObject({
      allow_remote_shopping_assistance: true,
      custom_attributes: [
        { code: 'size', value: 'M' },
        { code: 'club', value: 'gold' },
      ],
    });
  });
});

describe('createCustomer', () => {
  const CREATE =
    'mutation($input:CustomerInput!){createCustomer(input:$input){customer{email firstname is_subscribed}}}';

  it('makes a customer who can sign in', async () => {
    const email = aNewEmail();

    const { body } = await clientOf(app)(CREATE, {
      input: { email, firstname: 'Mira', lastname: 'Shah', password: 'a very good password', is_subscribed: true },
    });

    expect(body.data.createCustomer.customer).toEqual({ email, firstname: 'Mira', is_subscribed: true });
    expect(
      tokenIn(await clientOf(app)(operations.generateCustomerToken, { email, password: 'a very good password' })),
    ).not.toBeNull();
  });

  it.each([
    [{}, '"input" value should be specified'],
    [{ firstname: 'Mira', lastname: 'Shah' }, 'The email address is required to create a customer account.'],
    [{ email: null, firstname: 'Mira', lastname: 'Shah', gender: 4 }, '"4" is not a valid gender value.'],
    [{ email: 'plainaddress', firstname: 'Mira', lastname: 'Shah' }, '"plainaddress" is not a valid email address.'],
    [{ email: 'a@b.co', firstname: 'Mira', lastname: 'Shah', password: 'short' }, texts.tooShort],
    [{ email: 'a@b.co', lastname: 'Shah', password: 'a very good password' }, '"First Name" is a required value.'],
  ])('refuses %j', async (input, message) => {
    expect((await clientOf(app)(CREATE, { input })).body).toEqual(refusal('createCustomer', message));
  });

  it('is one of the operations that a request may have once (SEC-62)', async () => {
    const input = '{email:"a@b.co"}';

    const { body } = await clientOf(app)(
      `mutation{a:createCustomer(input:${input}){customer{id}} b:updateCustomer(input:${input}){customer{id}}}`,
    );

    expect(body.errors[0].message).toBe('More than 1 credential operation in one request.');
  });
});

describe('deleteCustomer', () => {
  it('ends the account, its tokens and its address book at once (SEC-51)', async () => {
    const { ann, send } = await signedIn();

    const deleted = await send(DELETE);
    const again = await send(DELETE);
    const signIn = await clientOf(app)(operations.generateCustomerToken, { email: ann.email, password: PASSWORD });
    const created = await createCustomer(clientOf(app), { email: ann.email });

    expect(deleted.body).toEqual({ data: { deleteCustomer: true } });
    expect([again.status, messageOf(again)]).toEqual([401, 'The token is invalid or has expired.']);
    expect(messageOf(signIn)).toBe(texts.signInRefused);
    expect(created.body.data.createCustomerV2.customer.id).not.toBe(ann.id);
  });

  it('wants a customer who is signed in', async () => {
    expect((await clientOf(app)(DELETE)).body).toEqual(
      refusal('deleteCustomer', texts.unauthorized, 'graphql-authorization'),
    );
  });
});

describe('profile 2.4.7', () => {
  it('tells empty names in one text and before all else, and takes a bad token for a guest', async () => {
    await app.setUp({ policy: { limits: 'off' }, adobe: { profile: '2.4.7' } });
    const { send } = await signedIn();

    const updated = await send(UPDATE_V2, { firstname: '', lastname: '', gender: 9 });
    const guest = await clientOf(app)('{customer{id}}', {}, bearer('a.b.c'));
    await app.setUp({ policy: { limits: 'off' } });

    expect(messageOf(updated)).toBe('Required parameters are missing: First Name, Last Name');
    expect(guest.body).toEqual(refusal('customer', texts.unauthorized, 'graphql-authorization'));
  });
});
