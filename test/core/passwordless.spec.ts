import { TestApp } from '../support/test-app.js';
import { signIns } from '../wires/doors.js';

const TRIES = ['', '0', 'null', 'undefined', ' ', 'correct horse battery'];

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
});

afterAll(() => app.stop());

it.each(signIns)('$name opens no account that has no password, whatever is given (SEC-23)', async ({ knock }) => {
  const [bare, owned] = [await app.aCustomer({ password: null, state: 'enabled' }), await app.aCustomer()];
  const texts: string[] = [];

  for (const password of TRIES) texts.push((await knock(app, bare.email, password)).text);
  const opened = (await knock(app, owned.email, owned.password)).text;

  expect(opened).toMatch(HOLDS_TOKEN);
  expect(texts.filter((text) => HOLDS_TOKEN.test(text))).toEqual([]);
});

/** A JWT, or a token of Shopify's. */
const HOLDS_TOKEN = /\.[\w-]{40,}\.|"accessToken":"[\w-]/;
