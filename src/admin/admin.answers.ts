import { z } from 'zod';

const text = z.string().nullable();
const time = z.string().describe('ISO 8601, UTC, with milliseconds.');
const id = z.int();

const address = z
  .strictObject({
    number: z.int(),
    id,
    firstName: text,
    middleName: text,
    lastName: text,
    namePrefix: text,
    nameSuffix: text,
    company: text,
    lines: z.array(z.string()),
    city: text,
    region: text,
    regionCode: text,
    countryCode: text,
    postcode: text,
    phone: text,
    fax: text,
    vatNumber: text,
    defaultBilling: z.boolean(),
    defaultShipping: z.boolean(),
  })
  .meta({ id: 'AdminAddress' });

export const customerAnswer = z
  .strictObject({
    number: z.int(),
    id,
    realm: z.string(),
    email: z.string(),
    emailConfirmed: z.boolean(),
    firstName: text,
    lastName: text,
    phone: text,
    state: z.enum(['enabled', 'disabled', 'invited', 'declined']),
    tags: z.array(z.string()),
    acceptsMarketing: z.boolean(),
    multipassIdentifier: text,
    hasPassword: z.boolean(),
    lockedUntil: time.nullable(),
    disabledBy: text,
    ids: z.strictObject({ adobe: z.int(), shopify: z.string(), commerceLayer: z.string(), commonGround: z.string() }),
    createdAt: time,
    updatedAt: time,
    lastSignInAt: time.nullable(),
    addresses: z.array(address),
    attributes: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AdminCustomer' });

const event = z
  .strictObject({
    id,
    type: z.string(),
    origin: z.string(),
    network: text,
    requestId: text,
    data: z.record(z.string(), z.unknown()),
    createdAt: time,
  })
  .meta({ id: 'AdminEvent' });

const mail = z
  .strictObject({
    id,
    to: z.string(),
    kind: z.string(),
    status: z.enum(['queued', 'sent', 'dead']),
    attempts: z.int(),
    lastError: text,
    createdAt: time,
    sentAt: time.nullable(),
  })
  .meta({ id: 'AdminMail' });

const token = z
  .strictObject({ id, surface: z.string(), store: z.string(), issuedAt: time, expiresAt: time })
  .meta({ id: 'AdminToken' });

const listOf = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ items: z.array(item), nextCursor: text.describe('Null on the last page.') });

export const customersAnswer = listOf(customerAnswer);
export const eventsAnswer = listOf(event);
export const mailsAnswer = listOf(mail);
export const tokensAnswer = listOf(token);

export const signedOutAnswer = z.strictObject({ customers: z.int().describe('How many were signed out.') });

export const activationAnswer = z.strictObject({ url: z.string() });

export const statsAnswer = z.strictObject({
  items: z.array(
    z.strictObject({
      hour: time,
      signIns: z.int(),
      failures: z.int(),
      locks: z.int(),
      resetsAsked: z.int(),
      resetsMailed: z.int(),
      resetsFinished: z.int(),
    }),
  ),
});

/** RFC 9457. */
export const problemAnswer = z
  .strictObject({
    type: z.string(),
    status: z.int(),
    title: z.string(),
    detail: z.string().optional(),
    instance: z.string(),
  })
  .meta({ id: 'Problem' });
