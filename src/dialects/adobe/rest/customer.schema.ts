import { z } from 'zod';
import { ASSISTANCE } from './rest.mapper.js';
import { id, optional, required, text } from './rest.input.js';

const MAX_LISTED = 250;

const region = z.strictObject({ region_code: optional(text), region: optional(text), region_id: optional(id) });

/** Nothing is kept of a shop's own attributes of an address. */
const nothing = optional(z.array(z.unknown()).max(0));

export const addressSchema = z
  .strictObject({
    id: optional(id),
    customer_id: optional(id),
    region: optional(region),
    region_id: optional(id),
    country_id: optional(text),
    street: optional(z.array(text).max(20)),
    company: optional(text),
    telephone: optional(text),
    fax: optional(text),
    postcode: optional(text),
    city: optional(text),
    firstname: optional(text),
    lastname: optional(text),
    middlename: optional(text),
    prefix: optional(text),
    suffix: optional(text),
    vat_id: optional(text),
    default_shipping: optional(z.boolean()),
    default_billing: optional(z.boolean()),
    custom_attributes: nothing,
  })
  .meta({ id: 'AdobeGivenAddress' });

const extensions = z.strictObject({
  is_subscribed: optional(z.boolean()),
  assistance_allowed: optional(z.union([z.literal(ASSISTANCE.refused), z.literal(ASSISTANCE.allowed)])),
});

/**
 * A customer as clients send it, often as they got it: what is not theirs to say (`confirmation`, `created_at`,
 * `updated_at`, `created_in`, `store_id`, `disable_auto_group_change`) is accepted and has no effect (SEC-2).
 */
export const customerSchema = z
  .strictObject({
    id: optional(id),
    group_id: optional(id),
    default_billing: optional(text),
    default_shipping: optional(text),
    confirmation: optional(text),
    created_at: optional(text),
    updated_at: optional(text),
    created_in: optional(text),
    dob: optional(text),
    email: required,
    firstname: optional(text),
    lastname: optional(text),
    middlename: optional(text),
    prefix: optional(text),
    suffix: optional(text),
    gender: optional(z.int()),
    store_id: optional(id),
    taxvat: optional(text),
    website_id: optional(id),
    addresses: optional(z.array(addressSchema).max(MAX_LISTED)),
    disable_auto_group_change: optional(z.int()),
    extension_attributes: optional(extensions),
    custom_attributes: optional(z.array(z.strictObject({ attribute_code: required, value: text })).max(50)),
  })
  .meta({ id: 'AdobeGivenCustomer' });

/** A new customer. `redirectUrl` has no effect: links lead to the store's own storefront (SEC-37). */
export const newCustomer = z.strictObject({
  customer: customerSchema,
  password: optional(z.string()),
  redirectUrl: optional(text),
});

/** A customer's changes; the hash is for staff alone. */
export const changedCustomer = z.strictObject({ customer: customerSchema, passwordHash: optional(text) });

export const validatedCustomer = z.strictObject({ customer: customerSchema });

export type GivenCustomer = z.output<typeof customerSchema>;
export type GivenRestAddress = z.output<typeof addressSchema>;
