import { z } from 'zod';
import { isBaseUrl } from '../config/index.js';
import { defaultLimits, defaultPolicy } from './realm.policy.js';

/** A secret, or the name of the environment variable that holds it. */
const secret = z.union([z.string().min(8).max(512), z.strictObject({ env: z.string().min(1) })]);
const code = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'must be lower-case letters, digits, - and _');
const url = z.string().max(255).refine(isBaseUrl, 'must be an http or https URL without query');
const origin = z.union([z.literal('*'), url]);
const resetLink = z
  .string()
  .max(1000)
  .includes('{token}')
  .regex(/^(\{storefrontUrl\}|https?:\/\/)/, 'must begin with {storefrontUrl} or http(s)://')
  .refine(isLinkTemplate, 'must become a URL; placeholders are {storefrontUrl} {number} {id} {token} {email} {store}')
  .optional();
const minutes = z.int().min(1).max(525600);

const limit = z.strictObject({ max: z.int().min(0), seconds: z.int().min(1) });
const limitShape = Object.fromEntries(Object.keys(defaultLimits).map((name) => [name, limit.optional()]));
const limits = z.union([z.literal('default'), z.literal('off'), z.strictObject(limitShape)]);

const policy = z.strictObject({
  disclosure: z.enum(['private', 'vendor']).default(defaultPolicy.disclosure),
  passwordMinimum: z.int().min(8).max(64).default(defaultPolicy.passwordMinimum),
  eai: z.boolean().default(defaultPolicy.eai),
  lockout: z
    .strictObject({
      attempts: z.int().min(3).max(100).default(defaultPolicy.lockout.attempts),
      minutes: minutes.default(defaultPolicy.lockout.minutes),
      maxMinutes: minutes.default(defaultPolicy.lockout.maxMinutes),
      hardLimit: z.int().min(3).max(100).default(defaultPolicy.lockout.hardLimit),
    })
    .default(defaultPolicy.lockout),
  resetMinutes: z.int().min(10).max(1440).default(defaultPolicy.resetMinutes),
  resetsAlive: z.int().min(1).max(3).default(defaultPolicy.resetsAlive),
  sessionsAlive: z.int().min(1).max(1000).default(defaultPolicy.sessionsAlive),
  activationMinutes: z.int().min(10).max(43200).default(defaultPolicy.activationMinutes),
  limits: limits.default(defaultPolicy.limits),
});

const shopifyToken = z.strictObject({
  token: secret,
  private: z.boolean().default(false),
  scopes: z.array(z.string()).optional(),
});
const shopify = z.strictObject({
  storefrontTokens: z.array(shopifyToken).default([]),
  adminTokens: z
    .array(z.union([secret, z.strictObject({ token: secret, scopes: z.array(z.string()).optional() })]))
    .default([]),
  multipassSecret: secret.optional(),
  upstream: z
    .strictObject({
      url,
      token: secret,
      private: z.boolean().default(false),
      timeoutMs: z.int().min(1).max(60_000).default(10_000),
    })
    .optional(),
  allowEmailChange: z.boolean().default(false),
  resetLink,
});

const adobe = z.strictObject({
  admins: z.array(z.strictObject({ username: z.string().min(1).max(255), password: secret })).default([]),
  integrationTokens: z
    .array(z.union([secret, z.strictObject({ token: secret, resources: z.array(z.string()).optional() })]))
    .default([]),
  profile: z.enum(['2.4.7', '2.4.8', '2.4.9']).default('2.4.8'),
  httpStatus: z.enum(['legacy', 'semantic']).optional(),
  requiredCharacterClasses: z.int().min(1).max(4).default(1),
  confirmationRequired: z.boolean().default(false),
  emailAvailableTruth: z.boolean().default(false),
  newsletterActive: z.boolean().default(true),
  strictRegion: z.boolean().default(false),
  resetLink,
});

const clientId = z.string().min(1).max(255);
const jwtBearer = z.boolean().default(false);
const application = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('integration'), clientId, clientSecret: secret, jwtBearer }),
  z
    .strictObject({ kind: z.literal('sales_channel'), clientId, clientSecret: secret.optional(), jwtBearer })
    .refine(({ clientSecret, jwtBearer: wanted }) => clientSecret !== undefined || !wanted, {
      path: ['jwtBearer'],
      message: 'needs a clientSecret',
    }),
]);
const commerceLayer = z.strictObject({
  organization: code,
  applications: z.array(application).default([]),
  backendAuth: secret.optional(),
  mailResets: z.boolean().default(false),
  guestAddressHours: z.int().min(0).max(720).default(24),
  addressPhoneOptional: z.boolean().default(false),
  countriesWithoutZip: z.array(z.string().regex(/^[A-Z]{2}$/)).default(['AE', 'HK', 'QA']),
  webhookPrivateTargets: z.boolean().default(false),
  resetLink,
});

const commonGround = z.strictObject({
  keys: z.array(z.strictObject({ accessKey: z.string().min(1).max(255), secretKey: secret })).default([]),
  passwordEncoding: z.enum(['base64', 'plain']).default('base64'),
  sessionDays: z.int().min(1).max(90).default(30),
  resetLink,
});

const store = z.strictObject({
  code,
  name: z.string().min(1).max(255),
  storefrontUrl: url.optional(),
  locale: z
    .string()
    .regex(/^[a-z]{2}(-[A-Z]{2})?$/, 'must be a language such as en or de-AT')
    .default('en'),
  mailFrom: z
    .string()
    .max(320)
    .regex(/^(?:[^<>@\r\n]{1,200} )?<?[^<>@\s,;]+@[^<>@\s,;]+>?$/, 'must be "Name <address>" or an address'),
  origins: z.array(origin).optional(),
  shopify: shopify.optional(),
  adobe: adobe.optional(),
  commerceLayer: commerceLayer.optional(),
  commonGround: commonGround.optional(),
});

const realm = z.strictObject({ code, policy: policy.default(defaultPolicy), stores: z.array(store).min(1) });

const customer = z.strictObject({
  realm: code.optional(),
  email: z.string().max(254),
  password: secret.optional(),
  firstName: z.string().max(255).optional(),
  lastName: z.string().max(255).optional(),
  state: z.enum(['enabled', 'disabled', 'invited', 'declined']).default('enabled'),
});

/** The setup file: realms, stores, their credentials, and customers to begin with. Unknown keys are refused. */
export const setupSchema = z.strictObject({
  realms: z.array(realm).min(1),
  adminTokens: z
    .array(z.union([secret, z.strictObject({ token: secret, name: z.string().min(1).max(255) })]))
    .default([]),
  customers: z.array(customer).default([]),
});

export type Setup = z.infer<typeof setupSchema>;
export type RealmSetup = Setup['realms'][number];
export type StoreSetup = RealmSetup['stores'][number];
export type CustomerSetup = Setup['customers'][number];
export type SecretSetup = z.infer<typeof secret>;

/** The text of a secret after references have been resolved. */
export function secretText(secret: SecretSetup): string {
  if (typeof secret === 'string') return secret;
  throw new Error(`the reference to ${secret.env} was not resolved`);
}

/** What a link may become, or the link itself where it has no placeholders. */
export function exampleLink(template: string): string {
  return template.replace('{storefrontUrl}', 'https://shop.example').replace(/\{(number|id|token|email|store)\}/g, 'x');
}

/** A link with white space or an unknown placeholder in it would only fail when a mail is written. */
function isLinkTemplate(template: string): boolean {
  const link = exampleLink(template);
  return /^[^\s\p{C}<>"{}\\]+$/u.test(link) && URL.canParse(link);
}
