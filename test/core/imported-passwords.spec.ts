import { createHash } from 'node:crypto';
import { parseEmail } from '#lib/email-address';
import { PasswordHasher } from '#lib/password-hash';
import { DomainError } from '../../src/common/domain-error.js';
import { CustomerService, PasswordService, RecordService, type Customer } from '../../src/customer/index.js';
import { ownTrail } from '../../src/event/index.js';
import { StoreDirectory } from '../../src/store/index.js';
import { aNewEmail, bearer, operations } from '../adobe/wire.js';
import { TestApp, type TestCustomer } from '../support/test-app.js';
import { WIRES, wiresOf, type Wire, type WireName } from '../wires/wires.js';

const PASSWORD = 'Latchkey-Demo-1';
const UNICODE = 'Pässwört-😀1';
const SALT = 'aZ09bY18cX27dW36eV45fU54gT63hS72';
const REGULAR = '3_32_2_67108864';
const OF_MD5 = `80e0d9f5d10af89f5be5d1ddfbb9350e:${SALT}:0`;
const OF_ARGON2 = `1defba37d4586b469b6800fb2506933a046bcf012160f5fbb36ff2c6a8b139d3:${SALT}:${REGULAR}`;
const STRONG = '$argon2id$v=19$m=8192,t=1,p=1$iIM4RotAZrnMjhS6wepMbA$sIFS7ILRc2cAqphx2NP6oeYSXLZxQJl05pwcd8KWg90';
const OURS = /^\$argon2id\$v=19\$m=64,t=1,p=1\$/;

let app: TestApp;
let wires: Record<WireName, Wire>;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
  wires = wiresOf(app);
});

afterEach(() => jest.restoreAllMocks());
afterAll(() => app.stop());

/** A customer who came from another shop with the hash of a password. */
async function imported(passwordHash: string, password = PASSWORD): Promise<TestCustomer> {
  return { ...(await app.aCustomer({ password: null, passwordHash })), password };
}

/** What the row holds. */
async function rowOf({ number }: TestCustomer): Promise<{ readonly hash: string; readonly failures: number }> {
  const sql = 'SELECT password_hash AS hash, failed_sign_ins AS failures FROM customer WHERE number = ?';
  const [row] = await app.database.select(sql, [number]);
  return { hash: String(row?.['hash']), failures: Number(row?.['failures']) };
}

async function entityOf({ id }: TestCustomer): Promise<Customer> {
  const found = await app.get(CustomerService).findById(id);
  if (!found) throw new Error('the customer is gone');
  return found;
}

/** Puts another hash of the same password into the row. */
async function swap({ number }: TestCustomer, hash: string): Promise<void> {
  await app.database.transaction(async (tx) => {
    await app.database.change(tx, 'UPDATE customer SET password_hash = ? WHERE number = ?', [hash, number]);
  });
}

async function adopt(customer: TestCustomer, hash: string): Promise<Customer> {
  const { defaultStore: store } = app.get(StoreDirectory);
  return app.get(PasswordService).adoptHash({ customer: await entityOf(customer), hash, store, trail: ownTrail });
}

/** Staff give a customer another address together with a hash. */
async function moveWith(customer: TestCustomer, address: string, passwordHash: string): Promise<Customer> {
  const email = parseEmail(address) ?? undefined;
  const { defaultStore: store } = app.get(StoreDirectory);
  const order = { customer: await entityOf(customer), changes: {}, passwordHash, store, trail: ownTrail };
  return app.get(RecordService).update(email ? { ...order, email } : order);
}

const sha256 = (password: string): string =>
  `${createHash('sha256').update(SALT).update(password).digest('hex')}:${SALT}:1`;

describe.each([
  ['MD5', 'shopify', OF_MD5],
  ['SHA-256', 'commerceLayer', sha256(PASSWORD)],
  ['MD5 within SHA-256', 'commonGround', `6274256c0d0042ee3aea33d1a8b353d3165084c3b7506a3d8bb38a21860441d6:${SALT}:0:1`],
  ['Argon2id', 'shopify', 'f435207d6ab4b73e2e69e01bedfc45051992f77911f1e4d43acf0c16e3e33000:k3Y7m2Q9w8E1r4T6:2'],
  ['agnostic Argon2id', 'commerceLayer', OF_ARGON2],
  ['MD5 within agnostic Argon2id', 'commonGround', `e1b257c05e91a64e3cc2e5ad2644f45abd4cf0302cba8722a3780a89a4388e40:${SALT}:0:${REGULAR}`],
  ['SHA-256 within agnostic Argon2id', 'shopify', `3f95db5a184fef02d9f730b9ec812e8904f2931fa9c3bf693b29e30c8ea0f623:${SALT}:1:${REGULAR}`],
  ['SHA-256 within Argon2id', 'commerceLayer', `3f95db5a184fef02d9f730b9ec812e8904f2931fa9c3bf693b29e30c8ea0f623:${SALT}:1:2`],
  ['MD5 with a short salt', 'commonGround', 'a8aa104e7af7b7c796dc8e2c13577b9c:xY:0'],
  ['Argon2id with a short salt', 'shopify', `05e87e775708f681c3ad535cb64870eac7c038722ba0d14d2e3109ebf733f35d:xY:0:${REGULAR}`],
  ['SHA-256 of letters outside ASCII', 'commerceLayer', `8ef91a97610059807e7c7ad1d0707d6dd4727dece45df2ff543b3eb65c03ed2b:${SALT}:1`, UNICODE],
  ['Argon2id of letters outside ASCII', 'commonGround', `a100a23f7c13a7f0ed4d187b450e93b7da1f592d7c668440182d144a196d052f:${SALT}:${REGULAR}`, UNICODE],
  ['Magento 1', 'shopify', `80e0d9f5d10af89f5be5d1ddfbb9350e:${SALT}`],
  ['Magento 1 without salt', 'commerceLayer', createHash('md5').update(PASSWORD).digest('hex')],
  ['bcrypt', 'commonGround', '$2y$04$MT6GsPF1EL6LAqjG2IhXGeInG3OS9rCPvubi2OinM1hLEn/FngC5C'],
] as const)('a customer imported with %s', (_name, other, hash, password: string = PASSWORD) => {
  it(`signs in through Adobe and ${other}, and the first time makes the hash one of ours (SEC-19)`, async () => {
    for (const [first, second] of [['adobe', other], [other, 'adobe']] as const) {
      const customer = await imported(hash, password);

      expect(await wires[first].signIn(customer.email, `${password}x`)).toBeNull();
      expect(await rowOf(customer)).toEqual({ hash: expect.not.stringMatching(OURS), failures: 1 });
      expect(await wires[first].signIn(customer.email, password)).not.toBeNull();
      expect(await rowOf(customer)).toEqual({ hash: expect.stringMatching(OURS), failures: 0 });
      expect(await wires[second].signIn(customer.email, `${password}x`)).toBeNull();
      expect(await wires[second].signIn(customer.email, password)).not.toBeNull();
    }
  });
}); // prettier-ignore

it('counts wrong passwords of imported customers, and locks at the tenth (SEC-40)', async () => {
  const ann = await imported(OF_MD5);

  for (let time = 0; time < 10; time += 1) await wires.adobe.signIn(ann.email, `wrong ${time}`);

  expect(await wires.adobe.signIn(ann.email, PASSWORD)).toBeNull();
  expect(await rowOf(ann)).toEqual({ hash: OF_MD5, failures: 10 });
});

it('lets everybody in who signs in at the same moment for the first time', async () => {
  const ann = await imported(OF_MD5);

  const tokens = await Promise.all([...WIRES, ...WIRES].map((name) => wires[name].signIn(ann.email, PASSWORD)));

  expect(tokens).not.toContain(null);
  expect((await rowOf(ann)).hash).toMatch(OURS);
  expect(await wires.adobe.signIn(ann.email, PASSWORD)).not.toBeNull();
});

describe('what happens while the hash of a first sign-in is made', () => {
  function meanwhile(change: () => Promise<unknown>): void {
    const hasher = app.get(PasswordHasher);
    const hash = hasher.hash.bind(hasher);
    jest.spyOn(hasher, 'hash').mockImplementationOnce(async (password) => {
      await change();
      return hash(password);
    });
  }

  it('never loses to it: a newer password stays, and the old one signs nobody in (SEC-52)', async () => {
    const ann = await imported(OF_MD5);
    const newer = sha256('a newer password');
    meanwhile(() => adopt(ann, newer));

    const token = await wires.adobe.signIn(ann.email, PASSWORD);

    expect(token).toBeNull();
    expect((await rowOf(ann)).hash).toBe(newer);
  });

  it('never loses to it: a stronger hash that another instance made stays', async () => {
    const ann = await imported(OF_MD5);
    meanwhile(() => swap(ann, STRONG));

    const token = await wires.adobe.signIn(ann.email, PASSWORD);

    expect(token).not.toBeNull();
    expect((await rowOf(ann)).hash).toBe(STRONG);
  });
});

it('keeps an argon2id string that is as strong as ours', async () => {
  const ann = await imported(STRONG);

  expect(await wires.adobe.signIn(ann.email, PASSWORD)).not.toBeNull();
  expect((await rowOf(ann)).hash).toBe(STRONG);
});

it('changes the password from an imported hash, with all that follows', async () => {
  const ann = await imported(OF_MD5);
  const token = await app.signedIn(ann);
  await swap(ann, OF_ARGON2);
  const change = { currentPassword: PASSWORD, newPassword: 'a whole new password' };

  const wrong = await app.adobe(operations.changeCustomerPassword, { ...change, currentPassword: 'wrong' }, bearer(token)); // prettier-ignore
  const right = await app.adobe(operations.changeCustomerPassword, change, bearer(token));

  expect(wrong.body.errors[0].message).toBe('Invalid login or password.');
  expect(right.body.data.changeCustomerPassword).toMatchObject({ email: ann.email });
  expect((await rowOf(ann)).hash).toMatch(OURS);
  expect(await wires.adobe.signIn(ann.email, PASSWORD)).toBeNull();
  expect(await wires.adobe.signIn(ann.email, 'a whole new password')).not.toBeNull();
});

describe('a password that could not be set here', () => {
  it('goes on when it is only short', async () => {
    const ann = await imported(sha256('abc12'), 'abc12');

    for (const name of WIRES) expect(await wires[name].signIn(ann.email, 'abc12')).not.toBeNull();
  });

  it.each([
    ['empty', ''],
    ['too long', 'x'.repeat(257)],
    ['too long in bytes', '😀'.repeat(257)],
    ['with a control character', 'pass\u0007word'],
    ['with a NUL', 'password\0'],
  ])('signs nobody in when it is %s (SEC-18, SEC-23)', async (_name, password) => {
    const ann = await imported(sha256(password), password);

    const tokens = await Promise.all(WIRES.map((name) => wires[name].signIn(ann.email, password).catch(() => null)));

    expect(tokens).toEqual([null, null, null, null]);
    expect((await rowOf(ann)).hash).toBe(sha256(password));
  });
});

describe('giving an existing customer a hash', () => {
  it('ends the sessions, tells the owner, and the password of the hash holds from then on (SEC-29, SEC-35)', async () => {
    const ann = await app.aCustomer();
    const token = await app.signedIn(ann);

    await adopt(ann, `80e0d9f5d10af89f5be5d1ddfbb9350e:${SALT}`);

    expect((await rowOf(ann)).hash).toBe(OF_MD5);
    expect(await wires.adobe.isAlive(token)).toBe(false);
    expect((await app.lastMail(ann.email)).subject).toMatch(/password/i);
    expect(await wires.shopify.signIn(ann.email, ann.password)).toBeNull();
    expect(await wires.shopify.signIn(ann.email, PASSWORD)).not.toBeNull();
  });

  it('voids links that were mailed before (SEC-29)', async () => {
    const ann = await app.aCustomer();
    const secret = await wires.adobe.ask(ann.email);

    await adopt(ann, OF_MD5);

    expect(await wires.adobe.finish({ ...ann, secret }, 'a whole new password')).toBe(false);
  });

  it('comes with a new address in one mail to the old one and the new one (SEC-35)', async () => {
    const ann = await app.aCustomer();
    const token = await app.signedIn(ann);
    const address = aNewEmail();

    await moveWith(ann, address, OF_MD5);

    expect(await wires.adobe.isAlive(token)).toBe(false);
    expect(await wires.shopify.signIn(ann.email, PASSWORD)).toBeNull();
    expect(await wires.shopify.signIn(address, PASSWORD)).not.toBeNull();
    for (const to of [ann.email, address]) {
      const subjects = (await app.mailsTo(to)).map(({ subject }) => subject);
      expect(subjects).toEqual(['Your e-mail address and password for Demo Store were changed']);
    }
  });

  it('comes with the present address as a new password alone', async () => {
    const ann = await app.aCustomer();

    await moveWith(ann, ann.email.toUpperCase(), OF_MD5);

    expect(await wires.shopify.signIn(ann.email, PASSWORD)).not.toBeNull();
    expect((await app.mailsTo(ann.email)).map(({ subject }) => subject)).toEqual([
      'Your password for Demo Store was changed',
    ]);
  });

  it('changes nothing when the hash cannot be verified', async () => {
    const ann = await app.aCustomer();
    const token = await app.signedIn(ann);
    const before = await rowOf(ann);

    await expect(adopt(ann, `${OF_MD5}:9`)).rejects.toEqual(
      new DomainError('PASSWORD_HASH_REFUSED', { fault: 'unknown-form' }),
    );

    expect(await rowOf(ann)).toEqual(before);
    expect(await wires.adobe.isAlive(token)).toBe(true);
  });
});
