import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp, prepare } from '../../src/app.js';
import { createLog } from '../../src/common/log.js';
import { Schema } from '../../src/common/schema.js';
import { loadConfig } from '../../src/config/index.js';
import { demoSetup, loadSetup } from '../../src/store/index.js';
import { generateKey } from '../../src/token/key-ring.js';
import { emptyDatabase } from '../support/database.js';
import { TestApp } from '../support/test-app.js';
import { opensWith } from './links.js';
import { cookiesOf, encoded, said, Visitor } from './visitor.js';

const PUBLIC_URL = 'https://accounts.example';
const [STOREFRONT_TOKEN, APP_TOKEN, CG_KEY] = ['a-storefront-token', 'an-app-token-of-ours', 'a-secret-key-of-ours'];

/** Where each schema answers, with what, and documents in which a field, an argument, a member or a value is misspelt. */
const SCHEMAS: readonly (readonly [string, Record<string, string>, readonly string[]])[] = [
  [
    '/graphql',
    {},
    [
      '{isEmailAvailabel(email:"a@b.co"){is_email_available}}',
      '{isEmailAvailable(emial:"a@b.co"){is_email_available}}',
      'mutation{createCustomerV2(input:{email:"a@b.co",firstname:"A",lastnam:"B"}){customer{id}}}',
      'query($a:CustomerCreateInptu){customer{id}}',
    ],
  ],
  [
    '/api/2026-04/graphql.json',
    { 'x-shopify-storefront-access-token': STOREFRONT_TOKEN },
    [
      '{custome(customerAccessToken:"x"){id}}',
      '{customer(customerAccessTokn:"x"){id}}',
      'mutation{customerCreate(input:{email:"a@b.co",pasword:"x"}){customer{id}}}',
      'query($a:CustomerCreateInptu!){shop{name}}',
    ],
  ],
  [
    '/admin/api/2026-04/graphql.json',
    { 'x-shopify-access-token': APP_TOKEN },
    ['{custome(id:"x"){id}}', '{customers(frist:1){nodes{id}}}', '{customers(first:1,sortKey:CREATED){nodes{id}}}'],
  ],
  ['/cg/client/graphql', {}, ['{usre{_id}}', 'mutation{login(emial:"a@b.co",password:"x"){session{jwt}}}']],
  [
    '/cg/admin/graphql',
    { authorization: `Bearer ${CG_KEY}` },
    ['{usres{pagination{count}}}', 'mutation{userBuyerCreate(emial:"a@b.co"){_id}}'],
  ],
];

describe('an https address', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.startOwn({ PUBLIC_URL });
  });

  afterAll(() => app.stop());

  it('has cookies that only this host gets and only over TLS, and they do their work (SEC-56)', async () => {
    const ann = await app.aCustomer();
    const visitor = new Visitor(app);

    const asking = cookiesOf(await visitor.open('/account/recover'));
    const asked = cookiesOf(await visitor.send({ email: ann.email }));
    const { link } = await app.lastMail(ann.email);
    const choosing = cookiesOf(await visitor.request('GET', new URL(link).pathname));
    await visitor.open(link);
    const chosen = cookiesOf(await visitor.send({ password: 'four words of my own' }));

    expect(link).toMatch(/^https:\/\/accounts\.example\/account\/reset\//);
    const attributes = 'Path=/; HttpOnly; Secure; SameSite=Lax';
    expect(asking).toEqual([
      expect.stringMatching(`^__Host-keyturn-recover=[\\w-]{60,}; Max-Age=1800; ${attributes}$`),
    ]);
    expect(choosing).toEqual([
      expect.stringMatching(`^__Host-keyturn-reset=[\\w-]{100,}; Max-Age=1800; ${attributes}$`),
    ]);
    expect(asked).toEqual([
      expect.stringMatching(/^__Host-keyturn-recover=; Max-Age=0; Path=\/; .*HttpOnly; Secure; /),
    ]);
    expect(chosen).toEqual([expect.stringMatching(/^__Host-keyturn-reset=; Max-Age=0; Path=\/; .*HttpOnly; Secure; /)]);
    expect(await opensWith(app, ann, 'four words of my own')).toBe(true);
  });

  it('knows no cookie without the prefix, which another host of the domain could have set', async () => {
    const visitor = new Visitor(app);
    await visitor.open('/account/recover');
    const { csrf } = visitor;

    const [value = ''] = visitor.cookies.values();
    visitor.cookies.clear();
    visitor.cookies.set('keyturn-recover', value);
    const refused = await visitor.post('/account/recover', encoded({ csrf, email: 'nobody@example.com' }));

    expect(refused.status).toBe(403);
  });
});

describe('development with a setup and a mail server of its own', () => {
  let app: TestApp;

  beforeAll(async () => {
    const setupFile = join(process.env['TEST_FOLDER'] ?? '', 'own-setup.json');
    writeFileSync(setupFile, JSON.stringify(demoSetup));
    const env = { NODE_ENV: 'development', SETUP_FILE: setupFile, MAIL_URL: 'smtp://127.0.0.1:25' };
    app = await TestApp.startOwn(env);
  });

  afterAll(() => app.stop());

  it('neither shows credentials nor a mailbox, for there is none', async () => {
    const landing = await app.request({ url: '/' });
    const mailbox = await app.request({ url: '/dev/mailbox' });

    expect(said(landing)).toContain('You see this part because the environment is development');
    expect(landing.text).not.toMatch(/demo|mailbox|Try a reset/i);
    expect([mailbox.status, mailbox.body.title]).toEqual([404, 'Not Found']);
  });
});

describe('production', () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    const keysDir = join(process.env['TEST_FOLDER'] ?? '', 'production-keys');
    const setupFile = join(process.env['TEST_FOLDER'] ?? '', 'setup.json');
    const store = {
      code: 'default',
      name: 'Shop',
      mailFrom: 'hello@shop.example',
      storefrontUrl: PUBLIC_URL,
      adobe: {},
      shopify: { storefrontTokens: [{ token: STOREFRONT_TOKEN }], adminTokens: [APP_TOKEN] },
      commonGround: { keys: [{ accessKey: 'cg-access', secretKey: CG_KEY }] },
    };
    writeFileSync(setupFile, JSON.stringify({ realms: [{ code: 'default', stores: [store] }] }));
    generateKey(keysDir, new Date());
    await emptyDatabase();
    const config = loadConfig({
      ...process.env,
      NODE_ENV: 'production',
      PUBLIC_URL,
      SECRET_KEY: 'a key of some length that is for this test alone',
      KEYS_DIR: keysDir,
      MAIL_URL: 'smtp://127.0.0.1:25',
      SETUP_FILE: setupFile,
    });
    app = await createApp(config, createLog({ logLevel: 'silent', logFormat: 'json' }, { write: () => undefined }));
    await app.get(Schema).migrate();
    await prepare(app, config, loadSetup(config));
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
  });

  afterAll(() => app.close());

  it.each([
    '/dev/mailbox',
    '/dev/mailbox/',
    '/dev/mailbox.json',
    '/dev/mailbox.json?to=ann@example.com',
    '/dev/mailbox/1',
    '/dev/mailbox/1/html',
    '/dev/mailbox/1/text',
    '/graphiql/adobe',
    '/graphiql/adobe/',
    '/graphiql/assets/graphiql.js',
    '/graphiql/assets/start.js',
    '/graphiql/assets/graphiql.css',
  ])('has nothing for developers: %s', async (url) => {
    // prettier-ignore
    const nowhere = await app.inject({ url: '/nowhere' });
    const answer = await app.inject({ url });

    const withoutId = (body: string): string => body.replace(/urn:uuid:[\w-]+/, '');
    expect([answer.statusCode, withoutId(answer.body)]).toEqual([404, withoutId(nowhere.body)]);
    expect((await app.inject({ method: 'HEAD', url })).statusCode).toBe(404);
  });

  it.each(SCHEMAS)(
    'shows nobody the schema of %s, and gives no hint at its names (SEC-64)',
    async (url, sent, typos) => {
      const headers = { 'x-forwarded-proto': 'https', ...sent };
      const ask = async (query: string): Promise<{ data?: object; errors: { message: string }[] }> =>
        (await app.inject({ method: 'POST', url, headers, payload: { query } })).json();

      const shown = await Promise.all(
        [
          '{__schema{queryType{name}}}',
          '{__type(name:"Customer"){fields{name}}}',
          '{...{a:__schema{types{name}}}}',
        ].map(ask),
      );
      const hinted = await Promise.all(typos.map(ask));

      expect(shown.map(({ data, errors }) => [data ?? null, errors[0]?.message])).toEqual(
        shown.map(() => [null, expect.stringMatching(/introspection has been disabled/)]),
      );
      expect(hinted.map(({ data, errors }) => [data ?? null, errors.length > 0])).toEqual(
        typos.map(() => [null, true]),
      );
      expect(JSON.stringify(hinted)).not.toMatch(/did you mean/i);
    },
  );

  it('shows a landing page without credentials and without a way to them', async () => {
    const { statusCode, body } = await app.inject({ url: '/' });

    const links = [...body.matchAll(/<a href="([^"]*)">/g)].map(([, href]) => href);
    expect([statusCode, links]).toEqual([200, ['/account/recover', '/health/ready']]);
    expect(body).not.toMatch(/demo|mailbox|token|graphiql|production/i);
  });

  it('is ready, and has the hosted pages with cookies for TLS alone (SEC-56)', async () => {
    const [ready, page] = [await app.inject({ url: '/health/ready' }), await app.inject({ url: '/account/recover' })];

    expect([ready.statusCode, page.statusCode]).toEqual([200, 200]);
    expect(page.headers['set-cookie']).toMatch(
      /^__Host-keyturn-recover=[^;]+; Max-Age=1800; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(page.body).toContain('<p class="brand">Shop</p>');
  });
});
