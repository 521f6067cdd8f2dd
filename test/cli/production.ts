/** Settings that production asks for. */
export const PRODUCTION = {
  NODE_ENV: 'production',
  PORT: '0',
  PUBLIC_URL: 'https://accounts.shop.example',
  MAIL_URL: 'smtp://127.0.0.1:2525',
  SECRET_KEY: 'a-secret-key-of-more-than-32-bytes-0123456789',
  HASH_CONCURRENCY: '3',
  SHUTDOWN_DELAY_SECONDS: '0',
};
export const STORE = {
  code: 'default',
  name: 'Shop',
  mailFrom: 'Shop <hello@shop.example>',
  storefrontUrl: 'https://shop.example',
  adobe: {},
};
export const SETUP = { realms: [{ code: 'default', stores: [STORE] }], adminTokens: [{ env: 'ADMIN_TOKEN' }] };

export const ADMIN_TOKEN = 'a-real-admin-token';

/** A setup whose store speaks on every wire, with a policy for its realm. */
export const setupOf = (policy: object): object => ({
  realms: [
    {
      code: 'default',
      policy,
      stores: [
        {
          ...STORE,
          shopify: { storefrontTokens: [{ token: 'storefront-token-1' }] },
          commerceLayer: {
            organization: 'shop',
            applications: [{ kind: 'integration', clientId: 'erp', clientSecret: 'erp-secret-0123456789' }],
            webhookPrivateTargets: true,
          },
          commonGround: { keys: [{ accessKey: 'cg-access', secretKey: 'cg-secret-0123456789' }] },
        },
      ],
    },
  ],
  adminTokens: [ADMIN_TOKEN],
});
