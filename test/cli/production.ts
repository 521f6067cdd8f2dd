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
