import { Customer } from '../../src/customer/index.js';
import { PASSWORD, TestApp, type Answer, type TestCustomer } from '../support/test-app.js';
import { bearer, clientOf, messageOf, operations, tokenIn } from './wire.js';

/** A place where a client's value goes: the operation, the other arguments, and the name of this one. */
interface Slot {
  readonly operation: keyof typeof operations;
  readonly name: string;
  readonly others: Readonly<Record<string, unknown>>;
  readonly optional?: boolean;
}

const SECRET = 'A'.repeat(32);
const INPUT = { firstname: 'Mira', lastname: 'Shah', password: PASSWORD };
const INPUT_FIELDS = ['firstname', 'lastname', 'middlename', 'prefix', 'suffix', 'taxvat', 'date_of_birth', 'dob'];

/** Every argument and every input field that takes a text. */
const textSlots: readonly Slot[] = [
  { operation: 'requestPasswordResetEmail', name: 'email', others: {} },
  { operation: 'resetPassword', name: 'email', others: { resetPasswordToken: SECRET, newPassword: PASSWORD } },
  { operation: 'resetPassword', name: 'resetPasswordToken', others: { email: 'a@b.co', newPassword: PASSWORD } },
  { operation: 'resetPassword', name: 'newPassword', others: { email: 'a@b.co', resetPasswordToken: SECRET } },
  { operation: 'changeCustomerPassword', name: 'currentPassword', others: { newPassword: 'another fine one' } },
  { operation: 'changeCustomerPassword', name: 'newPassword', others: { currentPassword: 'not the one' } },
  { operation: 'generateCustomerToken', name: 'email', others: { password: PASSWORD } },
  { operation: 'generateCustomerToken', name: 'password', others: { email: 'a@b.co' } },
  { operation: 'isEmailAvailable', name: 'email', others: {} },
  { operation: 'createCustomerV2', name: 'email', others: INPUT },
  ...[...INPUT_FIELDS, 'password'].map((name): Slot => {
    const optional = name !== 'firstname' && name !== 'lastname';
    return { operation: 'createCustomerV2', name, others: INPUT, optional };
  }),
];

const slotsByTitle = textSlots.map((slot): [string, Slot] => [`${slot.operation}(${slot.name})`, slot]);

const NOT_TEXTS = [['x'], [], { a: 'x' }, {}, 0, 1.5, true, false];

/** Texts that are well-formed GraphQL strings and nothing that anybody is called or signs in with. */
const HOSTILE_TEXTS = [
  'a\0b',
  'a\u001bb',
  'a\u0085b',
  'a\r\nBcc: b@c.co',
  '\ud800',
  'a\udfffb',
  'x'.repeat(20_000),
  '😀'.repeat(2_000),
];

const FRAGMENTS = [
  "' OR '1'='1",
  "'; DROP TABLE customer; --",
  "a@b.co' UNION SELECT password_hash FROM customer --",
  '{{7*7}}',
  `\${7*7}`,
  '<%= 7*7 %>',
  '{{constructor.constructor("return process")()}}',
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  '\u202etxt.exe',
  '=?utf-8?q?a?=@b.co',
];

let app: TestApp;
let made = 0;

/** Without limits every try is looked at; the lock stays on. */
beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
});

afterAll(() => app.stop());

/** Calls an operation with one value in one place; what the value does not concern is in order. */
function call({ operation, name, others }: Slot, value: unknown, token: string | null): Promise<Answer> {
  const given = { ...others, [name]: value };
  const input = { email: `hostile-${(made += 1)}@example.com`, ...given };
  const variables = operation === 'createCustomerV2' ? { input } : given;
  return clientOf(app)(operations[operation], variables, token === null ? {} : bearer(token));
}

/** The same with the value written into the document. */
function callLiterally({ operation, name, others }: Slot, value: unknown, token: string | null): Promise<Answer> {
  const given = Object.entries({ ...others, [name]: value }).map(([key, one]) => `${key}:${literal(one)}`);
  const list = operation === 'createCustomerV2' ? `input:{email:"x@example.com",${given.join()}}` : given.join();
  const unique = list.replace('email:"x@example.com",', name === 'email' ? '' : 'email:"x@example.com",');
  const selection = /\)(\{.*\})\}$/.exec(operations[operation])?.[1] ?? '';
  const kind = operation === 'isEmailAvailable' ? 'query' : 'mutation';
  return clientOf(app)(`${kind}{${operation}(${unique})${selection}}`, {}, token === null ? {} : bearer(token));
}

function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, one]) => `${key}:${literal(one)}`)
    .join()}}`;
}

function countCustomers(): Promise<number> {
  return app.database.read((manager) => manager.count(Customer));
}

/** What of an account a stranger's request must not change. */
async function stateOf({ number }: TestCustomer): Promise<object> {
  const { body } = await app.admin('GET', `/customers/${number}`);
  const { lockedUntil: _locked, lastSignInAt: _signedIn, ...state } = body as Record<string, unknown>;
  return state;
}

/** The shape that every answer has, whatever was sent. */
function expectVendorShape({ status, body, text }: Answer): void {
  expect([200, 400, 401, 413]).toContain(status);
  expect(body).toEqual(expect.any(Object));
  expect(text).not.toContain('Internal server error');
  for (const error of (body.errors ?? []) as Record<string, unknown>[]) {
    expect(error).toEqual({
      message: expect.stringMatching(/./),
      ...('locations' in error ? { locations: [expect.anything()] } : {}),
      ...('path' in error ? { path: expect.any(Array) } : {}),
      ...('extensions' in error ? { extensions: { category: expect.stringMatching(/^graphql-/) } } : {}),
    });
  }
}

describe.each(slotsByTitle)('%s', (_, slot) => {
  it('takes no value of another type, as variable or literal (SEC-1)', async () => {
    const ann = await app.aCustomer();
    const token = await app.signedIn(ann);
    const [before, count] = [await stateOf(ann), await countCustomers()];
    const values = slot.optional ? NOT_TEXTS : [...NOT_TEXTS, null];

    for (const value of values) {
      for (const answer of [await call(slot, value, token), await callLiterally(slot, value, token)]) {
        expectVendorShape(answer);
        expect(answer.body.data).toBeUndefined();
        expect(messageOf(answer)).not.toBeNull();
      }
    }

    expect([await stateOf(ann), await countCustomers()]).toEqual([before, count]);
    expect(await app.mailsTo(ann.email)).toEqual([]);
  });

  it('refuses control characters, lone surrogates and what is too long (SEC-3, SEC-4)', async () => {
    const ann = await app.aCustomer();
    const token = await app.signedIn(ann);
    const [before, count] = [await stateOf(ann), await countCustomers()];

    for (const value of HOSTILE_TEXTS) {
      for (const answer of [await call(slot, value, token), await callLiterally(slot, value, token)]) {
        expectVendorShape(answer);
        expect(messageOf(answer)).not.toBeNull();
      }
    }

    expect([await stateOf(ann), await countCustomers()]).toEqual([before, count]);
  });

  it('takes fragments of other languages for plain texts', async () => {
    const ann = await app.aCustomer();
    const token = await app.signedIn(ann);
    const [before, count] = [await stateOf(ann), await countCustomers()];
    let created = 0;

    for (const value of FRAGMENTS) {
      const answer = await call(slot, value, token);
      expectVendorShape(answer);
      if (slot.operation === 'createCustomerV2' && messageOf(answer) === null) created += 1;
    }

    expect([await stateOf(ann), await countCustomers()]).toEqual([before, count + created]);
    await app.admin('POST', `/customers/${ann.number}/unlock`);
    expect(tokenIn(await clientOf(app)(operations.generateCustomerToken, ann))).not.toBeNull();
  });
});

it('keeps a name that looks like code as it is', async () => {
  for (const firstname of FRAGMENTS.filter((text) => text.length < 200)) {
    const email = `named-${(made += 1)}@example.com`;
    const query = 'mutation($input:CustomerCreateInput!){createCustomerV2(input:$input){customer{firstname}}}';

    const answer = await clientOf(app)(query, { input: { ...INPUT, email, firstname } });

    expect(answer.body).toEqual({ data: { createCustomerV2: { customer: { firstname } } } });
  }
});

it.each([
  ['gender', ['1', [1], {}, true, 1.5, 2 ** 31, -(2 ** 31) - 1, 1e300]],
  ['is_subscribed', ['true', 1, 0, [true], {}]],
  ['allow_remote_shopping_assistance', ['false', 1, [], {}]],
  ['custom_attributes', ['x', 1, [1], {}, [{}], [{ attribute_code: 1 }], [{ attribute_code: 'a', value: 1 }]]],
])('createCustomerV2(%s) takes no value of another type', async (name, values) => {
  const slot: Slot = { operation: 'createCustomerV2', name, others: INPUT };
  const count = await countCustomers();

  for (const value of values) {
    for (const answer of [await call(slot, value, null), await callLiterally(slot, value, null)]) {
      expectVendorShape(answer);
      expect(answer.body.data).toBeUndefined();
    }
  }

  expect(await countCustomers()).toBe(count);
});

it('refuses hostile texts in attributes of the shop as well', async () => {
  const slot: Slot = { operation: 'createCustomerV2', name: 'custom_attributes', others: INPUT };
  const count = await countCustomers();

  for (const text of HOSTILE_TEXTS) {
    for (const attribute of [{ attribute_code: text }, { attribute_code: 'a', value: text }]) {
      expect(messageOf(await call(slot, [attribute], null))).toMatch(/^The value of "(attribute_code|value)" /);
    }
    const chosen = { attribute_code: 'a', selected_options: [{ value: text }] };
    expect(messageOf(await call(slot, [chosen], null))).toMatch(/^The value of "value" /);
  }
  const many = Array.from({ length: 51 }, (_, index) => ({ attribute_code: `a${index}` }));
  expect(messageOf(await call(slot, many, null))).toBe('Too many custom attributes.');
  expect(await countCustomers()).toBe(count);
});

it.each([
  'addressesV2(currentPage:"1"){total_count}',
  'addressesV2(pageSize:[1]){total_count}',
  'addressesV2(pageSize:2147483648){total_count}',
  'custom_attributes(attributeCodes:[{}]){code}',
  'wishlists(pageSize:true){id}',
  'wishlist_v2(id:null){id}',
])('the field %s takes no value of another type', async (field) => {
  const token = await app.signedIn(await app.aCustomer());

  const answer = await clientOf(app)(`{customer{${field}}}`, {}, bearer(token));

  expectVendorShape(answer);
  expect(answer.body.data).toBeUndefined();
});
