import { parseEmail, type EmailAddress } from '#lib/email-address';
import { invalid, isObject, tooShort, type ErrorObject, type Written } from '#lib/json-api';
import { isPlainText } from '#lib/plain-text';
import type { Customer, CustomerAttributes, Profile } from '../../customer/index.js';
import type { Store } from '../../store/index.js';
import { emailFaults } from './commerce-layer.errors.js';
import { notesIn, textOf } from './common.mapper.js';

const MIN_SHOPPER_REFERENCE = 3;
const MAX_NAME = 255;

/** The address that a body gives, or what is wrong with it. */
export function emailIn(given: unknown, name: string, { realm }: Store): EmailAddress | readonly ErrorObject[] {
  const email = typeof given === 'string' ? parseEmail(given, { eai: realm.policy.eai }) : null;
  return email ?? emailFaults(name, given);
}

export function isEmail(read: EmailAddress | readonly ErrorObject[]): read is EmailAddress {
  return 'key' in read;
}

/** Rules of a customer's own attributes beside their kinds. */
export function customerFaults({ values, faults }: Written): readonly ErrorObject[] {
  const { shopper_reference: shopper } = values;
  const isShort = typeof shopper === 'string' && shopper.length < MIN_SHOPPER_REFERENCE;
  const { password } = values;
  return [
    ...faults,
    ...(isShort ? [tooShort('shopper_reference', MIN_SHOPPER_REFERENCE)] : []),
    ...(password === '' ? [invalid('password')] : []),
  ];
}

/** What a body says of a customer, after its faults were told; what it leaves out stays. */
export function profileIn(written: Written, current: CustomerAttributes = {}): Profile {
  const { values } = written;
  const { metadata, ...notes } = notesIn(written);
  const kept = current.commerceLayer ?? {};
  const own = {
    ...kept,
    ...('shopper_reference' in values ? { shopperReference: textOf(values['shopper_reference']) } : {}),
    ...('profile_id' in values ? { profileId: textOf(values['profile_id']) } : {}),
    ...('tax_exemption_code' in values ? { taxExemptionCode: textOf(values['tax_exemption_code']) } : {}),
  };
  if (metadata === undefined) return { ...notes, attributes: { commerceLayer: own } };
  const { names, rest } = namesIn(metadata);
  return { ...notes, ...names, attributes: { commerceLayer: { ...own, metadata: rest } } };
}

/** Names are the core's; of another form than a name's they are metadata like any other. */
function namesIn(metadata: object | null): { names: Pick<Profile, 'firstName' | 'lastName'>; rest: object } {
  const { first_name: first, last_name: last, ...others } = isObject(metadata) ? metadata : {};
  return {
    names: { firstName: isName(first) ? first : null, lastName: isName(last) ? last : null },
    rest: {
      ...others,
      ...(first === undefined || isName(first) ? {} : { first_name: first }),
      ...(last === undefined || isName(last) ? {} : { last_name: last }),
    },
  };
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_NAME && isPlainText(value);
}

/** A customer's tags after some were added and some taken away. */
export function tagsAfter(
  { tags }: Pick<Customer, 'tags'>,
  added: readonly string[],
  removed: readonly string[],
): string[] {
  return [...new Set([...tags, ...added])].filter((tag) => !removed.includes(tag));
}

/** Names between commas; blanks around them mean nothing. */
export function namesOf(value: unknown): string[] {
  if (typeof value !== 'string') return [];
  return value.split(',').map((name) => name.trim()).filter((name) => name !== ''); // prettier-ignore
}
