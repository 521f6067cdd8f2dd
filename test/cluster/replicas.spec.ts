import { until } from '../support/until.js';
import { Instances, type Answer, type Person } from './instances.js';
import { killServer, sql, startServer, urlOf } from './servers.js';

jest.setTimeout(180_000);

const DATABASE = 'keyturn_replicas';
const SIGN_IN = 'mutation($e:String!,$p:String!){generateCustomerToken(email:$e,password:$p){token}}';
const REVOKE = 'mutation{revokeCustomerToken{result}}';
const ASK = 'mutation($e:String!){requestPasswordResetEmail(email:$e)}';
const RESET =
  'mutation($e:String!,$t:String!,$p:String!){resetPassword(email:$e,resetPasswordToken:$t,newPassword:$p)}';

let keyturn: Instances;

beforeAll(async () => {
  const env = { DATABASE_REPLICA_URLS: urlOf('replica', DATABASE) };
  keyturn = await Instances.start(DATABASE, [
    { server: 'primary', env },
    { server: 'primary', env },
  ]);
});

afterAll(() => keyturn.stop());

const bearer = (token: string): { authorization: string } => ({ authorization: `Bearer ${token}` });
const signIn = (at: number, { email }: Person, p: string): Promise<Answer> =>
  keyturn.adobe(at, SIGN_IN, { e: email, p });
const tokenOf = ({ body }: Answer): string | null => body.data?.generateCustomerToken?.token ?? null;

async function isHeard(at: number, token: string): Promise<boolean> {
  const { body } = await keyturn.adobe(at, '{customer{email}}', {}, bearer(token));
  return typeof body.data?.customer?.email === 'string';
}

/** Whether a list for staff shows anything of a customer. */
async function isListed(at: number, { number }: Person): Promise<boolean> {
  const { body } = await keyturn.admin(at, 'GET', `/customers/${number}/events`);
  return body.items.length > 0;
}

it('shows staff a list that lags while replication stands still, and lets no revoked token and no spent secret pass (SEC-28, SEC-49)', async () => {
  const ann = await keyturn.aPerson();
  const token = String(tokenOf(await signIn(0, ann, ann.password)));
  await keyturn.adobe(0, ASK, { e: ann.email });
  const [secret] = await keyturn.secrets(ann.email, 1);
  await until(() => isListed(0, ann));
  await sql('replica', 'STOP SLAVE');

  const bob = await keyturn.aPerson();
  const lagging = await isListed(1, bob);
  const entered = tokenOf(await signIn(1, bob, bob.password));
  await keyturn.adobe(0, REVOKE, {}, bearer(token));
  const heard = [await isHeard(0, token), await isHeard(1, token), await isHeard(1, String(entered))];
  const spends = [];
  for (const at of [0, 1]) {
    const { body } = await keyturn.adobe(at, RESET, { e: ann.email, t: secret, p: 'a whole new password' });
    spends.push(body.data.resetPassword);
  }
  const old = tokenOf(await signIn(1, ann, ann.password));
  await sql('replica', 'START SLAVE');
  await until(() => isListed(1, bob));

  expect(lagging).toBe(false);
  expect(heard).toEqual([false, false, true]);
  expect([spends[0], spends[1] ?? null, old]).toEqual([true, null, null]);
  expect(await isListed(1, bob)).toBe(true);
});

it('asks the primary while the replica is dead, and the replica again when it is back', async () => {
  killServer('replica');

  const ann = await keyturn.aPerson();
  const without = [await isListed(0, ann), await isListed(1, ann)];
  await startServer('replica');
  await sql('replica', 'STOP SLAVE');
  const bob = await keyturn.aPerson();
  await until(async () => !(await isListed(0, bob)));
  const back = await isListed(0, bob);
  await sql('replica', 'START SLAVE');
  await until(() => isListed(0, bob));

  expect(without).toEqual([true, true]);
  expect(back).toBe(false);
  expect(await isListed(0, bob)).toBe(true);
  expect(keyturn.faults()).toEqual([]);
});
