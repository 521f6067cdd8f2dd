import type { z } from 'zod';
import type { setupSchema } from './setup.schema.js';

export const demoAdminToken = 'demo-admin-token';

/** What development starts with when no SETUP_FILE is named; production refuses every secret in it. */
export const demoSetup: z.input<typeof setupSchema> = {
  realms: [
    {
      code: 'default',
      stores: [
        {
          code: 'default',
          name: 'Demo Store',
          locale: 'en',
          mailFrom: 'Demo Store <hello@demo.example>',
          shopify: {
            storefrontTokens: [{ token: 'demo-storefront-token' }, { token: 'demo-private-token', private: true }],
            adminTokens: ['demo-shopify-admin-token'],
            multipassSecret: 'demo-multipass-secret-0123456789abcdef',
          },
          adobe: {
            admins: [{ username: 'demo-admin', password: 'demo-admin-password-1' }],
            integrationTokens: ['demo-adobe-integration-token'],
            profile: '2.4.8',
            httpStatus: 'legacy',
          },
          commerceLayer: {
            organization: 'demo',
            applications: [
              { kind: 'integration', clientId: 'demo-integration', clientSecret: 'demo-integration-secret' },
              { kind: 'sales_channel', clientId: 'demo-sales-channel' },
            ],
            mailResets: false,
            guestAddressHours: 24,
            addressPhoneOptional: false,
            countriesWithoutZip: ['AE', 'HK', 'QA'],
            webhookPrivateTargets: false,
          },
          commonGround: {
            keys: [{ accessKey: 'demo-cg-access', secretKey: 'demo-cg-secret' }],
            passwordEncoding: 'base64',
          },
        },
      ],
    },
  ],
  adminTokens: [demoAdminToken],
  customers: [
    {
      email: 'roni_cost@example.com',
      password: 'roni_cost3@example.com',
      firstName: 'Veronica',
      lastName: 'Costello',
      state: 'enabled',
    },
  ],
};
