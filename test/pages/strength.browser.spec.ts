import type { Page } from 'playwright-core';
import { freePort } from '../support/free-port.js';
import { TestApp } from '../support/test-app.js';
import { TestBrowser } from './browser.js';
import { linkFor } from './links.js';

jest.setTimeout(60_000);

const SCRIPT = /^\/assets\/strength-[0-9a-f]{16}\.js$/;
const WORDS = /^\/assets\/strength-words-[0-9a-f]{16}\.js$/;
/** The shop's own name is no strong password there. */
const LEVELS: readonly (readonly [string, RegExp, number])[] = [
  ['Password1', /^Very weak/, 1],
  ['demo store 2026', /^Fair/, 3],
  ['roses mondays', /^Strong\.$/, 4],
  ['four words of my own', /^Very strong\.$/, 5],
];
const LANGUAGES: readonly (readonly [string, RegExp])[] = [
  ['en', /^Very weak/],
  ['de', /^Sehr schwach/],
  ['fr', /^Très faible/],
  ['es', /^Muy débil/],
  ['it', /^Molto debole/],
  ['nl', /^Zeer zwak/],
  ['pt', /^Muito fraca/],
];

let app: TestApp;
let base: string;
let browser: TestBrowser;
let page: Page;

beforeAll(async () => {
  app = await TestApp.startOwn({ NODE_ENV: 'development', PUBLIC_URL: `http://127.0.0.1:${await freePort()}` });
  base = await app.listen();
  browser = await TestBrowser.start('strength', { javaScriptEnabled: true });
  ({ page } = browser);
});

afterAll(async () => {
  await browser.stop();
  await app.stop();
});

beforeEach(() => {
  browser.requested.length = 0;
  browser.complaints.length = 0;
});

const requested = (): string[] => browser.requested.map((url) => url.replace(base, ''));
const told = () => page.getByRole('status');

async function atTheForm(): Promise<void> {
  const { link } = await linkFor(app, await app.aCustomer());
  await page.goto(link);
}

it('tells how strong a password is, in words and with a bar, by scripts of this service alone (SEC-88)', async () => {
  await atTheForm();
  expect(requested().filter((path) => WORDS.test(path))).toEqual([]); // not before the field is entered
  expect(await told().innerText()).toBe('');
  expect(await page.locator('meter').isVisible()).toBe(false);

  const bar = page.locator('meter');
  for (const [password, text, value] of LEVELS) {
    await page.getByLabel('New password').fill(password);
    await told().filter({ hasText: text }).waitFor();
    expect(await bar.evaluate((meter) => Number(Reflect.get(meter, 'value')))).toBe(value);
    await browser.picture(`21-strength-${String(value)}`);
  }
  await page.getByLabel('New password').fill('');
  await told().filter({ hasText: /^$/ }).waitFor({ state: 'attached' });
  expect(await bar.isVisible()).toBe(false);

  expect(requested().filter((path) => SCRIPT.test(path))).toHaveLength(1);
  expect(requested().filter((path) => WORDS.test(path))).toHaveLength(1);
  expect(browser.requested.filter((url) => !url.startsWith(`${base}/`))).toEqual([]);
  expect(browser.complaints).toEqual([]);
});

it('stands aside when its dictionary does not come, and the password is set all the same', async () => {
  await page.route('**/assets/strength-words-*', (route) => route.abort());
  await atTheForm();
  const failed = page.waitForEvent('requestfailed');
  await page.getByLabel('New password').fill('four words of my own');
  await failed;
  expect(await told().innerText()).toBe('');
  await page.getByRole('button', { name: 'Save the password' }).click();
  await page.getByRole('heading', { level: 1 }).getByText('Your password is changed').waitFor();
  await page.unroute('**/assets/strength-words-*');
});

it.each(LANGUAGES)('speaks the language of the shop: %s', async (locale, text) => {
  await app.setUp({
    stores: [{ code: `shop-${locale}`, name: 'Shop', locale, mailFrom: 'hi@shop.example', storefrontUrl: base }],
  });
  const ann = await app.aCustomer();
  await page.goto(`${base}/account/recover?store=shop-${locale}`);
  await page.locator('#email').fill(ann.email);
  await page.locator('button').click();
  await page.locator('h1').waitFor();
  await page.goto((await app.lastMail(ann.email)).link);
  await page.emulateMedia({ colorScheme: locale === 'de' ? 'dark' : 'light' });
  await page.locator('#password').fill('password');

  await told().filter({ hasText: text }).waitFor();
  if (locale === 'de') await browser.picture('22-strength-dark');
  expect(await page.locator('html').getAttribute('lang')).toBe(locale);
  expect(await browser.overflowAt(320)).toBe(0);
});

it('serves scripts that keep for a year, packed for who takes that, and no other name', async () => {
  const { link } = await linkFor(app, await app.aCustomer());
  await page.goto(link);
  const html = await page.content();
  const script = /<script src="([^"]+)"/.exec(html)?.[1] ?? '';
  const words = /data-words="([^"]+)"/.exec(html)?.[1] ?? '';
  for (const url of [script, words]) {
    const packed = await fetch(base + url, { headers: { 'accept-encoding': 'gzip' } });
    const plain = await app.request({ url, headers: { 'accept-encoding': 'gzip;q=0, br' } });
    const raw = await app.request({ url });

    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(await packed.text()).toBe(plain.text);
    expect(plain.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
      'x-content-type-options': 'nosniff',
    });
    expect(plain.headers).not.toHaveProperty('content-encoding');
    expect(raw.text).toBe(plain.text);
    expect((await app.request({ url: url.replace('.js', '0.js') })).status).toBe(404);
  }
});
