import { z } from 'zod';

const text = z.string().optional();

const attribute = z.strictObject({ attribute_code: z.string(), value: z.string() });

/** An address as it is shown; members without a value are left out. */
export const addressAnswer = z
  .strictObject({
    id: z.int(),
    customer_id: z.int(),
    region: z.strictObject({ region_code: text, region: text, region_id: z.int() }),
    region_id: z.int(),
    country_id: text,
    street: z.array(z.string()),
    company: text,
    telephone: text,
    fax: text,
    postcode: text,
    city: text,
    firstname: text,
    lastname: text,
    middlename: text,
    prefix: text,
    suffix: text,
    vat_id: text,
    default_shipping: z.literal(true).optional(),
    default_billing: z.literal(true).optional(),
  })
  .meta({ id: 'AdobeAddress' });

/** A customer as it is shown; members without a value are left out. */
export const customerAnswer = z
  .strictObject({
    id: z.int(),
    group_id: z.int(),
    default_billing: text.describe('Id of an address.'),
    default_shipping: text.describe('Id of an address.'),
    created_at: z.string().describe('`YYYY-MM-DD HH:MM:SS`, UTC.'),
    updated_at: z.string().describe('`YYYY-MM-DD HH:MM:SS`, UTC.'),
    created_in: z.string(),
    dob: text.describe('`YYYY-MM-DD`.'),
    email: z.string(),
    firstname: text,
    lastname: text,
    middlename: text,
    prefix: text,
    suffix: text,
    gender: z.int().optional().describe('1 male, 2 female, 3 not specified.'),
    store_id: z.int(),
    taxvat: text,
    website_id: z.int(),
    addresses: z.array(addressAnswer),
    disable_auto_group_change: z.int(),
    extension_attributes: z.strictObject({ is_subscribed: z.boolean(), assistance_allowed: z.int() }),
    custom_attributes: z.array(attribute).optional(),
  })
  .meta({ id: 'AdobeCustomer' });

const echo = z
  .strictObject({
    filter_groups: z.array(
      z.strictObject({
        filters: z.array(z.strictObject({ field: z.string(), value: z.string(), condition_type: z.string() })),
      }),
    ),
    sort_orders: z.array(z.strictObject({ field: z.string(), direction: z.enum(['ASC', 'DESC']) })).optional(),
    page_size: z.int().optional(),
    current_page: z.int().optional(),
  })
  .meta({ id: 'AdobeSearchCriteria' });

export const searchAnswer = z
  .strictObject({ items: z.array(customerAnswer), search_criteria: echo, total_count: z.int() })
  .meta({ id: 'AdobeCustomerSearchResults' });

export const validationAnswer = z
  .strictObject({ valid: z.boolean(), messages: z.array(z.string()) })
  .meta({ id: 'AdobeValidationResults' });

export const confirmationAnswer = z.enum([
  'account_confirmed',
  'account_confirmation_required',
  'account_confirmation_not_required',
]);

export const done = z.boolean();
export const tokenAnswer = z.string().describe('A Bearer token.');

const parameters = z.union([z.array(z.string()), z.record(z.string(), z.union([z.string(), z.number()]))]).optional();
const problem = z.strictObject({ message: z.string(), parameters });

/** A refusal: the message is a template, its gaps are told by the parameters. */
export const refusalAnswer = z
  .strictObject({ ...problem.shape, errors: z.array(problem).optional() })
  .meta({ id: 'AdobeError' });
