import { setupSchema } from './setup.schema.js';

const aStore = { code: 'default', name: 'Shop', mailFrom: 'Shop <hello@shop.example>' };

function aSetup(store: object = {}, policy: object = {}): object {
  return { realms: [{ code: 'default', policy, stores: [{ ...aStore, ...store }] }] };
}

/** The faults as `path: message`. */
function faultsOf(setup: object): string[] {
  const { error } = setupSchema.safeParse(setup);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

it('fills a setup that says nothing with the documented defaults', () => {
  const { realms, adminTokens, customers } = setupSchema.parse(aSetup({ adobe: {}, commonGround: {} }));

  expect({ adminTokens, customers }).toEqual({ adminTokens: [], customers: [] });
  expect(realms[0]?.policy).toEqual({
    disclosure: 'private',
    passwordMinimum: 8,
    eai: false,
    lockout: { attempts: 10, minutes: 10, maxMinutes: 60, hardLimit: 100 },
    resetMinutes: 60,
    resetsAlive: 2,
    sessionsAlive: 50,
    activationMinutes: 43200,
    limits: 'default',
  });
  expect(realms[0]?.stores[0]).toMatchObject({
    locale: 'en',
    adobe: { profile: '2.4.8', requiredCharacterClasses: 1, newsletterActive: true },
    commonGround: { passwordEncoding: 'base64', sessionDays: 30 },
  });
});

it('tells every key it does not know, at every level, at once (SEC-83)', () => {
  const extra = { surprise: 1 };
  const setup = {
    realms: [
      {
        code: 'default',
        policy: { lockout: extra, limits: { signInNetwrk: { max: 1, seconds: 1 } }, ...extra },
        stores: [
          {
            ...aStore,
            shopify: {
              storefrontTokens: [{ token: 'token-123', ...extra }],
              upstream: { url: 'https://a.example', token: 'token-123', ...extra },
              ...extra,
            },
            adobe: {
              admins: [{ username: 'a', password: 'password', ...extra }],
              integrationTokens: [{ token: 'token-123', ...extra }],
              ...extra,
            },
            commerceLayer: {
              organization: 'org',
              applications: [{ kind: 'sales_channel', clientId: 'a', ...extra }],
              ...extra,
            },
            commonGround: { keys: [{ accessKey: 'a', secretKey: 'secret-123', ...extra }], ...extra },
            ...extra,
          },
        ],
        ...extra,
      },
    ],
    adminTokens: [{ token: 'token-123', name: 'ops', ...extra }],
    customers: [{ email: 'a@b.example', ...extra }],
    ...extra,
  };
  const at = (path: string, key = 'surprise'): string => `${path}: Unrecognized key: "${key}"`;
  const store = 'realms.0.stores.0';

  expect([...faultsOf(setup)].sort()).toEqual(
    [
      at('realms.0.policy.limits', 'signInNetwrk'),
      ...['', 'realms.0', 'realms.0.policy', 'realms.0.policy.lockout', store, 'adminTokens.0', 'customers.0'].map(
        (path) => at(path),
      ),
      ...['', '.storefrontTokens.0', '.upstream'].map((path) => at(`${store}.shopify${path}`)),
      ...['', '.admins.0', '.integrationTokens.0'].map((path) => at(`${store}.adobe${path}`)),
      ...['', '.applications.0'].map((path) => at(`${store}.commerceLayer${path}`)),
      ...['', '.keys.0'].map((path) => at(`${store}.commonGround${path}`)),
    ].sort(),
  );
});

it.each([
  ['a reset template without a token', { adobe: { resetLink: '{storefrontUrl}/reset' } }, 'adobe.resetLink'],
  ['an unknown placeholder', { shopify: { resetLink: '{storefrontUrl}/{token}/{secret}' } }, 'shopify.resetLink'],
  ['a template with a blank', { commonGround: { resetLink: 'https://a.example/ {token}' } }, 'commonGround.resetLink'],
  ['a template of another scheme', { adobe: { resetLink: 'javascript:{token}' } }, 'adobe.resetLink'],
  ['a storefront with a query', { storefrontUrl: 'https://a.example/?a=b' }, 'storefrontUrl'],
  ['a sender that is no address', { mailFrom: 'Shop' }, 'mailFrom'],
  ['a sender with a line break', { mailFrom: 'Shop\r\nBcc: x <a@b.example>' }, 'mailFrom'],
  ['a language that is none', { locale: 'english' }, 'locale'],
  ['a code in capitals', { code: 'Default' }, 'code'],
  ['a short secret', { shopify: { adminTokens: ['short'] } }, 'shopify.adminTokens.0'],
  ['a number as a secret', { shopify: { adminTokens: [12345678] } }, 'shopify.adminTokens.0'],
  [
    'an integration without a secret',
    { commerceLayer: { organization: 'org', applications: [{ kind: 'integration', clientId: 'a' }] } },
    'commerceLayer.applications.0.clientSecret',
  ],
  [
    'assertions of an application that has no secret',
    {
      commerceLayer: {
        organization: 'org',
        applications: [{ kind: 'sales_channel', clientId: 'a', jwtBearer: true }],
      },
    },
    'commerceLayer.applications.0.jwtBearer',
  ],
])('refuses %s (SEC-37, SEC-83)', (_what, store, path) => {
  const faults = faultsOf(aSetup(store));

  expect(faults.map((fault) => fault.split(':')[0])).toContain(`realms.0.stores.0.${path}`);
});

it.each([
  ['passwordMinimum', { passwordMinimum: 7 }],
  ['resetMinutes', { resetMinutes: 1441 }],
  ['resetsAlive', { resetsAlive: 4 }],
  ['sessionsAlive', { sessionsAlive: 0 }],
  ['activationMinutes', { activationMinutes: 43201 }],
  ['lockout.attempts', { lockout: { attempts: 2 } }],
  ['lockout.hardLimit', { lockout: { hardLimit: 101 } }],
  ['disclosure', { disclosure: 'public' }],
  ['limits', { limits: 'none' }],
  ['limits.resetHour.seconds', { limits: { resetHour: { max: 1, seconds: 0 } } }],
])('refuses a policy whose %s is out of bounds (SEC-17, SEC-83)', (path, policy) => {
  expect(faultsOf(aSetup({}, policy)).map((fault) => fault.split(':')[0])).toEqual([`realms.0.policy.${path}`]);
});

it('knows the limits by name (SEC-44)', () => {
  const limits = { signInNetwork: { max: 5, seconds: 60 }, mailDay: { max: 0, seconds: 1 } };

  expect(faultsOf(aSetup({}, { limits }))).toEqual([]);
  expect(faultsOf(aSetup({}, { limits: { login: { max: 5, seconds: 60 } } }))).toEqual([
    'realms.0.policy.limits: Unrecognized key: "login"',
  ]);
});
