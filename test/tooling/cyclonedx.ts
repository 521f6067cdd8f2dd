import { Ajv2020 } from 'ajv/dist/2020.js';

const text = { type: 'string', minLength: 1 };
const object = (required: readonly string[], properties: object): object => ({
  ...{ type: 'object', additionalProperties: false },
  required,
  properties,
});
const list = (items: object, more: object = {}): object => ({ type: 'array', uniqueItems: true, items, ...more });

const hash = object(['alg', 'content'], {
  alg: { enum: ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'] },
  content: { type: 'string', pattern: '^([a-f0-9]{40}|[a-f0-9]{64}|[a-f0-9]{96}|[a-f0-9]{128})$' },
});
/** Either named licenses or one SPDX expression. */
const licenses = {
  oneOf: [
    list(object(['license'], { license: object(['name'], { name: text }) })),
    list(object(['expression'], { expression: text }), { minItems: 1, maxItems: 1 }),
  ],
};
const component = object(['type', 'name'], {
  ...{ type: { enum: ['application', 'library'] }, 'bom-ref': text, name: text, version: text },
  purl: { type: 'string', pattern: '^pkg:npm/(%40[^/@]+/)?[^/@]+@[^/@]+$' },
  scope: { enum: ['required', 'optional', 'excluded'] },
  ...{ hashes: { type: 'array', items: hash }, licenses },
});
const metadata = object([], {
  lifecycles: { type: 'array', items: object(['phase'], { phase: { enum: ['design', 'pre-build', 'build'] } }) },
  component,
});

/** What CycloneDX 1.5 (bom-1.5.schema.json) says of the members that our list has; it may have no other. */
const SCHEMA = object(['bomFormat', 'specVersion'], {
  $schema: { const: 'http://cyclonedx.org/schema/bom-1.5.schema.json' },
  bomFormat: { const: 'CycloneDX' },
  specVersion: { const: '1.5' },
  serialNumber: { type: 'string', pattern: '^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' },
  version: { type: 'integer', minimum: 1 },
  metadata,
  components: list(component),
  dependencies: list(object(['ref'], { ref: text, dependsOn: list(text) })),
});

const validate = new Ajv2020({ allErrors: true }).compile(SCHEMA);

/** What is wrong with a list of what is shipped; nothing when it holds. */
export function billFaults(bill: unknown): string[] {
  validate(bill);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}
