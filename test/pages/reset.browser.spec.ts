import type { Locator, Page } from 'playwright-core';
import { freePort } from '../support/free-port.js';
import { TestApp } from '../support/test-app.js';
import { TestBrowser } from './browser.js';

const RONI = 'roni_cost@example.com';
const NEW_PASSWORD = 'four words of my own';
/** Chromium notes in the console that a page came with such a status; that is no complaint about its content. */
const STATUS_NOTE = /^Failed to load resource: the server responded with a status of (403|404|422) /;

jest.setTimeout(60_000);

let app: TestApp;
let base: string;

beforeAll(async () => {
  app = await TestApp.startOwn({ NODE_ENV: 'development', PUBLIC_URL: `http://127.0.0.1:${await freePort()}` });
  base = await app.listen();
});

afterAll(() => app.stop());

const heading = (page: Page): Locator => page.getByRole('heading', { level: 1 });

/** What every page must be: in a language, titled, no wider than a small phone, each field with its label. */
async function expectAccessible(browser: TestBrowser, lang = 'en'): Promise<void> {
  const { page } = browser;
  expect(await page.locator('html').getAttribute('lang')).toBe(lang);
  expect(await page.title()).toContain(await heading(page).innerText());
  expect(await browser.overflowAt(320)).toBe(0);
  for (const field of await page.locator('input:not([type=hidden])').all()) {
    const id = await field.getAttribute('id');
    expect(await page.locator(`label[for="${String(id)}"]`).count()).toBe(1);
    for (const described of (await field.getAttribute('aria-describedby'))?.split(' ') ?? []) {
      expect(await page.locator(`#${described}`).innerText()).not.toBe('');
    }
  }
}

/** Nobody else was asked for anything, and no policy stopped what a page wants (SEC-88). */
function expectAtHome(browser: TestBrowser, isExpected = (_complaint: string): boolean => false): void {
  const requested = browser.requested.splice(0);
  const complaints = browser.complaints.splice(0);

  expect(requested).not.toEqual([]);
  expect(requested.filter((url) => new URL(url).origin !== base)).toEqual([]);
  expect(complaints.filter((text) => !isExpected(text))).toEqual([]);
}

describe('a person with a browser that runs no scripts', () => {
  let browser: TestBrowser;
  let page: Page;

  beforeAll(async () => {
    browser = await TestBrowser.start('no-scripts', { javaScriptEnabled: false });
    ({ page } = browser);
  });

  afterEach(() => {
    expectAtHome(browser, (complaint) => STATUS_NOTE.test(complaint));
  });

  afterAll(() => browser.stop());

  /** Waits for the page of that title, looks at it closely and takes pictures. */
  async function arriveAt(title: string, picture: string): Promise<void> {
    await heading(page).getByText(title, { exact: true }).waitFor();
    await browser.picture(picture);
    await expectAccessible(browser);
  }

  /** What the address bar, the page and its source tell. */
  const shown = async (): Promise<string> => `${page.url()} ${await page.title()} ${await page.content()}`;

  it('gets from the landing page to a new password, and the link works once', async () => {
    await page.goto(base);
    await arriveAt('Customer accounts and password recovery', '1-landing');
    await page.getByRole('link', { name: 'Forgot your password', exact: true }).click();

    await arriveAt('Forgot your password?', '2-recover');
    expect(await browser.tabStops()).toEqual(['E-mail address', 'Send the link']);
    await page.getByLabel('E-mail address').fill(RONI);
    await page.keyboard.press('Enter');

    await arriveAt('Check your mail', '3-sent');
    await page.goto(`${base}/dev/mailbox`);
    await arriveAt('Mailbox', '4-mailbox');
    await page.getByRole('link', { name: 'Choose a new password for Demo Store' }).click();

    await arriveAt('Choose a new password for Demo Store', '5-mail');
    const mailed = page.getByRole('link', { name: `${base}/account/reset/` });
    const link = await mailed.innerText();
    const secret = link.split('/').at(-1) ?? 'none';
    await mailed.click();

    await arriveAt('Choose a new password', '6-reset');
    expect(page.url()).toBe(`${base}/account/reset`);
    expect(await shown()).not.toContain(secret);
    expect(await browser.tabStops()).toEqual(['New password', 'Save the password']);
    const field = page.getByLabel('New password');
    await field.fill('short');
    expect(await page.locator('input:invalid').count()).toBe(1); // the browser would not send it
    await page.evaluate('document.forms[0].noValidate = true');
    await page.keyboard.press('Enter');

    await page.getByRole('alert').waitFor();
    await arriveAt('Choose a new password', '7-refused');
    expect(await page.getByRole('alert').innerText()).toBe(
      'This password is too short. It needs at least 8 characters.',
    );
    expect(await field.inputValue()).toBe('');
    await field.fill(NEW_PASSWORD);
    await page.getByRole('button', { name: 'Save the password' }).click();

    await arriveAt('Your password is changed', '8-done');
    expect(await shown()).not.toMatch(new RegExp(`${secret}|${NEW_PASSWORD}`));
    expect(await browser.cookies).toEqual([]);

    await page.reload(); // sends the form once more
    await arriveAt('This form has expired', '9-sent-again');
    await expect(page.goBack()).rejects.toThrow('ERR_CACHE_MISS'); // the answer to a form is not kept
    expect(await shown()).not.toMatch(new RegExp(`${secret}|${NEW_PASSWORD}|short`));
    await page.goBack();
    await arriveAt('This link does not work any more', '10-back');
    expect(await shown()).not.toContain(secret);
    await page.goto(link);
    await arriveAt('This link does not work any more', '11-invalid');
    expect(page.url()).toBe(`${base}/account/reset`);
    expect(await browser.tabStops()).toEqual(['Get a new link']);
    expect(await app.signedIn({ email: RONI, password: NEW_PASSWORD, number: 0, id: 0 })).toContain('.');
  });
});

describe('a person with scripts', () => {
  let browser: TestBrowser;
  let page: Page;

  beforeAll(async () => {
    browser = await TestBrowser.start('scripts', { javaScriptEnabled: true });
    ({ page } = browser);
  });

  afterEach(() => {
    expectAtHome(browser);
  });

  afterAll(() => browser.stop());

  it('tries a query in GraphiQL', async () => {
    await page.setViewportSize({ width: 1200, height: 800 });
    await page.goto(base);
    await page.getByRole('link', { name: 'GraphiQL for Adobe Commerce' }).click();

    await page.locator('.graphiql-query-editor .CodeMirror').click();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('{isEmailAvailable(email:"a@b.co"){is_email_available}}');
    await page.getByRole('button', { name: 'Execute query' }).click();
    await page.locator('.result-window').getByText('is_email_available').waitFor();
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.locator('.graphiql-doc-explorer-content').getByText('Query', { exact: true }).first().waitFor();

    await browser.picture('12-graphiql');
    const answer = (await page.locator('.result-window').innerText()).replace(/[^{}":\w]/g, '');
    expect(answer).toContain('{"data":{"isEmailAvailable":{"is_email_available":true}}}');
  });

  it('opens the link in the HTML part of a mail', async () => {
    const ann = await app.aCustomer();
    await page.goto(`${base}/account/recover`);
    await page.getByLabel('E-mail address').fill(ann.email);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await heading(page).getByText('Check your mail').waitFor();

    await page.goto(`${base}/dev/mailbox/${(await app.lastMail(ann.email)).id}`);
    await page.getByRole('link', { name: 'HTML part' }).click();
    await browser.picture('13-mail-html');
    await page.getByRole('link', { name: `${base}/account/reset/` }).click();
    await page.getByLabel('New password').fill(NEW_PASSWORD);
    await page.getByRole('button', { name: 'Save the password' }).click();

    await heading(page).getByText('Your password is changed').waitFor();
    expect(await app.signedIn({ ...ann, password: NEW_PASSWORD })).toContain('.');
  });

  it('comes from an invitation to an account', async () => {
    const ann = await app.aCustomer({ password: null, state: 'disabled' });
    await app.admin('POST', `/customers/${ann.number}/invite`);
    const { id, secret } = await app.lastMail(ann.email);
    await page.goto(`${base}/dev/mailbox/${id}`);
    await page.getByRole('link', { name: 'HTML part' }).click();
    await browser.picture('14-invitation-html');
    await page.getByRole('link', { name: `${base}/account/activate/` }).click();

    await heading(page).getByText('Activate your account').waitFor();
    await browser.picture('15-activate');
    await expectAccessible(browser);
    expect(page.url()).toBe(`${base}/account/activate`);
    expect(await page.content()).not.toContain(secret);
    expect(await browser.tabStops()).toEqual(['Password', 'Activate the account']);
    await page.getByLabel('Password').fill(NEW_PASSWORD);
    await page.keyboard.press('Enter');

    await heading(page).getByText('Your account is active').waitFor();
    await browser.picture('16-activated');
    await expectAccessible(browser);
    expect(await app.signedIn({ ...ann, password: NEW_PASSWORD })).toContain('.');
  });

  it('confirms an address by a link that holds more than one parameter', async () => {
    const ann = await app.aCustomer({ emailConfirmed: false });
    await app.adobe('mutation($e:String!){resendConfirmationEmail(email:$e)}', { e: ann.email });
    const { id, secret } = await app.lastMail(ann.email);
    await page.goto(`${base}/dev/mailbox/${id}`);
    await page.getByRole('link', { name: 'HTML part' }).click();
    await browser.picture('18-confirmation-html');
    await page.getByRole('link', { name: `${base}/customer/account/confirm/` }).click();

    await heading(page).getByText('Confirm your address').waitFor();
    await browser.picture('19-confirm');
    await expectAccessible(browser);
    expect(page.url()).toBe(`${base}/account/confirm`);
    expect(await page.content()).not.toContain(secret);
    expect(await browser.tabStops()).toEqual(['Confirm the address']);
    await page.getByRole('button', { name: 'Confirm the address' }).press('Enter');

    await heading(page).getByText('Your address is confirmed').waitFor();
    await browser.picture('20-confirmed');
    await expectAccessible(browser);
    expect(await app.signedIn(ann)).toContain('.');
  });

  it('is asked in the language of the shop', async () => {
    await app.setUp({
      stores: [{ code: 'shop-de', name: 'Müllers Laden', locale: 'de', mailFrom: 'hallo@laden.example' }],
    });

    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(`${base}/account/recover?store=shop-de`);
    await browser.picture('17-dark-recover');

    await expectAccessible(browser, 'de');
    expect(await browser.tabStops()).toEqual(['E-Mail-Adresse', 'Link senden']);
  });
});
