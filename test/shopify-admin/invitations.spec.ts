import { TestApp } from '../support/test-app.js';
import { gid, shopify, whoHas } from '../shopify/storefront.js';
import { ACTIVATION_URL, aRecord, ask, GET, INVITE } from './admin.js';

const ACTIVATE_BY_URL =
  'mutation($u: URL!) { customerActivateByUrl(activationUrl: $u, password: "four words of my own") { customerAccessToken { accessToken } customerUserErrors { code } } }';

let app: TestApp;
let made = 0;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

async function aCustomer(): Promise<{ id: string; email: string; number: number }> {
  made += 1;
  const { id, email, legacyResourceId } = await aRecord(app, {
    email: `invited-${made}@example.com`,
    firstName: 'Ada',
  });
  return { id, email, number: Number(legacyResourceId) };
}

const stateOf = async (id: string): Promise<string> => (await ask(app, GET, { id })).state;

async function activated(url: string): Promise<{ token: string | null; codes: string[] }> {
  const { body } = await shopify(app, ACTIVATE_BY_URL, { u: url });
  const { customerAccessToken, customerUserErrors } = body.data.customerActivateByUrl;
  return { token: customerAccessToken?.accessToken ?? null, codes: codesOf(customerUserErrors) };
}

function codesOf(errors: readonly { readonly code: string }[]): string[] {
  return errors.map(({ code }) => code);
}

describe('customerGenerateAccountActivationUrl', () => {
  it('makes a link that works once; the state stays until then', async () => {
    const { id, email } = await aCustomer();

    const { accountActivationUrl: url, userErrors } = await ask(app, ACTIVATION_URL, { id });
    const before = await stateOf(id);
    const { token } = await activated(url);

    expect(userErrors).toEqual([]);
    expect([before, await stateOf(id)]).toEqual(['DISABLED', 'ENABLED']);
    expect(await whoHas(app, token ?? '')).toBe(email);
    expect((await activated(url)).codes).toEqual(['ALREADY_ENABLED']);
    expect((await app.mailsTo(email)).map(({ subject }) => subject)).toEqual(['Welcome to Demo Store']);
  });

  it('voids the link before', async () => {
    const { id } = await aCustomer();
    const first = await ask(app, ACTIVATION_URL, { id });
    const second = await ask(app, ACTIVATION_URL, { id });

    expect((await activated(first.accountActivationUrl)).codes).toEqual(['TOKEN_INVALID']);
    expect((await activated(second.accountActivationUrl)).codes).toEqual([]);
  });

  it('refuses whom it is of no use', async () => {
    const [enabled, declined, locked] = await Promise.all([
      app.aCustomer(),
      app.aCustomer({ password: null, state: 'declined' }),
      app.aCustomer({ password: null, state: 'disabled' }),
    ]);
    await app.database.transaction((tx) =>
      app.database.change(tx, "UPDATE customer SET disabled_by = 'staff' WHERE id = ?", [locked.id]),
    );
    const refused = async (id: string) => {
      const { accountActivationUrl, userErrors } = await ask(app, ACTIVATION_URL, { id });
      expect(accountActivationUrl).toBeNull();
      return userErrors;
    };

    const of = (message: string) => [{ field: ['customerId'], message }];
    expect(await refused(gid(enabled.number))).toEqual(of('Account already enabled'));
    expect(await refused(gid(declined.number))).toEqual(of('Account invitation was declined'));
    expect(await refused(gid(locked.number))).toEqual(of('Account is disabled'));
    expect(await refused(gid(4711))).toEqual(of("The customer can't be found."));
    expect(await refused('gid://shopify/Order/1')).toEqual(of("The customer can't be found."));
    expect(await stateOf(gid(locked.number))).toBe('DISABLED');
  });
});

describe('customerSendAccountInviteEmail', () => {
  it('mails the link, in our words', async () => {
    const { id, email } = await aCustomer();

    const answer = await ask(app, INVITE, { id });
    const mail = await app.lastMail(email);

    expect(answer).toEqual({ customer: { id, state: 'INVITED' }, userErrors: [] });
    expect(mail.subject).toBe('Activate your account at Demo Store');
    expect((await activated(mail.link)).codes).toEqual([]);
    expect(await stateOf(id)).toBe('ENABLED');
  });

  it('takes words of the shop’s own, and says who gets and sends it', async () => {
    const { id, email } = await aCustomer();
    const given = {
      subject: 'Come in!',
      customMessage: 'We have moved.\nYour orders came along.',
      to: email.toUpperCase(),
      from: 'Demo Store <hello@demo.example>',
      bcc: [],
    };

    const { userErrors } = await ask(app, INVITE, { id, email: given });
    const { subject, text, to } = await app.lastMail(email);

    expect(userErrors).toEqual([]);
    expect([subject, to]).toEqual(['Come in!', email]);
    expect(text).toMatch(/^Hello Ada,\n\nWe have moved\.\n\nYour orders came along\.\n\nThere is a customer account/);
  });

  it.each([
    [{ subject: ' ' }, ['email', 'subject'], "Subject can't be blank"],
    [{ to: 'bad' }, ['email', 'to'], 'To is invalid'],
    [{ to: 'eve@example.com' }, ['email', 'to'], 'To is invalid'],
    [{ from: 'eve@example.com' }, ['email', 'from'], 'From Sender is invalid'],
    [{ from: '' }, ['email', 'from'], 'From Sender is invalid'],
    [{ bcc: ['bad'] }, ['email', 'bcc'], 'Bcc bad is not a valid bcc address'],
    [{ bcc: ['eve@example.com'] }, ['email', 'bcc'], 'Bcc eve@example.com is not a valid bcc address'],
    [{ subject: 'x'.repeat(201) }, ['customerId'], 'Error sending account invite to customer.'],
    [{ customMessage: 'x'.repeat(5001) }, ['customerId'], 'Error sending account invite to customer.'],
    [{ customMessage: 'Hi <b>you</b>' }, ['customerId'], 'Error sending account invite to customer.'],
    [{ body: '<a href="https://evil.example">x</a>' }, ['customerId'], 'Error sending account invite to customer.'],
    [{ subject: 'a\r\nBcc: eve@example.com' }, ['customerId'], 'Error sending account invite to customer.'],
  ])('refuses %j, and leaves all as it was (SEC-15, SEC-74)', async (given, field, message) => {
    const { id, email } = await aCustomer();

    const answer = await ask(app, INVITE, { id, email: given });

    expect(answer).toEqual({ customer: null, userErrors: [{ code: 'INVALID', field, message }] });
    expect(await stateOf(id)).toBe('DISABLED');
    expect(await app.mailsTo(email)).toEqual([]);
    expect(await app.mailsTo('eve@example.com')).toEqual([]);
  });

  it('refuses whom it cannot invite', async () => {
    const { number } = await app.aCustomer();
    const of = (message: string) => ({
      customer: null,
      userErrors: [{ code: 'INVALID', field: ['customerId'], message }],
    });

    expect(await ask(app, INVITE, { id: gid(number) })).toEqual(of('Error sending account invite to customer.'));
    expect(await ask(app, INVITE, { id: gid(4711) })).toEqual(of("Customer can't be found"));
  });

  it('sends no more than an address may get (SEC-73)', async () => {
    const { id, email } = await aCustomer();
    for (let at = 0; at < 5; at += 1) await ask(app, INVITE, { id });

    const { userErrors } = await ask(app, INVITE, { id });

    expect(userErrors).toMatchObject([{ message: 'Error sending account invite to customer.' }]);
    expect(await app.mailsTo(email)).toHaveLength(5);
  });
});
