import { readFileSync } from 'node:fs';
import { parse, YAMLParseError } from 'yaml';
import { Config, isSecureUrl } from '../config/index.js';
import { repeatedClients } from './client-setup.js';
import { demoSetup } from './demo-setup.js';
import { exampleLink, secretText, setupSchema, type SecretSetup, type Setup, type StoreSetup } from './setup.schema.js';

const MULTIPASS_BYTES = 32;
const MACHINE_BYTES = 16;

/** Every fault of a setup file at once, one a line, with the path of the member. */
export class SetupError extends Error {
  override readonly name = 'SetupError';

  constructor(readonly faults: readonly string[]) {
    super(`The setup has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n- ${faults.join('\n- ')}`);
  }
}

/**
 * The setup to apply at start: SETUP_FILE (JSON or YAML), else the demo setup outside production, else null.
 * @throws SetupError
 */
export function loadSetup(config: Config): Setup | null {
  if (config.setupFile !== null) return readSetup(readFileSync(config.setupFile, 'utf8'), config);
  return config.environment === 'production' ? null : checkSetup(demoSetup, config);
}

/** Reads a setup from text. @throws SetupError */
export function readSetup(text: string, config: Config): Setup {
  return checkSetup(parseDocument(text), config);
}

/** What is wrong is told by place only: the parser's own words quote the text, and secrets stand in it. */
function parseDocument(text: string): unknown {
  try {
    return parse(text, { logLevel: 'error' }); // YAML; JSON is a part of it
  } catch (error) {
    throw new SetupError([`it is neither JSON nor YAML${placeOf(error)}`]);
  }
}

function placeOf(error: unknown): string {
  const [from] = error instanceof YAMLParseError ? (error.linePos ?? []) : [];
  return from ? `; see line ${from.line}, column ${from.col}` : '';
}

function checkSetup(input: unknown, config: Config): Setup {
  const { data } = setupSchema.safeParse(input);
  const { resolved, missing } = data ? resolveSecrets(data, config) : { resolved: input, missing: [] };
  const parsed = setupSchema.safeParse(resolved); // once more: a secret from the environment must fit as well
  const faults = [
    ...missing,
    ...(parsed.error?.issues ?? []).map(({ path, message }) => `${placeIn(path)}: ${message}`),
  ];
  if (parsed.success && missing.length === 0) faults.push(...repeated(parsed.data), ...unsafe(parsed.data, config));
  if (faults.length > 0 || !parsed.success) throw new SetupError(faults);
  return parsed.data;
}

function placeIn(path: readonly PropertyKey[]): string {
  return path.map(String).join('.') || 'the document';
}

/** Replaces every `{"env": "NAME"}` by the secret of that name; one that is missing stays as it is. */
function resolveSecrets(setup: Setup, config: Config): { readonly resolved: unknown; readonly missing: string[] } {
  const missing = new Set<string>();
  const resolved: unknown = JSON.parse(JSON.stringify(setup), (_key, value: unknown) => {
    if (!isReference(value)) return value;
    const found = config.secretNamed(value.env);
    if (found === undefined) missing.add(`the environment has no ${value.env}`);
    return found ?? value;
  });
  return { resolved, missing: [...missing] };
}

function isReference(value: unknown): value is { readonly env: string } {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return false;
  return 'env' in value && typeof value.env === 'string';
}

/** Codes must be unique, credentials too: of two alike the second would quietly take the first one's place. */
function repeated(setup: Setup): string[] {
  const stores = setup.realms.flatMap((realm) => realm.stores);
  const codes = [...setup.realms.map(({ code }) => `realm ${code}`), ...stores.map(({ code }) => `store ${code}`)];
  return [...twice(codes), ...repeatedClients(setup)].map((what) => `${what} stands there twice`);
}

function twice(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
}

/** What production refuses (SEC-10, SEC-83). */
function unsafe(setup: Setup, config: Config): string[] {
  if (config.environment !== 'production') return [];
  const openLimits = setup.realms
    .filter(({ policy }) => policy.limits === 'off')
    .map(({ code }) => `realm ${code}: limits must not be off in production`);
  const stores = setup.realms.flatMap((realm) => realm.stores);
  const ofStores = [...stores.flatMap(plainLinksOf), ...stores.flatMap(shortSecretsOf)];
  const ofStaff = tooShort('adminTokens', setup.adminTokens.map(secretIn), MACHINE_BYTES);
  return [...openLimits, ...ofStores, ...ofStaff, ...demoSecrets(setup), ...issuerFaults(setup, config)];
}

/** Members of a store that would go by plain http: mailed links, and tokens to another server. */
function plainLinksOf(store: StoreSetup): string[] {
  const { code, storefrontUrl, shopify, adobe, commerceLayer, commonGround } = store;
  const templates = Object.entries({ shopify, adobe, commerceLayer, commonGround });
  const links: [string, string | undefined][] = templates.map(([name, dialect]) => [
    `${name}.resetLink`,
    dialect?.resetLink,
  ]);
  const upstream = ['shopify.upstream.url', shopify?.upstream?.url] as const;
  return [['storefrontUrl', storefrontUrl] as const, ...links, upstream]
    .filter(([, link]) => link !== undefined && !isSecureUrl(exampleLink(link)))
    .map(([name]) => `store ${code}: ${name} must be https in production`);
}

/**
 * Secrets that open every account. A Multipass token is all that it takes to try short ones, and a machine may try as
 * often as it likes; administrators' passwords are locked, and storefront tokens are no secrets (SEC-83).
 */
function shortSecretsOf({ code, shopify, adobe, commerceLayer, commonGround }: StoreSetup): string[] {
  const clients = commerceLayer?.applications.flatMap(({ clientSecret }) => clientSecret ?? []);
  return [
    ...tooShort('shopify.multipassSecret', [shopify?.multipassSecret ?? []].flat(), MULTIPASS_BYTES),
    ...tooShort('shopify.adminTokens', shopify?.adminTokens.map(secretIn), MACHINE_BYTES),
    ...tooShort('adobe.integrationTokens', adobe?.integrationTokens.map(secretIn), MACHINE_BYTES),
    ...tooShort('commerceLayer.applications', clients, MACHINE_BYTES),
    ...tooShort('commonGround.keys', commonGround?.keys.map(({ secretKey }) => secretKey), MACHINE_BYTES), // prettier-ignore
  ].map((fault) => `store ${code}: ${fault}`);
}

function tooShort(name: string, secrets: readonly SecretSetup[] = [], least: number): string[] {
  const isShort = secrets.some((secret) => Buffer.byteLength(secretText(secret)) < least);
  return isShort ? [`${name} must have at least ${least} bytes in production`] : [];
}

function secretIn(token: SecretSetup | { readonly token: SecretSetup }): SecretSetup {
  return typeof token === 'object' && 'token' in token ? token.token : token;
}

/** Names may begin like the demo's secrets do. */
const NAMES = new Set(['code', 'name', 'organization']);

function demoSecrets(value: unknown, path: readonly string[] = []): string[] {
  if (typeof value === 'string') {
    const isDemo = value.startsWith('demo-') && !NAMES.has(path.at(-1) ?? '');
    return isDemo ? [`${path.join('.')}: a secret that begins with demo- is refused in production`] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => demoSecrets(member, [...path, name]));
}

/** Commerce Layer's clients send tokens to the vendor's own host unless the issuer has this form. */
export function issuerFaults(setup: Setup, config: Config): string[] {
  const speaks = setup.realms.some(({ stores }) => stores.some(({ commerceLayer }) => commerceLayer !== undefined));
  const fits = /^https:\/\/auth\.[^/]+$/.test(config.issuerUrl);
  return speaks && !fits
    ? [`ISSUER_URL must be https://auth.<domain> for stores with commerceLayer, but is ${config.issuerUrl}`]
    : [];
}
