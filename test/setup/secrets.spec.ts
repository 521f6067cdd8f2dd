import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { demoSetup } from '../../src/store/index.js';
import { TestApp } from '../support/test-app.js';
import { allRows } from './tables.js';

/** What the demo setup names beside its secrets. */
const NAMES = ['demo-admin', 'demo-integration', 'demo-sales-channel', 'demo-cg-access'];
const SECRETS = [...(JSON.stringify(demoSetup).match(/demo-[\w-]+/g) ?? []), 'roni_cost3@example.com'].filter(
  (text) => !NAMES.includes(text),
);

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

it('keeps no secret in clear in any table: not of the setup, nor what follows from it (SEC-21, SEC-25, SEC-48, SEC-84)', async () => {
  const ann = await app.aCustomer({ password: 'a secret of ann' });
  const token = await app.signedIn(ann);
  await app.adobe('mutation($e:String!){requestPasswordResetEmail(email:$e)}', { e: ann.email });
  const { secret } = await app.lastMail(ann.email);
  const keys = String(process.env['KEYS_DIR']);
  const files = [join(dirname(keys), 'secret.key'), ...readdirSync(keys).map((file) => join(keys, file))];
  const contents = files.map(
    (file) => readFileSync(file, 'latin1').trim().split('\n')[1] ?? readFileSync(file, 'latin1'),
  );

  const dump = Object.values(await allRows(app))
    .flat()
    .join('\n');
  const found = [...SECRETS, ann.password, token, secret, ...contents].filter((one) =>
    [one, Buffer.from(one).toString('base64'), Buffer.from(one).toString('hex')].some((form) => dump.includes(form)),
  );

  expect(SECRETS).toHaveLength(10);
  expect(dump).toContain(ann.email);
  expect(contents.length).toBeGreaterThanOrEqual(2); // SECRET_KEY and the signing keys, which test files of one run share
  expect(found).toEqual([]);
});
