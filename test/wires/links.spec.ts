import { toShortId } from '../../src/common/public-id.js';
import { operations } from '../adobe/wire.js';
import { callerOf, INTEGRATION } from '../adobe-rest/wire.js';
import { CommerceLayerClient } from '../commerce-layer/wire.js';
import { atClient, register, sessionOf } from '../common-ground/operations.js';
import * as merchant from '../shopify-admin/admin.js';
import { gid } from '../shopify/storefront.js';
import { TestApp, type TestCustomer } from '../support/test-app.js';
import { requests } from './doors.js';

const BASE = 'http://localhost:3000';
/** Whatever a request can say of where it came from and where it was sent. */
const EVIL = {
  host: 'evil.example',
  'x-forwarded-host': 'evil.example',
  'x-forwarded-server': 'evil.example',
  'x-forwarded-prefix': '/evil',
  'x-forwarded-proto': 'https',
  'x-host': 'evil.example',
  'x-original-url': 'https://evil.example/evil',
  forwarded: 'host=evil.example;proto=https',
  origin: 'https://evil.example',
  referer: 'https://evil.example/',
};

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' }, commerceLayer: { mailResets: true } });
});

afterAll(() => app.stop());

/** Makes somebody be mailed a link, or hands it out; the answer is whose it is, with the link where it is not mailed. */
type Maker = () => Promise<{ readonly email: string; readonly link?: string }>;

const waiting = (): Promise<TestCustomer> => app.aCustomer({ emailConfirmed: false });
const invited = (): Promise<TestCustomer> => app.aCustomer({ password: null, state: 'disabled' });
let made = 0;
const anEmail = (): string => `linked-${(made += 1)}@example.com`;

const MAKERS: Record<string, Maker> = {
  ...Object.fromEntries(
    requests.map(({ name, knock }): [string, Maker] => [
      name,
      async () => {
        const { email } = await app.aCustomer();
        await knock(app, email, '');
        return { email };
      },
    ]),
  ),
  "Adobe's resendConfirmationEmail": async () => {
    const { email } = await waiting();
    await app.adobe(operations.resendConfirmationEmail, { email });
    return { email };
  },
  "Adobe REST's new customer without a password": async () => {
    const customer = { email: anEmail(), firstname: 'Ann', lastname: 'Lee' };
    const order = { customer, redirectUrl: 'https://evil.example/' };
    await callerOf(app, INTEGRATION)('POST', 'customers', order);
    return customer;
  },
  "Commerce Layer's reset": async () => {
    const layer = new CommerceLayerClient(app);
    const { email } = await app.aCustomer();
    await layer.aReset(await layer.integration(), email);
    return { email };
  },
  "a Commerce Layer customer's new address": async () => {
    const layer = new CommerceLayerClient(app);
    const ann = await app.aCustomer();
    const [id, email] = [toShortId(ann.number), anEmail()];
    await layer.call('PATCH', `customers/${id}`, await layer.customer(ann), { type: 'customers', id, attributes: { email } }); // prettier-ignore
    return { email };
  },
  "Common Ground's register": async () => {
    const email = anEmail();
    await register(app, email);
    return { email };
  },
  "Common Ground's userUpdate": async () => {
    const [session, email] = [await sessionOf(app, await app.aCustomer()), anEmail()];
    await atClient(app, 'mutation($e:String){userUpdate(email:$e){email}}', { e: email }, session);
    return { email };
  },
  "Shopify Admin's invitation": async () => {
    const { number, email } = await invited();
    await merchant.ask(app, merchant.INVITE, { id: gid(number) });
    return { email };
  },
  "Shopify Admin's activation link": async () => {
    const { number, email } = await invited();
    const { accountActivationUrl: link } = await merchant.ask(app, merchant.ACTIVATION_URL, { id: gid(number) });
    return { email, link };
  },
  "the admin API's reset": async () => {
    const { number, email } = await app.aCustomer();
    await app.admin('POST', `/customers/${number}/password-reset`);
    return { email };
  },
  "the admin API's invitation": async () => {
    const { number, email } = await invited();
    await app.admin('POST', `/customers/${number}/invite`);
    return { email };
  },
  "the admin API's activation link": async () => {
    const { number, email } = await invited();
    return { email, link: (await app.admin('POST', `/customers/${number}/activation-url`)).body.url };
  },
};

it.each(Object.entries(MAKERS))('%s makes a link of the store, whatever the request says of hosts (SEC-37)', async (_name, make) => {
  const request = app.request.bind(app);
  const answers: string[] = [];
  const lying = jest.spyOn(app, 'request').mockImplementation(async (asked) => {
    const answer = await request({ ...asked, headers: { ...EVIL, ...asked.headers } });
    answers.push(answer.text + JSON.stringify(answer.headers));
    return answer;
  });

  const { email, link } = await make();

  lying.mockRestore();
  const mails = await app.mailsTo(email);
  const links = link === undefined ? mails.flatMap(({ text }) => text.match(/^https?:\S+$/gm) ?? []) : [link];
  expect(links).toEqual([expect.stringMatching(new RegExp(`^${BASE}/(?:customer/)?account/.*[A-Za-z0-9]{32}$`))]);
  expect(JSON.stringify(mails)).not.toMatch(/evil/);
  expect(answers.join()).not.toMatch(/evil/);
}); // prettier-ignore
