import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { z } from 'zod';
import { loadConfig } from '../config/index.js';
import { demoSetup } from './demo-setup.js';
import { loadSetup, readSetup, SetupError } from './setup-file.js';
import type { setupSchema } from './setup.schema.js';

type Input = z.input<typeof setupSchema>;
type StoreInput = Input['realms'][number]['stores'][number];

const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://accounts.shop.example',
  ISSUER_URL: 'https://auth.shop.example',
  MAIL_URL: 'smtp://mail.shop.example',
  SECRET_KEY: 'a-secret-key-of-more-than-32-bytes-0123456789',
};

const aStore: StoreInput = { code: 'default', name: 'Shop', mailFrom: 'Shop <hello@shop.example>' };

function aSetup(store: object = {}, rest: object = {}, policy: object = {}): object {
  return { realms: [{ code: 'default', policy, stores: [{ ...aStore, ...store }] }], ...rest };
}

function faultsOf(setup: unknown, env: NodeJS.ProcessEnv = {}): readonly string[] {
  try {
    readSetup(typeof setup === 'string' ? setup : JSON.stringify(setup), loadConfig(env));
    return [];
  } catch (error) {
    if (error instanceof SetupError) return error.faults;
    throw error;
  }
}

describe('the demo setup', () => {
  it('is valid, and what development starts with', () => {
    expect(faultsOf(demoSetup)).toEqual([]);
    expect(loadSetup(loadConfig({}))?.customers).toMatchObject([{ email: 'roni_cost@example.com' }]);
  });

  it('is not what production starts with: there it is nothing, or SETUP_FILE', () => {
    expect(loadSetup(loadConfig(PRODUCTION))).toBeNull();
  });

  it('gives way to SETUP_FILE', () => {
    const folder = mkdtempSync(join(tmpdir(), 'keyturn-setup-'));
    const file = join(folder, 'setup.json');
    writeFileSync(file, JSON.stringify(aSetup({ name: 'Other' })));

    const setup = loadSetup(loadConfig({ SETUP_FILE: file }));
    rmSync(folder, { recursive: true });

    expect(setup?.realms[0]?.stores).toMatchObject([{ name: 'Other' }]);
  });
});

describe('a document', () => {
  it('may be the one that docs/configuration.md shows', () => {
    const documentation = readFileSync(join(__dirname, '../../docs/configuration.md'), 'utf8');
    const example = /```yaml\n([\s\S]*?)```/.exec(documentation)?.[1] ?? '';
    const names = [...example.matchAll(/env: (\w+)/g)].map(([, name = '']) => name);
    const env = Object.fromEntries(names.map((name) => [name, `secret of ${name}`]));

    expect(names.length).toBeGreaterThan(3);
    expect(faultsOf(example, { ...PRODUCTION, ...env })).toEqual([]);
  });

  it('may be YAML', () => {
    expect(readSetup(stringify(demoSetup), loadConfig({}))).toEqual(
      readSetup(JSON.stringify(demoSetup), loadConfig({})),
    );
  });

  it('is refused whole when it is no document, without a word of what stands in it (SEC-11)', () => {
    const texts = [
      '',
      'token: "hunter2hunter2',
      'a: b: hunter2',
      '{"hunter2": 1, "hunter2": 2}',
      'a: *hunter2',
      '- hunter2',
      'a: !!int hunter2',
    ];

    const messages = texts.map((text) => faultsOf(text).join('\n'));

    expect(messages.slice(1, 5)).toEqual([
      expect.stringMatching(/^it is neither JSON nor YAML; see line 1, column \d+$/),
      expect.stringMatching(/^it is neither JSON nor YAML; see line 1, column 4$/),
      expect.stringMatching(/^it is neither JSON nor YAML; see line 1, column \d+$/),
      'it is neither JSON nor YAML',
    ]);
    expect(messages.filter((message) => message === '' || message.includes('hunter2'))).toEqual([]);
  });
});

describe('what stands there twice', () => {
  const twoStores = (one: object, other: object): object => ({
    realms: [
      { code: 'a', stores: [{ ...aStore, code: 'one', ...one }] },
      { code: 'b', stores: [{ ...aStore, code: 'two', ...other }] },
    ],
  });

  it('is refused of realms and stores, of whatever realm', () => {
    const setup = {
      realms: [
        { code: 'a', stores: [aStore] },
        { code: 'a', stores: [aStore] },
      ],
    };

    expect(faultsOf(setup)).toEqual(['realm a stands there twice', 'store default stands there twice']);
  });

  it('is refused of secrets, of whatever store, without showing them (SEC-50)', () => {
    const same = { shopify: { adminTokens: ['hunter2hunter2'] }, adobe: { integrationTokens: ['hunter2hunter2'] } };

    const faults = faultsOf(twoStores(same, same));

    expect(faults).toEqual([
      expect.stringMatching(/^store two: shopify-admin token-[0-9a-f]{8} stands there twice$/),
      expect.stringMatching(/^store two: adobe-integration token-[0-9a-f]{8} stands there twice$/),
    ]);
  });

  it('is refused of names within a store, but not of names in two stores', () => {
    const admin = { username: 'boss', password: 'password-1' };
    const key = { accessKey: 'access', secretKey: 'secret-key-1' };

    expect(faultsOf(aSetup({ adobe: { admins: [admin, { ...admin, password: 'password-2' }] } }))).toEqual([
      'store default: adobe-admin boss stands there twice',
    ]);
    expect(faultsOf(aSetup({ commonGround: { keys: [key, { ...key, secretKey: 'secret-key-2' }] } }))).toEqual([
      'store default: common-ground-key access stands there twice',
    ]);
    expect(faultsOf(twoStores({ adobe: { admins: [admin] } }, { adobe: { admins: [admin] } }))).toEqual([]);
  });

  it('is refused of applications that share a secret, which would take turns at one row (SEC-50)', () => {
    const application = (clientId: string): object => ({ kind: 'integration', clientId, clientSecret: 'one-secret' });
    const commerceLayer = { organization: 'org', applications: [application('a'), application('b')] };

    expect(faultsOf(aSetup({ commerceLayer }))).toEqual([
      'store default: commerce-layer-integration b stands there twice',
    ]);
  });
});

describe('a secret by reference', () => {
  const setup = aSetup({ adobe: { integrationTokens: [{ token: { env: 'ADOBE_TOKEN' } }] } }, { adminTokens: [{ env: 'ADMIN_TOKEN' }] }); // prettier-ignore

  it('is read from the environment (SEC-84)', () => {
    const found = readSetup(
      JSON.stringify(setup),
      loadConfig({ ADMIN_TOKEN: 'admin-token-1', ADOBE_TOKEN: 'adobe-token-1' }),
    );

    expect(found.adminTokens).toEqual(['admin-token-1']);
    expect(found.realms[0]?.stores[0]?.adobe?.integrationTokens).toEqual([{ token: 'adobe-token-1' }]);
  });

  it('is listed where the environment lacks it, all at once', () => {
    expect(faultsOf(setup)).toEqual(['the environment has no ADOBE_TOKEN', 'the environment has no ADMIN_TOKEN']);
  });

  it('must be as long as one in the file, and is not shown (SEC-11)', () => {
    expect(faultsOf(setup, { ADMIN_TOKEN: 'short', ADOBE_TOKEN: 'adobe-token-1' })).toEqual([
      'adminTokens.0: Too small: expected string to have >=8 characters',
    ]);
  });

  it('may stand only where a secret may', () => {
    expect(faultsOf(aSetup({ name: { env: 'NAME' } }), { NAME: 'Shop' })).toHaveLength(1);
    expect(faultsOf(aSetup({}, { adminTokens: [{ env: 'A', file: 'b' }] }))).toHaveLength(1);
  });
});

describe('production', () => {
  const commerceLayer = { organization: 'org' };

  it('takes a setup that is fit for it', () => {
    const store = {
      storefrontUrl: 'https://shop.example',
      commerceLayer,
      adobe: { resetLink: '{storefrontUrl}/{token}' },
    };

    expect(faultsOf(aSetup(store, { adminTokens: ['a-real-admin-token'] }), PRODUCTION)).toEqual([]);
  });

  it('refuses every demo secret by its path (SEC-83)', () => {
    const [short, ...rest] = faultsOf(demoSetup, PRODUCTION);
    const faults = rest.map((fault) => fault.replace('realms.0.stores.0.', ''));

    expect(short).toBe('store default: commonGround.keys must have at least 16 bytes in production');
    expect(faults.every((fault) => fault.endsWith(': a secret that begins with demo- is refused in production'))).toBe(
      true,
    );
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      'shopify.storefrontTokens.0.token',
      'shopify.storefrontTokens.1.token',
      'shopify.adminTokens.0',
      'shopify.multipassSecret',
      'adobe.admins.0.username',
      'adobe.admins.0.password',
      'adobe.integrationTokens.0',
      'commerceLayer.applications.0.clientId',
      'commerceLayer.applications.0.clientSecret',
      'commerceLayer.applications.1.clientId',
      'commonGround.keys.0.accessKey',
      'commonGround.keys.0.secretKey',
      'adminTokens.0',
    ]);
  });

  it('refuses a demo secret by reference too, but no mere name (SEC-83)', () => {
    expect(
      faultsOf(aSetup({}, { adminTokens: [{ env: 'T' }] }), { ...PRODUCTION, T: 'demo-admin-token' }),
    ).toHaveLength(1);
    expect(faultsOf(aSetup({ code: 'demo-eu', name: 'demo-shop' }), PRODUCTION)).toEqual([]);
  });

  it('refuses open limits, links by http and short signing secrets, all at once (SEC-10, SEC-83)', () => {
    const store = {
      storefrontUrl: 'http://shop.example',
      adobe: { resetLink: 'http://shop.example/{token}' },
      shopify: {
        resetLink: 'http://localhost:3000/{token}',
        upstream: { url: 'http://shop.example', token: 'a-real-token' },
        multipassSecret: 'x'.repeat(31),
      },
    };

    expect(faultsOf(aSetup(store, {}, { limits: 'off' }), PRODUCTION)).toEqual([
      'realm default: limits must not be off in production',
      'store default: storefrontUrl must be https in production',
      'store default: adobe.resetLink must be https in production',
      'store default: shopify.upstream.url must be https in production',
      'store default: shopify.multipassSecret must have at least 32 bytes in production',
    ]);
    expect(faultsOf(aSetup(store, {}, { limits: 'off' }))).toEqual([]);
  });

  it('refuses machines whose secret could be guessed, and takes short ones of whom guessing locks out, or elsewhere (SEC-83)', () => {
    const [short, long] = ['x'.repeat(15), 'x'.repeat(16)];
    const storeWith = (secret: string): object => ({
      shopify: { adminTokens: [long, { token: secret, scopes: ['read_customers'] }], storefrontTokens: [{ token: short }] },
      adobe: { integrationTokens: [secret], admins: [{ username: 'ann', password: short }] },
      commerceLayer: { organization: 'shop', applications: [{ kind: 'integration', clientId: 'erp', clientSecret: secret }] },
      commonGround: { keys: [{ accessKey: 'cg', secretKey: secret }] },
    });
    const setupWith = (secret: string): object => aSetup(storeWith(secret), { adminTokens: [{ token: secret, name: 'ops' }] });

    const fault = (name: string): string => `${name} must have at least 16 bytes in production`;
    expect(faultsOf(setupWith(short), PRODUCTION)).toEqual([
      fault('store default: shopify.adminTokens'),
      fault('store default: adobe.integrationTokens'),
      fault('store default: commerceLayer.applications'),
      fault('store default: commonGround.keys'),
      fault('adminTokens'),
    ]);
    expect(faultsOf(aSetup({}, { adminTokens: [{ env: 'T' }] }), { ...PRODUCTION, T: short })).toEqual([fault('adminTokens')]);
    expect([faultsOf(setupWith(`${long}y`), PRODUCTION), faultsOf(setupWith(short))]).toEqual([[], []]);
  }); // prettier-ignore

  it.each([
    'https://shop.example',
    'https://auth.shop.example/path',
    'http://localhost:3000',
    'https://xauth.shop.example',
  ])('refuses the issuer %s while a store speaks Commerce Layer', (ISSUER_URL) => {
    expect(faultsOf(aSetup({ commerceLayer }), { ...PRODUCTION, ISSUER_URL })).toEqual([
      `ISSUER_URL must be https://auth.<domain> for stores with commerceLayer, but is ${ISSUER_URL}`,
    ]);
    expect(faultsOf(aSetup(), { ...PRODUCTION, ISSUER_URL })).toEqual([]);
  });
});
