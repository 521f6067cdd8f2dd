import { until } from '../support/until.js';
import { Instances, type Answer, type Person } from './instances.js';
import { killServer, NODES, sql, startServer, statusOf } from './servers.js';

jest.setTimeout(300_000);

const DATABASE = 'keyturn_loss';
const ASK = 'mutation($e:String!){requestPasswordResetEmail(email:$e)}';
const RESET =
  'mutation($e:String!,$t:String!,$p:String!){resetPassword(email:$e,resetPasswordToken:$t,newPassword:$p)}';
const SIGN_IN = 'mutation($e:String!,$p:String!){generateCustomerToken(email:$e,password:$p){token}}';
const BUYER =
  'mutation($i:CustomerAccessTokenCreateInput!){customerAccessTokenCreate(input:$i){customerAccessToken{accessToken}}}';

let keyturn: Instances;

beforeAll(async () => {
  const env = { DATABASE_MULTI_PRIMARY: 'true' };
  keyturn = await Instances.start(
    DATABASE,
    NODES.map((server) => ({ server, env })),
  );
});

afterAll(async () => {
  process.stdout.write(`conflicts: ${JSON.stringify(keyturn.conflicts())}; answered 503: ${keyturn.busy}\n`);
  await keyturn.stop();
});

const isReady = async (at: number): Promise<boolean> => (await keyturn.ask(at, '/health/ready')).status === 200;
const signIn = (at: number, { email }: Person, p: string): Promise<Answer> =>
  keyturn.adobe(at, SIGN_IN, { e: email, p });
const entered = ({ body }: Answer): boolean => typeof body.data?.generateCustomerToken?.token === 'string';
const succeeded = ({ body }: Answer): boolean => body.data?.resetPassword === true;

/** The third instance's answers on each wire, with what the statuses and texts of a busy service are there. */
async function answersOfThird(ann: Person, token: string): Promise<readonly unknown[]> {
  const input = { i: { email: ann.email, password: ann.password } };
  const storefront = { 'x-shopify-storefront-access-token': 'storefront-token-1' };
  const client = { grant_type: 'client_credentials', client_id: 'erp', client_secret: 'erp-secret-0123456789' };
  const adobe = await signIn(2, ann, ann.password);
  const who = await keyturn.adobe(2, '{customer{email}}', {}, { authorization: `Bearer ${token}` });
  const rest = await keyturn.post(2, '/rest/V1/integration/customer/token', {
    username: ann.email,
    password: ann.password,
  });
  const shopify = await keyturn.post(2, '/api/2026-04/graphql.json', { query: BUYER, variables: input }, storefront);
  const commerceLayer = await keyturn.post(2, '/oauth/token', client);
  const admin = await keyturn.admin(2, 'GET', `/customers/${ann.number}`);
  return [
    [adobe.status, adobe.body.errors?.[0].message],
    [who.status, who.body.errors?.[0].message],
    [rest.status, rest.body.message],
    [shopify.status, shopify.body.errors?.[0].extensions.code],
    [commerceLayer.status, commerceLayer.body.error],
    admin.status,
  ];
}

it('answers on every wire that it is busy while its node is cut off, and serves again afterwards', async () => {
  const ann = await keyturn.aPerson();
  const token = String((await signIn(2, ann, ann.password)).body.data.generateCustomerToken.token);

  await sql('n3', "SET GLOBAL wsrep_provider_options = 'gmcast.isolate=1'", undefined, 'at once');
  await until(async () => (await statusOf('n3', 'wsrep_ready')) === 'OFF');
  const cut = await answersOfThird(ann, token);
  const probes = [await isReady(2), (await keyturn.ask(2, '/health/live')).status];
  await until(() => isReady(0));
  const elsewhere = await signIn(0, ann, ann.password);
  await sql('n3', "SET GLOBAL wsrep_provider_options = 'gmcast.isolate=0'", undefined, 'at once');
  await until(() => isReady(2));

  const busy = 'The service is busy. Please try again later.';
  expect(cut).toEqual([[503, busy], [503, busy], [503, busy], [503, 'THROTTLED'], [503, expect.any(String)], 503]);
  expect(probes).toEqual([false, 200]);
  expect(entered(elsewhere)).toBe(true);
  expect(entered(await signIn(2, ann, ann.password))).toBe(true);
  expect(Number(keyturn.conflicts()['1047'])).toBeGreaterThan(0);
});

/** Makes customers through one instance until it is told to stop; what was acknowledged before and after a moment. */
class Maker {
  readonly acknowledged: number[] = [];
  /** Answers that were neither a success nor a request to come back. */
  readonly odd: number[] = [];
  private isStopped = false;
  private readonly done: Promise<void>;

  constructor(private readonly at: number) {
    this.done = this.work();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.done;
  }

  private async work(): Promise<void> {
    for (let made = 0; !this.isStopped; made += 1) {
      const email = `made${this.at}.${made}@example.com`;
      const { status, body } = await keyturn.admin(this.at, 'POST', '/customers', { email, state: 'disabled' });
      if (status === 201) this.acknowledged.push(Number(body.number));
      else if (status === 503) await new Promise((resolve) => setTimeout(resolve, 100));
      else this.odd.push(status);
    }
  }
}

interface Spent {
  readonly person: Person;
  readonly tries: readonly Answer[];
}

const passwordOf = (at: number): string => `a new password ${at}`;

/** Spends a secret through all instances at the same time. */
async function spend(person: Person, secret: string): Promise<Spent> {
  const order = (at: number): object => ({ e: person.email, t: secret, p: passwordOf(at) });
  const tries = await Promise.all([0, 1, 2].map((at) => keyturn.adobe(at, RESET, order(at))));
  return { person, tries };
}

async function aSecretOf(person: Person): Promise<string> {
  await keyturn.adobe(0, ASK, { e: person.email });
  return String((await keyturn.secrets(person.email, 1))[0]);
}

/** Which of the possible passwords signs in: the old one, or the one of a try. */
async function passwordsOf({ person }: Spent): Promise<readonly string[]> {
  const possible = [person.password, ...[0, 1, 2].map(passwordOf)];
  const answers: Answer[] = [];
  for (const password of possible) answers.push(await signIn(0, person, password));
  return possible.filter((_password, at) => answers[at] && entered(answers[at]));
}

it('goes on when a node is killed under load: nothing acknowledged is lost, no secret is spent twice (SEC-28)', async () => {
  const persons = await Promise.all(Array.from({ length: 24 }, (_, at) => keyturn.aPerson(at)));
  const secrets = await Promise.all(persons.map(aSecretOf));
  const makers = [0, 1, 2].map((at) => new Maker(at));
  const made = (): number[] => makers.map(({ acknowledged }) => acknowledged.length);

  await until(() => made().every((count) => count >= 10));
  const spending: Promise<Spent>[] = [];
  for (const [at, person] of persons.entries()) {
    spending.push(spend(person, String(secrets[at])));
    if (at === 12) killServer('n3');
    if (at % 3 === 2) await spending[at - 2];
  }
  const spent = await Promise.all(spending);
  const before = made();
  await until(() => made().every((count, at) => at === 2 || count >= Number(before[at]) + 10));
  const third = [await isReady(2), (await signIn(2, persons[0] as Person, 'whatever it is')).status];
  await startServer('n3');
  await until(() => isReady(2));
  for (const maker of makers) await maker.stop();

  expect(third).toEqual([false, 503]);
  expect(made().every((count, at) => at === 2 || count >= Number(before[at]) + 10)).toBe(true);
  expect(makers.flatMap(({ odd }) => odd)).toEqual([]);
  for (const one of spent) {
    const winners = one.tries.flatMap((answer, at) => (succeeded(answer) ? [passwordOf(at)] : []));
    const open = await passwordsOf(one);
    expect(open).toHaveLength(1);
    expect([[], open]).toContainEqual(winners);
  }
  expect(spent.filter(({ tries }) => tries.some(succeeded)).length).toBeGreaterThan(12);
  const acknowledged = makers.flatMap(({ acknowledged: numbers }) => numbers).sort();
  const kept = new Set(
    (await sql('n3', `SELECT number FROM ${DATABASE}.customer`)).map(({ number }) => Number(number)),
  );
  expect(acknowledged.filter((number) => !kept.has(number))).toEqual([]);
  expect(await statusOf('n3', 'wsrep_cluster_size')).toBe('3');
  expect(entered(await signIn(2, persons[0] as Person, String((await passwordsOf(spent[0] as Spent))[0])))).toBe(true);
});

it('answered no request with a fault', () => {
  expect(keyturn.faults()).toEqual([]);
});
