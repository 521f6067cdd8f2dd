import { MailWorker } from '../../src/mail/index.js';
import { TestApp, type Answer } from '../support/test-app.js';

const HOUR = 3600;
const WHO = '{customer{email}}';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
});

afterAll(() => app.stop());

const signIn = (email: string, password: string): Promise<Answer> =>
  app.adobe('mutation($e:String!,$p:String!){generateCustomerToken(email:$e,password:$p){token}}', {
    e: email,
    p: password,
  });

const isIn = async (token: string): Promise<boolean> =>
  (await app.adobe(WHO, {}, { authorization: `Bearer ${token}` })).body.data?.customer?.email !== undefined;

async function canSignIn(email: string, password: string): Promise<boolean> {
  return typeof (await signIn(email, password)).body.data?.generateCustomerToken?.token === 'string';
}

it('keeps a lock for as long as the clock has jumped back, and no longer (SEC-41)', async () => {
  const ann = await app.aCustomer();
  for (let time = 0; time < 10; time += 1) await signIn(ann.email, 'a wrong password');

  app.clock.advance(-HOUR);
  const atOnce = await canSignIn(ann.email, ann.password);
  app.clock.advance(HOUR + 601);

  expect([atOnce, await canSignIn(ann.email, ann.password)]).toEqual([false, true]);
});

it('takes no token from the future, and takes it again when the time has come (SEC-49)', async () => {
  const ann = await app.aCustomer();
  const token = await app.signedIn(ann);

  app.clock.advance(-HOUR);
  const before = await isIn(token);
  app.clock.advance(HOUR);

  expect([before, await isIn(token)]).toEqual([false, true]);
});

it('sends at once what is queued after the clock has jumped back, and what was queued before when its time comes again', async () => {
  const [ann, bob] = [await app.aCustomer(), await app.aCustomer()];
  await app.get(MailWorker).idle();
  await app.get(MailWorker).beforeApplicationShutdown();
  await app.admin('POST', `/customers/${ann.number}/password-reset`);

  app.clock.advance(-HOUR);
  app.get(MailWorker).onApplicationBootstrap();
  await app.admin('POST', `/customers/${bob.number}/password-reset`);
  const early = [await app.mailsTo(ann.email), await app.mailsTo(bob.email)].map(({ length }) => length);
  app.clock.advance(HOUR);
  const late = [await app.mailsTo(ann.email), await app.mailsTo(bob.email)].map(({ length }) => length);

  expect([early, late]).toEqual([
    [0, 1],
    [1, 1],
  ]);
});

it('ends locks and sessions when the clock jumps forward, and nothing else', async () => {
  const ann = await app.aCustomer();
  const token = await app.signedIn(ann);
  for (let time = 0; time < 10; time += 1) await signIn(ann.email, 'a wrong password');

  app.clock.advance(30 * 24 * HOUR);

  expect([await isIn(token), await canSignIn(ann.email, ann.password)]).toEqual([false, true]);
});
