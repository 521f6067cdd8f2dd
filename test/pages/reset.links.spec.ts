import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';
import { atTheResetForm, isAlive, linkFor, opensWith, PAGE_HEADERS, type AtTheForm } from './links.js';
import { comparable, said, Visitor } from './visitor.js';

const INVALID =
  'This link does not work any more It has been used, has expired, or is not complete. Have a new one sent to you. Get a new link';
const UNKNOWN_SECRET = 'aB3'.repeat(11).slice(0, 32);

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

const atTheForm = (): Promise<AtTheForm> => atTheResetForm(app);

const opened = (link: string): Promise<Answer> => new Visitor(app).open(link);

describe('a link that does not work', () => {
  const deaths: Readonly<Record<string, (start: AtTheForm) => Promise<unknown>>> = {
    expired: async ({ visitor, link }) => {
      app.clock.advance(3600 - 1);
      expect((await visitor.open(link)).status).toBe(200);
      app.clock.advance(1);
    },
    used: async ({ link }) => isAlive(app, link),
    'superseded by two younger ones': async ({ ann }) => {
      for (const way of ['page', 'adobe'] as const) {
        app.clock.advance(61);
        await linkFor(app, ann, way);
      }
    },
    'void, for a younger one was used': async ({ ann }) => {
      app.clock.advance(61);
      await isAlive(app, (await linkFor(app, ann)).link);
    },
    'void, for the password was changed': async ({ ann }) => {
      const authorization = `Bearer ${await app.signedIn(ann)}`;
      const change = `mutation{changeCustomerPassword(currentPassword:"${ann.password}",newPassword:"by hand alone"){email}}`;
      expect((await app.adobe(change, {}, { authorization })).body.errors).toBeUndefined();
    },
  }; // prettier-ignore

  it.each(Object.entries(deaths))(
    'is the one page for such links, and so is its open form: %s (SEC-29)',
    async (_name, die) => {
      const start = await atTheForm();
      const reference = await opened('/account/reset');

      await die(start);
      const again = await opened(start.link);
      const sent = await start.visitor.send({ password: 'too late for me' });

      expect([again, sent].map(comparable)).toEqual([reference, reference].map(comparable));
      expect([reference.status, said(reference)]).toEqual([404, INVALID]);
      expect(reference.headers).toMatchObject(PAGE_HEADERS);
      expect(await opensWith(app, start.ann, 'too late for me')).toBe(false);
    },
  );

  it('keeps the two youngest of three alive until one of them is used', async () => {
    const ann = await app.aCustomer();
    const links: string[] = [];
    for (let at = 0; at < 3; at += 1) {
      app.clock.advance(61);
      links.push((await linkFor(app, ann)).link);
    }

    const looks = [];
    for (const link of links) looks.push((await opened(link)).status);
    const [, second = '', third = ''] = links;
    const spent = await isAlive(app, second);

    expect(looks).toEqual([404, 200, 200]);
    expect([spent, await isAlive(app, third)]).toEqual([true, false]);
  });

  const manglings: Readonly<Record<string, (start: AtTheForm, other: TestCustomer) => string>> = {
    'a secret that nobody was given': ({ ann }) => `/account/reset/${ann.number}/${UNKNOWN_SECRET}`,
    'a secret that nobody was given, in the other form': () => `/customer/account/createPassword/?token=${UNKNOWN_SECRET}`,
    "another's number (SEC-31)": ({ secret }, { number }) => `/account/reset/${number}/${secret}`,
    'a number that nobody has': ({ secret }) => `/account/reset/1/${secret}`,
    'no number': ({ secret }) => `/account/reset/0/${secret}`,
    'a number with a zero in front': ({ ann, secret }) => `/account/reset/0${ann.number}/${secret}`,
    'a number with a fraction': ({ ann, secret }) => `/account/reset/${ann.number}.0/${secret}`,
    'the internal id': ({ ann, secret }) => `/account/reset/${ann.id}/${secret}`,
    'a secret that was cut': ({ link }) => link.slice(0, -1),
    'a secret with something behind it': ({ link }) => `${link}.`,
    'a secret with a line break behind it': ({ link }) => `${link}%0A`,
    'a secret with a NUL behind it': ({ link }) => `${link}%00`,
    'a secret in other letters': ({ ann, secret }) =>
      `/account/reset/${ann.number}/${secret.replace(/[a-z]/gi, (one) => (one < 'a' ? one.toLowerCase() : one.toUpperCase()))}`,
    'a secret as long as a page': ({ link }) => `${link}${'a'.repeat(4000)}`,
    'a number as long as a page': ({ secret }) => `/account/reset/${'1'.repeat(4000)}/${secret}`,
    'one part too many': ({ link }) => `${link}/more`,
    'one part too few': ({ ann }) => `/account/reset/${ann.number}`,
    'markup': () => '/account/reset/1/%3Cscript%3Ealert(1)%3C%2Fscript%3E',
    'no secret': () => '/customer/account/createPassword/',
    'an empty secret': () => '/customer/account/createPassword/?token=',
    'the secret twice (SEC-1)': ({ secret }) => `/customer/account/createPassword/?token=${secret}&token=${secret}`,
    'the secret as a list (SEC-1)': ({ secret }) => `/customer/account/createPassword/?token[]=${secret}`,
    'a secret as long as a mail, in the other form': ({ secret }) => `/customer/account/createPassword/?token=${secret.repeat(300)}`,
  }; // prettier-ignore

  it.each(Object.entries(manglings))('is the same page, and spends nothing: %s', async (_name, mangle) => {
    const start = await atTheForm();
    const visitor = start.visitor;

    const answer = await visitor.open(mangle(start, await app.aCustomer()));

    expect(visitor.path.slice(1)).toEqual(['/account/reset']);
    expect([answer.status, said(answer)]).toEqual([404, INVALID]);
    expect(comparable(answer)).toEqual(comparable(await opened('/account/reset')));
    expect(await isAlive(app, start.link)).toBe(true);
  });

  it('leads to the form that asks for a new one', async () => {
    const visitor = new Visitor(app);
    const { text } = await visitor.open('/account/reset');

    const [, href = 'none'] = /<a class="button" href="([^"]*)">Get a new link</.exec(text) ?? [];
    const form = await visitor.open(href.replace('&#x3D;', '='));

    expect(said(form)).toMatch(/^Forgot your password\?/);
  });

  it('works all the same when something was hung on for statistics', async () => {
    const { link } = await atTheForm();
    const { secret } = await atTheForm();

    expect(await isAlive(app, `${link}?utm_source=mail&token=x`)).toBe(true);
    expect(await isAlive(app, `/customer/account/createPassword/?utm_source=mail&token=${secret}&id=1`)).toBe(true);
  });
});
