import { Instances, type Answer, type Person } from '../cluster/instances.js';
import { WebhookReceiver } from '../commerce-layer/webhook-receiver.js';
import { until } from '../support/until.js';

jest.setTimeout(120_000);

const ASK = 'mutation($e:String!){requestPasswordResetEmail(email:$e)}';
const RESET =
  'mutation($e:String!,$t:String!,$p:String!){resetPassword(email:$e,resetPasswordToken:$t,newPassword:$p)}';
const SIGN_IN = 'mutation($e:String!,$p:String!){generateCustomerToken(email:$e,password:$p){token}}';
const REVOKE = 'mutation{revokeCustomerToken{result}}';
const BUYER =
  'mutation($i:CustomerAccessTokenCreateInput!){customerAccessTokenCreate(input:$i){customerAccessToken{accessToken} customerUserErrors{code}}}';
const JSON_API = 'application/vnd.api+json';

const ATTEMPTS = 4;
const SIGN_INS = 6;

let keyturn: Instances;
let receiver: WebhookReceiver;
let networks = 0;

beforeAll(async () => {
  receiver = await WebhookReceiver.start();
  const limits = { signInNetwork: { max: SIGN_INS, seconds: 600 } };
  keyturn = await Instances.startPair({ limits, lockout: { attempts: ATTEMPTS } }, { TRUSTED_PROXIES: '127.0.0.1' });
});

afterAll(async () => {
  await receiver.stop();
  await keyturn.stop();
});

type Headers = Readonly<Record<string, string>>;

/** The headers of a client whose network nobody else uses. */
const aNetwork = (): Headers => ({ 'x-forwarded-for': `172.16.${(networks += 1)}.1` });
const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });
const times = <T>(count: number, make: (at: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, at) => make(at)));

const signIn = (at: number, { email }: Person, p: string, from = aNetwork()): Promise<Answer> =>
  keyturn.adobe(at, SIGN_IN, { e: email, p }, from);
const tokenOf = ({ body }: Answer): string | null => body.data?.generateCustomerToken?.token ?? null;
const isHeard = async (at: number, token: string): Promise<boolean> => {
  const { body } = await keyturn.adobe(at, '{customer{email}}', {}, bearer(token));
  return typeof body.data?.customer?.email === 'string';
};

it('mails one link for each reset, whichever instance is asked and even if both are at once (SEC-72)', async () => {
  const persons = await times(8, (at) => keyturn.aPerson(at));

  await times(16, (at) => keyturn.adobe(at, ASK, { e: persons[at >> 1]?.email }, aNetwork()));
  await until(async () => (await mailsOf(persons)).every(({ status }) => status === 'sent'));

  expect((await mailsOf(persons)).map(({ status, attempts }) => [status, attempts])).toEqual(
    persons.map(() => ['sent', 1]),
  );
  expect(persons.map(({ email }) => keyturn.textsTo(email).length)).toEqual(persons.map(() => 1));
});

/** What the outbox says of their mails; somebody without any has one that is missing. */
async function mailsOf(persons: readonly Person[]): Promise<readonly { status: string; attempts: number }[]> {
  const lists = await times(persons.length, (at) =>
    keyturn.admin(at, 'GET', `/customers/${persons[at]?.number}/mails`),
  );
  return lists.flatMap(({ body }) => (body.items.length > 0 ? body.items : [{ status: 'missing', attempts: 0 }]));
}

it('finishes at one instance what was asked for at the other, once (SEC-28)', async () => {
  const ann = await keyturn.aPerson();
  await keyturn.adobe(0, ASK, { e: ann.email }, aNetwork());
  const [secret] = await keyturn.secrets(ann.email, 1);

  const tries = await times(8, (at) =>
    keyturn.adobe(at + 1, RESET, { e: ann.email, t: secret, p: `a new password ${at}` }, aNetwork()),
  );

  const winners = tries.flatMap(({ body }, at) => (body.data?.resetPassword === true ? [at] : []));
  expect(winners).toHaveLength(1);
  const entered = await times(2, (at) => signIn(at, ann, `a new password ${winners[0]}`));
  expect(entered.map((answer) => typeof tokenOf(answer))).toEqual(['string', 'string']);
});

it('counts sign-ins of a network at both instances against one limit (SEC-45)', async () => {
  const from = aNetwork();
  const storefront = { 'x-shopify-storefront-access-token': 'storefront-token-1', ...from };
  const answers: unknown[] = [];

  for (let at = 0; at < SIGN_INS + 2; at += 1) {
    const variables = { i: { email: `nobody${at}@example.com`, password: 'wrong password' } };
    const { body } = await keyturn.post(at, '/api/2026-04/graphql.json', { query: BUYER, variables }, storefront);
    answers.push(body.errors?.[0].extensions.code ?? body.data.customerAccessTokenCreate.customerUserErrors[0].code);
  }

  expect(answers).toEqual([...Array<string>(SIGN_INS).fill('UNIDENTIFIED_CUSTOMER'), 'THROTTLED', 'THROTTLED']);
});

it('locks an account at both instances by the failures of both (SEC-40)', async () => {
  const [ann, bob] = [await keyturn.aPerson(), await keyturn.aPerson()];

  for (let at = 0; at < ATTEMPTS; at += 1) await signIn(at, ann, 'wrong password');
  for (let at = 0; at < ATTEMPTS - 1; at += 1) await signIn(at, bob, 'wrong password');

  const entered = await times(4, (at) => signIn(at, at < 2 ? ann : bob, ann.password));
  expect(entered.map((answer) => tokenOf(answer) !== null)).toEqual([false, false, true, true]);
  const { body } = await keyturn.admin(1, 'GET', `/customers/${ann.number}`);
  expect(body.lockedUntil).toEqual(expect.any(String));
});

it('hears a new token at the other instance at once, and none that was ended there (SEC-49)', async () => {
  const ann = await keyturn.aPerson();
  const heard: boolean[][] = [];

  for (let round = 0; round < 6; round += 1) {
    const token = String(tokenOf(await signIn(round, ann, ann.password)));
    const fresh = [await isHeard(0, token), await isHeard(1, token)];
    if (round < 3) await keyturn.adobe(round, REVOKE, {}, bearer(token));
    else await keyturn.admin(round, 'POST', `/customers/${ann.number}/revoke-tokens`);
    heard.push([...fresh, await isHeard(0, token), await isHeard(1, token)]);
  }

  expect(heard).toEqual(heard.map(() => [true, true, false, false]));
});

it('tells a webhook of each event once', async () => {
  const client = { grant_type: 'client_credentials', client_id: 'erp', client_secret: 'erp-secret-0123456789' };
  const { body } = await keyturn.post(0, '/oauth/token', client, aNetwork());
  const headers = { 'content-type': JSON_API, ...bearer(body.access_token) };
  const create = (at: number, type: string, attributes: object): Promise<Answer> =>
    keyturn.post(at, `/api/${type}`, { data: { type, attributes, relationships: {} } }, headers);
  const webhook = await create(0, 'webhooks', { topic: 'customers.create', callback_url: `${receiver.url}/hook` });

  const made = await times(12, (at) => create(at, 'customers', { email: `told${at}@example.com` }));
  const told = async (): Promise<number> => {
    const list = `/api/webhooks/${webhook.body.data.id}/last_event_callbacks?page[size]=25`;
    return (await keyturn.ask(1, list, { headers })).body.data.length as number;
  };
  await until(async () => (await told()) >= made.length);

  const ids = receiver.at('/hook').map((call) => String(call.body.data.id));
  expect(ids.sort()).toEqual(made.map((answer) => String(answer.body.data.id)).sort());
  expect(await told()).toBe(made.length);
});
