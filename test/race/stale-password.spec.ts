import { PasswordHasher } from '../../libs/password-hash/src/index.js';
import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';

const ASK = 'mutation($e:String!){requestPasswordResetEmail(email:$e)}';
const RESET =
  'mutation($e:String!,$t:String!,$p:String!){resetPassword(email:$e,resetPasswordToken:$t,newPassword:$p)}';
const SIGN_IN = 'mutation($e:String!,$p:String!){generateCustomerToken(email:$e,password:$p){token}}';
const CHANGE = 'mutation($o:String!,$p:String!){changeCustomerPassword(currentPassword:$o,newPassword:$p){id}}';
const NEW = 'a whole new password';

let app: TestApp;
let networks = 0;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
});

afterEach(() => jest.restoreAllMocks());

afterAll(() => app.stop());

/** A step of the hasher that has done its work and does not return until it is let go. */
interface Held {
  readonly reached: Promise<void>;
  readonly letGo: () => void;
}

/** Holds the next call of the hasher that is about this password. */
function hold(step: 'hash' | 'verify', password: string): Held {
  const hasher = app.get(PasswordHasher);
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  let arrive = (): void => undefined;
  const reached = new Promise<void>((resolve) => (arrive = resolve));
  const pass = async <T>(work: Promise<T>, isHeld: boolean): Promise<T> => {
    const result = await work;
    if (isHeld) arrive();
    if (isHeld) await gate;
    return result;
  };
  let held = false;
  const first = (given: string): boolean => given === password && !held && (held = true);
  const [hash, verify] = [hasher.hash.bind(hasher), hasher.verify.bind(hasher)];
  if (step === 'hash') jest.spyOn(hasher, 'hash').mockImplementation((given) => pass(hash(given), first(given)));
  else {
    jest.spyOn(hasher, 'verify').mockImplementation((stored, given) => pass(verify(stored, given), first(given)));
  }
  return { reached, letGo };
}

const signIn = ({ email }: TestCustomer, p: string): Promise<Answer> =>
  app.adobe(SIGN_IN, { e: email, p }, {}, `10.0.${(networks += 1)}.1`);

async function reset({ email }: TestCustomer, password = NEW): Promise<Answer> {
  await app.adobe(ASK, { e: email });
  const { secret } = await app.lastMail(email);
  return app.adobe(RESET, { e: email, t: secret, p: password });
}

it('lets nobody in with the old password while a reset sets another (SEC-52)', async () => {
  const ann = await app.aCustomer();
  const { reached, letGo } = hold('verify', ann.password);

  const stale = signIn(ann, ann.password);
  await reached;
  const finished = await reset(ann);
  letGo();

  expect(finished.body).toEqual({ data: { resetPassword: true } });
  expect((await stale).body.data).toEqual({ generateCustomerToken: null });
  expect((await signIn(ann, NEW)).body.data.generateCustomerToken.token).toEqual(expect.any(String));
});

it('keeps the password of a reset over a change that proved the old one (SEC-26)', async () => {
  const ann = await app.aCustomer();
  const authorization = `Bearer ${await app.signedIn(ann)}`;
  const { reached, letGo } = hold('hash', 'the password of a thief');

  const change = app.adobe(CHANGE, { o: ann.password, p: 'the password of a thief' }, { authorization });
  await reached;
  await reset(ann);
  letGo();

  expect((await change).body.data).toEqual({ changeCustomerPassword: null });
  expect((await signIn(ann, 'the password of a thief')).body.data.generateCustomerToken).toBeNull();
  expect((await signIn(ann, NEW)).body.data.generateCustomerToken.token).toEqual(expect.any(String));
});

it('spends no link when the password has been changed while the new one was hashed (SEC-26)', async () => {
  const ann = await app.aCustomer();
  const authorization = `Bearer ${await app.signedIn(ann)}`;
  const { reached, letGo } = hold('hash', NEW);

  const late = reset(ann);
  await reached;
  const changed = await app.adobe(CHANGE, { o: ann.password, p: 'a password of her own' }, { authorization });
  letGo();

  expect(changed.body.errors).toBeUndefined();
  expect((await late).body.data).toEqual({ resetPassword: null });
  expect((await signIn(ann, 'a password of her own')).body.data.generateCustomerToken.token).toEqual(
    expect.any(String),
  );
});

it('refuses a right password that was compared while guesses locked the account (SEC-41)', async () => {
  const ann = await app.aCustomer();
  const { reached, letGo } = hold('verify', ann.password);

  const right = signIn(ann, ann.password);
  await reached;
  await Promise.all(Array.from({ length: 10 }, (_, at) => signIn(ann, `wrong ${at}`)));
  letGo();

  expect((await right).body.data).toEqual({ generateCustomerToken: null });
  const { body } = await app.admin('GET', `/customers/${ann.number}`);
  expect(body.lockedUntil).not.toBeNull();
});

it('changes the row with every sign-in, also within one millisecond, for clusters compare nothing else (SEC-52)', async () => {
  const ann = await app.aCustomer();
  const stamps: unknown[] = [];

  for (let round = 0; round < 3; round += 1) {
    await signIn(ann, ann.password);
    const { body } = await app.admin('GET', `/customers/${ann.number}`);
    stamps.push(new Date(body.lastSignInAt).getTime() - app.clock.now().getTime());
  }

  expect(stamps).toEqual([0, 1, 0]);
});
