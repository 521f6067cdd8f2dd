import { until } from '../support/until.js';
import { ATTEMPTS, Instances, type Answer, type Person } from './instances.js';
import { holdBack, NODES, sql } from './servers.js';

jest.setTimeout(180_000);

const ASK = 'mutation($e:String!){requestPasswordResetEmail(email:$e)}';
const RESET =
  'mutation($e:String!,$t:String!,$p:String!){resetPassword(email:$e,resetPasswordToken:$t,newPassword:$p)}';
const SIGN_IN = 'mutation($e:String!,$p:String!){generateCustomerToken(email:$e,password:$p){token}}';
const REVOKE = 'mutation{revokeCustomerToken{result}}';
const CREATE =
  'mutation($e:String!){createCustomerV2(input:{email:$e,firstname:"A",lastname:"B",password:"correct horse battery"}){customer{id}}}';
const MISMATCHED = 'The password token is mismatched. Reset and try again.';
const WRONG = /sign-in was incorrect|account is locked/;

let keyturn: Instances;

beforeAll(async () => {
  const env = { DATABASE_MULTI_PRIMARY: 'true' };
  keyturn = await Instances.start(
    'keyturn_races',
    NODES.map((server) => ({ server, env })),
  );
});

afterAll(async () => {
  process.stdout.write(
    `conflicts met and tried again: ${JSON.stringify(keyturn.conflicts())}; answered 503: ${keyturn.busy}\n`,
  );
  await keyturn.stop();
});

const times = <T>(count: number, make: (at: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, at) => make(at)));

const bearer = (token: string): { authorization: string } => ({ authorization: `Bearer ${token}` });
const signIn = (at: number, { email }: Person, p: string): Promise<Answer> =>
  keyturn.adobe(at, SIGN_IN, { e: email, p });
const tokenOf = ({ body }: Answer): string | null => body.data?.generateCustomerToken?.token ?? null;
const textOf = ({ body }: Answer): string => String(body.errors?.[0]?.message);
const isBusy = ({ status }: Answer): boolean => status === 503;
const isHeard = async (at: number, token: string): Promise<boolean> => {
  const { body } = await keyturn.adobe(at, '{customer{email}}', {}, bearer(token));
  return typeof body.data?.customer?.email === 'string';
};

async function aSecret(person: Person, at = 0): Promise<string> {
  await keyturn.adobe(at, ASK, { e: person.email });
  const secrets = await keyturn.secrets(person.email, 1);
  return String(secrets.at(-1));
}

it('lets one of 30 parallel tries on three nodes spend a reset token, round after round (SEC-28)', async () => {
  for (let round = 0; round < 5; round += 1) {
    const ann = await keyturn.aPerson(round);
    const secret = await aSecret(ann, round);

    const tries = await times(30, (at) =>
      keyturn.adobe(at, RESET, { e: ann.email, t: secret, p: `a new password ${at}` }),
    );

    const winners = tries.flatMap(({ body }, at) => (body.data?.resetPassword === true ? [at] : []));
    expect(winners).toHaveLength(1);
    const refused = tries.filter((answer) => isBusy(answer) || textOf(answer) === MISMATCHED);
    expect(refused).toHaveLength(29);
    const entered = await times(3, (at) => signIn(at, ann, `a new password ${winners[0]}`));
    expect(entered.map(tokenOf).every((token) => token !== null)).toBe(true);
    expect(tokenOf(await signIn(round, ann, ann.password))).toBeNull();
  }
});

it('counts parallel wrong passwords on three nodes exactly, and locks at the limit (SEC-40)', async () => {
  const ann = await keyturn.aPerson();

  const below = await times(ATTEMPTS - 1, (at) => signIn(at, ann, `wrong ${at}`));
  const counted = below.filter((answer) => WRONG.test(textOf(answer))).length;
  const row = await keyturn.row('n2', ann);
  const beyond = await times(2 * ATTEMPTS, (at) => signIn(at, ann, `wrong again ${at}`));
  const locked = await keyturn.row('n3', ann);

  expect(counted + below.filter(isBusy).length).toBe(ATTEMPTS - 1);
  expect([row['failed_sign_ins'], row['locked_until']]).toEqual([counted, null]);
  expect(beyond.every((answer) => isBusy(answer) || WRONG.test(textOf(answer)))).toBe(true);
  expect([locked['failed_sign_ins'], locked['locked_until']]).toEqual([ATTEMPTS, expect.any(Date)]);
  expect(tokenOf(await signIn(1, ann, ann.password))).toBeNull();
});

it('hears a new token on the other nodes at once, and none that was revoked on another (SEC-49)', async () => {
  const ann = await keyturn.aPerson();
  const heard: boolean[][] = [];

  for (let round = 0; round < 12; round += 1) {
    const token = String(tokenOf(await signIn(round, ann, ann.password)));
    const fresh = await times(2, (at) => isHeard(round + 1 + at, token));
    await keyturn.adobe(round, REVOKE, {}, bearer(token));
    const dead = await times(2, (at) => isHeard(round + 1 + at, token));
    heard.push([...fresh, ...dead]);
  }

  expect(heard).toEqual(heard.map(() => [true, true, false, false]));
});

it('lets a revoked token wait rather than pass on a node that lags behind the others (SEC-49)', async () => {
  const ann = await keyturn.aPerson();
  const token = String(tokenOf(await signIn(0, ann, ann.password)));
  expect(await isHeard(1, token)).toBe(true);
  const letGo = await holdBack('n2');

  await keyturn.adobe(0, REVOKE, {}, bearer(token));
  const asked = isHeard(1, token);
  const early = await Promise.race([asked, untilWaiting('n2')]);
  letGo();

  expect(early).toBe('waits');
  expect(await asked).toBe(false);
});

it('leaves no session alive that the old password began while a reset was finished on another node (SEC-52)', async () => {
  for (let round = 0; round < 8; round += 1) {
    const ann = await keyturn.aPerson(round);
    const secret = await aSecret(ann, round);

    const [reset, ...signIns] = await Promise.all([
      keyturn.adobe(round, RESET, { e: ann.email, t: secret, p: 'a whole new password' }),
      ...Array.from({ length: 8 }, (_, at) => signIn(round + 1 + at, ann, ann.password)),
    ]);
    const tokens = signIns.map(tokenOf).filter((token) => token !== null);
    const alive = await Promise.all(tokens.map((token) => isHeard(round + 1, token)));

    expect(reset.body.data?.resetPassword === true || isBusy(reset)).toBe(true);
    if (!isBusy(reset)) expect(alive.filter(Boolean)).toEqual([]);
  }
});

it('makes one account of parallel registrations of one address on three nodes (SEC-14)', async () => {
  const tries = await times(15, (at) => keyturn.adobe(at, CREATE, { e: 'race@example.com' }));

  const made = tries.filter(({ body }) => body.data?.createCustomerV2);
  expect(made).toHaveLength(1);
  expect(tries.filter((answer) => isBusy(answer) || /already exists/.test(textOf(answer)))).toHaveLength(14);
  expect(await rowsOf("SELECT id FROM customer WHERE email = 'race@example.com'")).toHaveLength(1);
});

it('keeps at most two reset links alive when many are asked for at once on three nodes (SEC-29)', async () => {
  const ann = await keyturn.aPerson();

  const asked = await times(9, (at) => keyturn.adobe(at, ASK, { e: ann.email }));
  const open = await rowsOf(
    `SELECT r.id FROM password_reset r JOIN customer c ON c.id = r.customer_id
     WHERE c.number = ${ann.number} AND r.used_at IS NULL AND r.revoked_at IS NULL`,
  );

  expect(asked.every((answer) => isBusy(answer) || answer.body.data?.requestPasswordResetEmail === true)).toBe(true);
  expect(open.length).toBeGreaterThan(0);
  expect(open.length).toBeLessThanOrEqual(2);
});

it('sends each mail once, though a worker on each node looks for it (SEC-72)', async () => {
  const persons = await times(12, (at) => keyturn.aPerson(at));

  await times(12, (at) => keyturn.adobe(at, ASK, { e: persons[at]?.email }));
  const secrets = await Promise.all(persons.map(({ email }) => keyturn.secrets(email, 1)));
  await until(async () => (await rowsOf("SELECT id FROM mail_message WHERE status = 'queued'")).length === 0);

  expect(secrets.map(({ length }) => length)).toEqual(persons.map(() => 1));
  expect(persons.map(({ email }) => keyturn.textsTo(email).length)).toEqual(persons.map(() => 1));
});

it('met conflicts in all this, got through nearly every one by trying again, and answered no request with a fault', () => {
  const met = Number(keyturn.conflicts()['1213']);

  expect(met).toBeGreaterThan(0);
  expect(keyturn.busy).toBeLessThan(met / 10);
  expect(keyturn.faults()).toEqual([]);
});

/** Until a statement of an instance waits for what other nodes have committed. */
async function untilWaiting(node: 'n2'): Promise<string> {
  const waiting =
    "SELECT id FROM information_schema.processlist WHERE db = 'keyturn_races' AND info LIKE '%access_token%'";
  await until(async () => (await sql(node, waiting, undefined, 'at once')).length > 0);
  return 'waits';
}

function rowsOf(statement: string): ReturnType<typeof sql> {
  return sql('n1', statement, 'keyturn_races');
}
