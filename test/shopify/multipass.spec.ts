import Multipassify from 'multipassify';
import { Customer } from '../../src/customer/index.js';
import { demoSetup } from '../../src/store/index.js';
import { applySetup } from '../setup/apply-setup.js';
import { PASSWORD, TestApp } from '../support/test-app.js';
import { accepted, anAddress, DEMO_SECRET, multipassOf, REFUSED, signIn, tokenIn, withShopify } from './multipass.js';
import { RECOVER, shopify, SIGN_IN, tokenOf, whoHas } from './storefront.js';

const SIX_WEEKS = 42 * 24 * 3600;
let app: TestApp;

beforeAll(async () => {
  app = await TestApp.startOwn();
});

afterAll(() => app.stop());

async function customerOf(email: string): Promise<Customer> {
  const found = await app.database.read((manager) =>
    manager
      .createQueryBuilder(Customer, 'c')
      .addSelect('c.passwordHash')
      .where({ emailKey: Buffer.from(email) })
      .getOne(),
  );
  if (!found) throw new Error(`no customer ${email}`);
  return found;
}

const customers = (): Promise<number> => app.database.read((manager) => manager.count(Customer));
const change = (email: string, values: Partial<Customer>): Promise<unknown> =>
  app.database.transaction((tx) => tx.update(Customer, { emailKey: Buffer.from(email) }, values));
const accept = (data: object): Promise<string> => accepted(app, data);

describe('a token for somebody who is not known', () => {
  it('makes an enabled customer without a password, and signs in for six weeks', async () => {
    const email = anAddress();
    const said = {
      email: ` ${email.toUpperCase()}`,
      first_name: ' Ann ',
      last_name: 'Lee',
      tag_string: 'canadian, premium,,premium ',
      identifier: `id of ${email}`,
      phone: '+1 613 450 5200',
      accepts_marketing: true,
      return_to: '//evil.example',
      verified_email: 5,
    };

    const answer = await signIn(app, multipassOf(app, said));

    expect(answer.body.data.customerAccessTokenCreateWithMultipass).toEqual({
      customerAccessToken: {
        accessToken: expect.stringMatching(/^[\w-]{43}$/),
        expiresAt: `${app.clock.after(SIX_WEEKS).toISOString().slice(0, 19)}Z`,
      },
      customerUserErrors: [],
    });
    expect(await whoHas(app, tokenIn(answer) ?? '')).toBe(email);
    expect(await customerOf(email)).toMatchObject({
      firstName: 'Ann',
      lastName: 'Lee',
      tags: ['canadian', 'premium'],
      multipassIdentifier: `id of ${email}`,
      phone: '+16134505200',
      acceptsMarketing: true,
      state: 'enabled',
      emailConfirmed: true,
      passwordHash: null,
      signIn: { lastSignInAt: app.clock.now() },
    });
  });

  it('is taken from a client library, whatever spelling it has', async () => {
    const maker = new Multipassify(DEMO_SECRET);
    const email = anAddress();

    const padded = Buffer.from(multipassOf(app, { email }), 'base64url').toString('base64');
    const answers = [await signIn(app, maker.encode({ email: anAddress() })), await signIn(app, padded)];

    expect(answers.map(tokenIn)).toEqual([expect.any(String), expect.any(String)]);
  });

  it('leaves out a phone number that is no number, or another customer’s', async () => {
    const [one, two, three] = [anAddress(), anAddress(), anAddress()];

    await accept({ email: one, phone: '+1 613 450 5300' });
    await accept({ email: two, phone: '+1 (613) 450-5300' });
    await accept({ email: three, phone: 'call me', accepts_marketing: 'yes' });

    expect((await Promise.all([one, two, three].map(customerOf))).map(({ phone }) => phone)).toEqual([
      '+16134505300',
      null,
      null,
    ]);
  });

  it('makes somebody who can ask for a password later', async () => {
    const email = anAddress();
    await accept({ email });

    const password = await shopify(app, SIGN_IN, { input: { email, password: '' } });
    await shopify(app, RECOVER, { email });

    expect(password.body.data.customerAccessTokenCreate.customerAccessToken).toBeNull();
    expect((await app.lastMail(email)).secret).toHaveLength(32);
  });

  it('opens the published vector within its quarter of an hour (SEC-57)', async () => {
    const vector =
      'QEFCQ0RFRkdISUpLTE1OT1J26lYiyc_Fa7Qv21GCxf4nYgPWmXfIjo7iQoKYMlxwpGvDUx0okaAWarF6NDZvx1f0eh1pUzxsKFKUmd00PEmIT32XZThyZhRjNBMzLrP9D3m_Nxz27kqZJ8zLg6jhXfNcrxd0M-7dvOt2JLWSZOa1gYz-ZJVCQ6m9AoR-pwZE';
    await applySetup(app, withShopify({ multipassSecret: 'dev-only-multipass-secret-please-change-0' }));
    const back = (new Date('2026-01-01T00:15:00Z').getTime() - app.clock.now().getTime()) / 1000;

    app.clock.advance(back + 0.001);
    const late = await signIn(app, vector);
    app.clock.advance(-0.001);
    const answer = await signIn(app, vector);
    app.clock.advance(-back);
    await applySetup(app, demoSetup);

    expect(late.body).toEqual(REFUSED);
    expect(tokenIn(answer)).not.toBeNull();
    expect(await customerOf('dev-vector@example.com')).toMatchObject({ firstName: 'Dev' });
  });
});

describe('a token for a customer', () => {
  it('changes what it says and leaves the rest, password and sessions too', async () => {
    const ann = await app.aCustomer({ tags: ['old', 'older'], phone: '+16134505400' });
    const before = await tokenOf(app, ann);

    const token = await accept({
      email: ann.email,
      last_name: 'Kiln',
      first_name: '',
      tag_string: 'new',
      phone: '+16134505499',
    });

    expect(await customerOf(ann.email)).toMatchObject({
      firstName: 'Ann',
      lastName: 'Kiln',
      tags: ['new'],
      phone: '+16134505400',
    });
    expect(await Promise.all([before, token].map((one) => whoHas(app, one)))).toEqual([ann.email, ann.email]);
    await tokenOf(app, ann);
  });

  it('takes tags away by an empty list, and leaves them where there is none', async () => {
    const ann = await app.aCustomer({ tags: ['old'] });

    await accept({ email: ann.email });
    const left = (await customerOf(ann.email)).tags;
    await accept({ email: ann.email, tag_string: ' ' });
    expect([left, (await customerOf(ann.email)).tags]).toEqual([['old'], []]);
  });

  it.each(['disabled', 'invited', 'declined'])('enables one who is %s', async (state) => {
    const ann = await app.aCustomer({ state });

    const token = await accept({ email: ann.email });

    expect(await whoHas(app, token)).toBe(ann.email);
    expect((await customerOf(ann.email)).state).toBe('enabled');
  });

  it('does not let in whom staff locked out (SEC-81)', async () => {
    const ann = await app.aCustomer();
    await change(ann.email, { disabledBy: 'staff' });

    const answer = await signIn(app, multipassOf(app, { email: ann.email, last_name: 'Kiln' }));

    expect(answer.body).toEqual(REFUSED);
    expect(await customerOf(ann.email)).toMatchObject({ disabledBy: 'staff', lastName: 'Lee' });
  });

  it('throws out who set a password without proving the mailbox (SEC-61)', async () => {
    const ann = await app.aCustomer();
    const planted = await tokenOf(app, ann);
    await change(ann.email, { emailConfirmed: false });

    const token = await accept({ email: ann.email });

    expect(await Promise.all([planted, token].map((one) => whoHas(app, one)))).toEqual([null, ann.email]);
    const password = await shopify(app, SIGN_IN, { input: { email: ann.email, password: PASSWORD } });
    expect(password.body.data.customerAccessTokenCreate.customerAccessToken).toBeNull();
    expect(await customerOf(ann.email)).toMatchObject({ emailConfirmed: true, passwordHash: null, passwordVersion: 2 });
  });

  it('lets in one who is locked: only passwords are closed', async () => {
    const ann = await app.aCustomer();
    await change(ann.email, { signIn: { failedSignIns: 10, lockedUntil: app.clock.after(600), lastSignInAt: null } });

    await accept({ email: ann.email });

    expect((await customerOf(ann.email)).signIn).toMatchObject({ failedSignIns: 10 });
  });
});

describe('addresses', () => {
  const kiln = { address1: '1 Kiln Lane', city: 'Ottawa', country: 'Canada', province_code: 'ON', zip: 'K1A 0B1' };
  const office = {
    ...{ address1: '2 Office Road', address2: 'Floor 3', company: 'Luma', country_code: 'US', province: 'Texas' },
    ...{ first_name: 'Bo', last_name: 'Ho', phone: '512 555 0100', default: true, latitude: 5 },
  };
  const addressesOf = async (token: string): Promise<{ defaultAddress: unknown; addresses: { nodes: unknown[] } }> => {
    const fields = 'name address1 address2 company countryCodeV2 provinceCode zip phone';
    const query = `query($t: String!) { customer(customerAccessToken: $t) { defaultAddress { address1 } addresses(first: 9) { nodes { ${fields} } } } }`;
    return (await shopify(app, query, { t: token })).body.data.customer;
  };

  it('are added, in whose name they are, and one of them is the default', async () => {
    const token = await accept({ email: anAddress(), first_name: 'Ann', last_name: 'Lee', addresses: [kiln, office] });

    expect(await addressesOf(token)).toMatchObject({
      defaultAddress: { address1: '2 Office Road' },
      addresses: {
        nodes: [
          { name: 'Ann Lee', address1: '1 Kiln Lane', countryCodeV2: 'CA', provinceCode: 'ON', zip: 'K1A 0B1' },
          { name: 'Bo Ho', address2: 'Floor 3', company: 'Luma', countryCodeV2: 'US', provinceCode: 'TX' },
        ],
      },
    });
  });

  it('are not added again, but may become the default', async () => {
    const ann = await app.aCustomer();

    const first = await addressesOf(await accept({ email: ann.email, addresses: [kiln, kiln, office] }));
    const second = await addressesOf(await accept({ email: ann.email, addresses: [{ ...kiln, default: true }, {}] }));

    expect([first, second].map(({ addresses }) => addresses.nodes.length)).toEqual([2, 3]);
    expect([first, second].map(({ defaultAddress }) => defaultAddress)).toEqual([
      { address1: '2 Office Road' },
      { address1: '1 Kiln Lane' },
    ]);
  });
});

describe('an identifier (SEC-59)', () => {
  const isTaken = async (data: object): Promise<boolean> => {
    const answer = await signIn(app, multipassOf(app, data));
    if (tokenIn(answer) !== null) return true;
    expect(answer.body).toEqual(REFUSED);
    return false;
  };

  it('is bound to the customer that it came with first, and comes again with it', async () => {
    const [email, identifier] = [anAddress(), 'bound-1'];

    const tries = [
      await isTaken({ email }),
      await isTaken({ email, identifier }),
      await isTaken({ email, identifier: ` ${identifier} ` }),
      await isTaken({ email }),
      await isTaken({ email, identifier: '' }),
    ];

    expect(tries).toEqual(Array(5).fill(true));
    expect((await customerOf(email)).multipassIdentifier).toBe(identifier);
  });

  it('moves neither to another address, known or not, nor gives way to another identifier', async () => {
    const [own, other, nobodys] = [anAddress(), anAddress(), anAddress()];
    await accept({ email: own, identifier: 'bound-2' });
    await accept({ email: other });
    const before = await customers();

    const tries = [
      await isTaken({ email: own, identifier: 'bound-3' }),
      await isTaken({ email: own, identifier: 'BOUND-2' }),
      await isTaken({ email: other, identifier: 'bound-2' }),
      await isTaken({ email: nobodys, identifier: 'bound-2' }),
    ];

    expect(tries).toEqual(Array(4).fill(false));
    expect(await customers()).toBe(before);
    expect([await customerOf(own), await customerOf(other)]).toMatchObject([
      { multipassIdentifier: 'bound-2' },
      { multipassIdentifier: null },
    ]);
  });

  it('is one customer’s within a realm, whoever sets it', async () => {
    await app.aCustomer({ multipassIdentifier: 'crm-4711' });

    const again = await app.admin('POST', '/customers', {
      email: 'customer_realm_phone_key@example.com',
      state: 'enabled',
      multipassIdentifier: 'crm-4711',
    });

    expect([again.status, again.body.detail]).toEqual([
      409,
      'multipassIdentifier: it belongs to another customer of the realm.',
    ]);
  });
});
