import { TestApp } from '../support/test-app.js';
import { Activations, INVALID_TOKEN } from './activations.js';
import { aNetwork, CREATE, shopify } from './storefront.js';

let app: TestApp;
let at: Activations;

beforeAll(async () => {
  app = await TestApp.start();
  at = new Activations(app);
});

afterAll(() => app.stop());

describe('customerCreate', () => {
  const create = async (email: string, from = aNetwork()) =>
    (await shopify(app, CREATE, { input: { email, password: 'a strangers password', firstName: 'Eve' } }, { from }))
      .body.data.customerCreate;

  it('greets the new customer by mail', async () => {
    const made = await create('fresh@example.com');

    expect(made.customerUserErrors).toEqual([]);
    expect((await app.mailsTo('fresh@example.com')).map(({ subject }) => subject)).toEqual(['Welcome to Demo Store']);
  });

  it.each(['disabled', 'invited', 'declined'])(
    'mails a link to the owner of a record that is %s, and forgets what was entered',
    async (state) => {
      const ann = await app.aCustomer({ password: null, state });

      const refused = await create(` ${ann.email.toUpperCase()} `);
      const { link, secret, subject } = await app.lastMail(ann.email);
      const before = await app.admin('GET', `/customers/${ann.number}`);
      const opened = await at.activate(ann.number, secret);

      const message = `We have sent an email to ${ann.email}, please click the link included to verify your email address.`;
      expect(refused).toMatchObject({
        customer: null,
        customerUserErrors: [{ code: 'CUSTOMER_DISABLED', field: ['input', 'email'], message }],
        userErrors: [{ field: ['input', 'email'], message }],
      });
      expect(subject).toBe('Activate your account at Demo Store');
      expect(link).toBe(`http://localhost:3000/account/activate/${ann.number}/${secret}`);
      expect(before.body).toMatchObject({ state, firstName: 'Ann', hasPassword: false });
      expect(opened.customerUserErrors).toEqual([]);
      expect(await at.isSignedIn(ann.email, 'a strangers password')).toBe(false);
    },
  );

  it('makes links that work for a day', async () => {
    const ann = await app.aCustomer({ password: null, state: 'disabled' });
    await create(ann.email);
    const { secret, text } = await app.lastMail(ann.email);

    app.clock.advance(24 * 3600);

    expect(text).toContain('within 24 hours.');
    expect(await at.activate(ann.number, secret)).toEqual(INVALID_TOKEN);
  });

  it('answers alike but mails no more than an address may get, nor to whom staff have locked (SEC-73, SEC-81)', async () => {
    const [ann, locked] = [
      await app.aCustomer({ password: null, state: 'disabled' }),
      await app.aCustomer({ password: null, state: 'disabled' }),
    ];
    await at.lockedByStaff(locked);

    const answers = [];
    for (let tries = 0; tries < 6; tries += 1) answers.push(await create(ann.email));
    const closed = await create(locked.email);
    const { secret } = await app.lastMail(ann.email);

    expect([...answers, closed].map(({ customerUserErrors: [{ code }] }) => code)).toEqual(
      Array(7).fill('CUSTOMER_DISABLED'),
    );
    expect(await app.mailsTo(ann.email)).toHaveLength(5);
    expect(await app.mailsTo(locked.email)).toEqual([]);
    expect((await at.activate(ann.number, secret)).customerUserErrors).toEqual([]);
  });

  it('tells an enabled address as taken, and mails nothing', async () => {
    const ann = await app.aCustomer();

    const refused = await create(ann.email);

    expect(refused.customerUserErrors).toEqual([
      { code: 'TAKEN', field: ['input', 'email'], message: 'Email has already been taken' },
    ]);
    expect(await app.mailsTo(ann.email)).toEqual([]);
  });
});
