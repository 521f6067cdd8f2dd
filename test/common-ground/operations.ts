import type { Answer, TestApp, TestCustomer } from '../support/test-app.js';

type Headers = Record<string, string>;

export const KEY = { authorization: 'Bearer demo-cg-secret' };

/** A second store of the default realm: plain passwords, long sessions, a key and a storefront of its own. */
export const CRATE = {
  code: 'crate',
  name: 'Blue Crate',
  storefrontUrl: 'https://www.blue-crate.test',
  mailFrom: 'Blue Crate <hello@blue-crate.test>',
  commonGround: {
    keys: [{ accessKey: 'crate-access', secretKey: 'crate-secret-key' }],
    passwordEncoding: 'plain',
    sessionDays: 90,
  },
};
export const AT_CRATE = { 'commonground-origin': 'www.blue-crate.test' };
export const CRATE_KEY = { ...AT_CRATE, authorization: 'Bearer crate-secret-key' };

export const START =
  'mutation($e:String!){userBuyerCreatePasswordToken(email:$e){_id email active accountCreated ' +
  'verification{status token date} type}}';
export const ASK = 'mutation($e:String!){userCreatePasswordToken(email:$e)}';
export const SESSION = 'query($t:String!){userPasswordSession(token:$t){_id firstName email addresses{city}}}';
export const RESET = 'mutation($p:String!,$t:String!){userPasswordReset(password:$p,token:$t)}';
export const LOGIN =
  'mutation($e:String!,$p:String!){login(email:$e,password:$p){session{_id jwt expires user{_id email}} ' +
  'sessionsCount checkout{_id}}}';
export const WHO = '{user{_id email telephone taxNumber organisation}}';

/** An operation of the admin surface, with the demo key unless told otherwise. */
export function atAdmin(app: TestApp, query: string, variables?: object, headers: Headers = {}): Promise<Answer> {
  return app.request({
    method: 'POST',
    url: '/cg/admin/graphql',
    headers: { ...KEY, ...headers },
    body: { query, variables },
  });
}

/** An operation of the client surface. */
export function atClient(app: TestApp, query: string, variables?: object, headers: Headers = {}): Promise<Answer> {
  return app.request({ method: 'POST', url: '/cg/client/graphql', headers, body: { query, variables } });
}

/** A login with both arguments in base64. */
export function logIn(app: TestApp, { email, password }: TestCustomer, headers: Headers = {}): Promise<Answer> {
  return atClient(app, LOGIN, { e: asBase64(email), p: asBase64(password) }, headers);
}

/** A buyer session's JWT, as a header. */
export async function sessionOf(app: TestApp, customer: TestCustomer, headers: Headers = {}): Promise<Headers> {
  const { body, text } = await logIn(app, customer, headers);
  const jwt: unknown = body.data?.login?.session?.jwt;
  if (typeof jwt !== 'string') throw new Error(`no session: ${text}`);
  return { ...headers, authorization: `Bearer ${jwt}` };
}

/** The secret of a reset that the buyer asked for. */
export async function mailedSecret(app: TestApp, { email }: TestCustomer, headers: Headers = {}): Promise<string> {
  await atClient(app, ASK, { e: email }, headers);
  return (await app.lastMail(email)).secret;
}

/** Ten wrong passwords in a row. */
export async function lock(app: TestApp, customer: TestCustomer): Promise<void> {
  for (let tries = 0; tries < 10; tries += 1) await logIn(app, { ...customer, password: 'not the password' });
}

/** The code, and what came with it, of an answer's only error. */
export function refusalOf({ body }: Answer): { readonly code: string; readonly reason?: string } {
  expect(body.errors).toHaveLength(1);
  const { extensions }: { extensions: { code: string; reason?: string } } = body.errors[0];
  return extensions;
}

export function asBase64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** Arguments that are no proper text. */
export const NO_TEXTS: readonly (readonly [string, unknown])[] = [
  ['a list', ['ann@example.com']],
  ['an object', { $gt: '' }],
  ['zero', 0],
  ['a fraction', 1.5],
  ['true', true],
  ['null', null],
  ['an empty text', ''],
  ['a NUL', '\u0000'],
  ['half a surrogate pair', '\ud800'],
  ['a NUL in an address', 'a\u0000@example.com'],
  ['SQL', "' OR 1=1 --"],
  ['5000 characters', 'x'.repeat(5000)],
  ['__proto__', '__proto__'],
];

export const REGISTER = `mutation($e:String!,$p:String!,$f:String!,$l:String!,$t:String,$c:Boolean,$a:[AddressInput!]){
  register(email:$e,password:$p,firstName:$f,lastName:$l,telephone:$t,withVerificationCode:$c,addresses:$a){
  user{_id id firstName lastName name email telephone taxNumber organisation isSubscribed addresses{city} preferences{preferredLanguage}}
  session{jwt} message}}`;
export const VERIFY =
  'mutation($t:String,$c:Int,$e:String){userVerify(token:$t,code:$c,email:$e){session{_id jwt expires user{_id email}} ' +
  'message checkout{_id}}}';

/** Somebody registers, with plain arguments unless told otherwise. */
export function register(app: TestApp, email: string, more: object = {}, headers: Headers = {}): Promise<Answer> {
  return atClient(app, REGISTER, { e: email, p: 'a good password', f: 'Ida', l: 'Berg', ...more }, headers);
}

/** What is the same whoever asks: status, headers but the date and the request's id, and the body but random ids. */
export function comparable({ status, headers, text }: Answer): unknown {
  const { date: _date, 'x-request-id': _id, ...rest } = headers;
  return { status, headers: rest, text: text.replace(/"[0-9a-f]{24}"/g, '"id"') };
}
