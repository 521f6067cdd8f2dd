import type { TestApp, TestCustomer } from '../support/test-app.js';
import { Visitor } from './visitor.js';

export const NEW_PASSWORD = 'four words of my own';

/** What every hosted page has (SEC-8, SEC-88). */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
};

/** The same of a page that estimates the strength of a password. */
export const PASSWORD_PAGE_HEADERS = {
  ...PAGE_HEADERS,
  'content-security-policy': PAGE_HEADERS['content-security-policy'].replace(';', "; script-src 'self';"),
};

/** Bodies that no form sends (SEC-5), each with both fields that the forms have. */
export function foreignBodies(csrf: string, field: string, value: string): readonly (readonly [string, string])[] {
  const fields = new URLSearchParams({ csrf, [field]: value }).toString();
  const part = (name: string, text: string): string =>
    `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`;
  return [
    ['application/json', JSON.stringify({ csrf, [field]: value })],
    ['application/json; charset=utf-8', JSON.stringify({ csrf, [field]: value })],
    ['application/vnd.api+json', JSON.stringify({ csrf, [field]: value })],
    ['text/plain', fields],
    ['multipart/form-data; boundary=x', `${part('csrf', csrf)}${part(field, value)}--x--\r\n`],
    ['application/x-www-form-urlencodedd', fields],
  ];
}

/** How a reset can be asked for; each way mails its own form of link. */
export type Way = 'page' | 'adobe';

/** The link and secret that are mailed to a customer who asks for a reset. */
export async function linkFor(
  app: TestApp,
  { email }: Pick<TestCustomer, 'email'>,
  way: Way = 'page',
): Promise<{ readonly link: string; readonly secret: string }> {
  const visitor = new Visitor(app);
  if (way === 'page') {
    await visitor.open('/account/recover');
    await visitor.send({ email });
  } else {
    await app.adobe('mutation($e:String!){requestPasswordResetEmail(email:$e)}', { e: email }, {}, visitor.from);
  }
  const { link, secret } = await app.lastMail(email);
  if (secret === '') throw new Error(`no link was mailed: ${visitor.page.text}`);
  return { link, secret };
}

/** Whether a customer can sign in with a password. */
export async function opensWith(
  app: TestApp,
  { email }: Pick<TestCustomer, 'email'>,
  password: string,
): Promise<boolean> {
  const { body } = await app.adobe(
    'mutation($e:String!,$p:String!){generateCustomerToken(email:$e,password:$p){token}}',
    { e: email, p: password },
    {},
    new Visitor(app).from,
  );
  return typeof body.data.generateCustomerToken?.token === 'string';
}

/** Ten wrong passwords in a row, as slowly as the limit on a name wants it. The lock lasts ten minutes (SEC-41). */
export async function lock(app: TestApp, customer: TestCustomer): Promise<void> {
  for (let at = 0; at < 10; at += 1) {
    if (at === 5) app.clock.advance(3600);
    await opensWith(app, customer, `wrong ${at}`);
  }
  const { body } = await app.admin('GET', `/customers/${customer.number}`);
  if (body.lockedUntil === null) throw new Error('the account is not locked');
}

/** A customer who has asked for a reset, and a visitor who has opened the mailed link. */
export interface AtTheForm {
  readonly ann: TestCustomer;
  readonly visitor: Visitor;
  readonly link: string;
  readonly secret: string;
}

export async function atTheResetForm(app: TestApp, way: Way = 'page'): Promise<AtTheForm> {
  const ann = await app.aCustomer();
  const { link, secret } = await linkFor(app, ann, way);
  const visitor = new Visitor(app);
  await visitor.open(link);
  return { ann, visitor, link, secret };
}

/** Whether a link can still be spent, tried by spending it. */
export async function isAlive(app: TestApp, link: string): Promise<boolean> {
  const visitor = new Visitor(app);
  const form = await visitor.open(link);
  return form.status === 200 && (await visitor.send({ password: NEW_PASSWORD })).status === 200;
}
