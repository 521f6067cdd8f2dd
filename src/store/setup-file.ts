import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Config, isSecureUrl } from '../config/index.js';
import { demoSetup } from './demo-setup.js';
import { setupSchema, type SecretSetup, type Setup } from './setup.schema.js';

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

function parseDocument(text: string): unknown {
  try {
    return parse(text); // YAML; JSON is a part of it
  } catch (error) {
    throw new SetupError([`it is neither JSON nor YAML: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

function checkSetup(input: unknown, config: Config): Setup {
  const parsed = setupSchema.safeParse(input);
  if (!parsed.success) {
    throw new SetupError(
      parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the document'}: ${message}`),
    );
  }
  const setup = resolveSecrets(parsed.data, config);
  const faults = [...repeated(setup), ...(config.environment === 'production' ? unsafe(setup, config) : [])];
  if (faults.length > 0) throw new SetupError(faults);
  return setup;
}

/** Replaces every `{"env": "NAME"}` by the secret of that name. */
function resolveSecrets(setup: Setup, config: Config): Setup {
  const missing: string[] = [];
  const resolved: unknown = JSON.parse(JSON.stringify(setup), (_key, value: unknown) => {
    if (!isReference(value)) return value;
    const found = config.secretNamed(value.env);
    if (found === undefined) missing.push(`the environment has no ${value.env}`);
    return found ?? '';
  });
  if (missing.length > 0) throw new SetupError(missing);
  return setupSchema.parse(resolved);
}

function isReference(value: unknown): value is { readonly env: string } {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return false;
  return 'env' in value && typeof value.env === 'string';
}

/** The text of a secret after references have been resolved. */
export function secretText(secret: SecretSetup): string {
  if (typeof secret === 'string') return secret;
  throw new Error(`the reference to ${secret.env} was not resolved`);
}

function repeated(setup: Setup): string[] {
  const codes = [...setup.realms.map(({ code }) => `realm ${code}`), ...setup.realms.flatMap(storeCodes)];
  return codes.filter((code, at) => codes.indexOf(code) !== at).map((code) => `${code} stands there twice`);
}

function storeCodes({ stores }: Setup['realms'][number]): string[] {
  return stores.map(({ code }) => `store ${code}`);
}

/** What production refuses (SEC-10, SEC-83). */
function unsafe(setup: Setup, config: Config): string[] {
  const stores = setup.realms.flatMap(({ stores: list }) => list);
  const openLimits = setup.realms
    .filter(({ policy }) => policy.limits === 'off')
    .map(({ code }) => `realm ${code}: limits must not be off in production`);
  const plainLinks = stores
    .filter(({ storefrontUrl }) => storefrontUrl !== undefined && !isSecureUrl(storefrontUrl))
    .map(({ code }) => `store ${code}: storefrontUrl must be https in production`);
  const demo = /"demo-[^"]*"/.test(JSON.stringify(setup))
    ? ['a secret that begins with demo- is refused in production']
    : [];
  return [...openLimits, ...plainLinks, ...demo, ...issuerFaults(setup, config)];
}

/** Commerce Layer's clients send tokens to the vendor's own host unless the issuer has this form. */
export function issuerFaults(setup: Setup, config: Config): string[] {
  const speaks = setup.realms.some(({ stores }) => stores.some(({ commerceLayer }) => commerceLayer !== undefined));
  const fits = /^https:\/\/auth\.[^/]+$/.test(config.issuerUrl);
  return speaks && !fits
    ? [`ISSUER_URL must be https://auth.<domain> for stores with commerceLayer, but is ${config.issuerUrl}`]
    : [];
}
