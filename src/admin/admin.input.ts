import { z } from 'zod';
import { codePoints, isPlainText } from '#lib/plain-text';
import { fitsJsonColumn, JSON_BYTES } from '../common/columns.js';
import type { Problem } from './admin.errors.js';

/** A refusal that only this API has. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly problem: Problem;

  constructor(status: number, title: string, detail: string) {
    super(title);
    this.problem = { status, title, detail };
  }
}

/** A request that does not have the documented form: 400, with every fault and its place. */
export class MalformedInput extends Error {
  override readonly name = 'MalformedInput';

  constructor(private readonly faults: readonly { readonly path: string; readonly message: string }[]) {
    super('malformed input');
  }

  get problem(): Problem {
    const detail = this.faults.map(({ path, message }) => `${path || 'body'}: ${message}`).join('; ');
    return { status: 400, title: 'Bad Request', detail };
  }
}

/** @throws MalformedInput */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.infer<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new MalformedInput(parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })));
}

/** @param max in code points (SEC-3) */
const text = (max: number) =>
  z
    .string()
    .refine((value) => codePoints(value) <= max, `has more than ${max} characters`)
    .refine(isPlainText, 'has control characters');
const optional = (max: number) => text(max).nullish();

const address = z.strictObject({
  firstName: optional(255),
  middleName: optional(255),
  lastName: optional(255),
  namePrefix: optional(40),
  nameSuffix: optional(40),
  company: optional(255),
  lines: z.array(text(255)).max(5).default([]),
  city: optional(255),
  region: optional(255),
  regionCode: optional(10),
  countryCode: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code')
    .nullish(),
  postcode: optional(32),
  phone: optional(64),
  fax: optional(64),
  vatNumber: optional(64),
  defaultBilling: z.boolean().default(false),
  defaultShipping: z.boolean().default(false),
});

/** What the dialects keep beside the columns, a namespace for each (design: data). */
const attributes = z.strictObject({
  adobe: z
    .strictObject({
      allowRemoteShoppingAssistance: z.boolean(),
      custom: z.record(text(255), text(1024)),
    })
    .partial()
    .optional(),
});

const members = z.strictObject({
  realm: z.string().max(64).optional(),
  email: z.string().max(254),
  password: z.string().max(1024).nullish(),
  passwordHash: z.string().nullish(),
  firstName: optional(255),
  lastName: optional(255),
  phone: optional(40),
  state: z.enum(['enabled', 'disabled', 'invited', 'declined']),
  emailConfirmed: z.boolean().default(true),
  tags: z.array(text(255)).max(250).refine(fitsJsonColumn, `has more than ${JSON_BYTES} bytes`).default([]),
  acceptsMarketing: z.boolean().default(false),
  multipassIdentifier: optional(255),
  addresses: z.array(address).max(50).default([]),
  attributes: attributes.refine(fitsJsonColumn, `has more than ${JSON_BYTES} bytes`).default({}),
});

/** The body of `POST /admin/v1/customers`. */
export const newCustomer = members.refine(
  ({ password, passwordHash }) => typeof password !== 'string' || typeof passwordHash !== 'string',
  { path: ['passwordHash'], message: 'cannot stand beside a password' },
);

/** The body of `PATCH /admin/v1/customers/{number}`: what is absent stays; staff set nobody's password (SEC-34). */
export const customerChanges = z
  .strictObject({
    email: z.string().max(254),
    firstName: optional(255),
    middleName: optional(255),
    lastName: optional(255),
    phone: optional(40),
    tags: members.shape.tags.unwrap(),
    acceptsMarketing: z.boolean(),
    multipassIdentifier: optional(255),
    attributes: attributes.refine(fitsJsonColumn, `has more than ${JSON_BYTES} bytes`),
  })
  .partial()
  .refine((changes) => Object.keys(changes).length > 0, 'says nothing');

const page = {
  cursor: z.string().max(64).optional(),
  limit: z
    .string()
    .regex(/^([1-9]\d?|100)$/, 'must be a number from 1 to 100')
    .transform(Number)
    .default(20),
};

export const customerQuery = z.strictObject({
  ...page,
  email: z.string().max(254).optional(),
  realm: z.string().max(64).optional(),
});

export const listQuery = z.strictObject(page);

export const statsQuery = z.strictObject({
  hours: z
    .string()
    .regex(/^([1-9]|[1-6]\d|7[0-2])$/, 'must be a number from 1 to 72')
    .transform(Number)
    .default(24),
});

export const customerNumber = z
  .string()
  .regex(/^[1-9]\d{0,15}$/, 'must be a number')
  .transform(Number);

/** Of requests that are done once, however often they are sent. */
export const keyHeader = z.object({ 'Idempotency-Key': z.string().min(1).max(255).optional() });

/** The version that a change is made of. */
export const versionHeader = z.object({ 'If-Match': z.string() });

/** Whose sessions end: those of a realm, or of one of its stores. */
export const signOutBody = z
  .strictObject({ realm: z.string().max(64).optional(), store: z.string().max(64).optional() })
  .refine(({ realm, store }) => (realm === undefined) !== (store === undefined), 'needs a realm or a store, not both');
