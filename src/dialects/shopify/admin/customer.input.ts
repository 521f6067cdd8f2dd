import type { EmailAddress } from '#lib/email-address';
import { codePoints, isPlainNote, isPlainText } from '#lib/plain-text';
import type { AddressChanges, Customer, CustomerAttributes, Profile } from '../../../customer/index.js';
import type { Store } from '../../../store/index.js';
import { isGiven } from '../shopify.connections.js';
import { ShopifyError } from '../shopify.errors.js';
import { emailIn, nameIn, phoneIn } from '../shopify.input.js';
import type { Report } from '../shopify.text.js';
import { newAddressesIn } from './address.input.js';
import { adminFault, adminFaultOf, AdminInputError, type Refuse } from './admin.errors.js';
import type { AdminUserError } from './admin.types.js';
import type { AdminConsentInput, AdminCustomerInput } from './input.types.js';

const MAX_NOTE = 5000;
const MAX_TEXT = 255;
const MAX_TAGS = 250;
/** What the column of tags holds. */
const TAGS_BYTES = 65_535;
/** What a customer cannot be made with. */
const IMPOSSIBLE_STATES: readonly string[] = ['INVALID', 'NOT_SUBSCRIBED', 'REDACTED'];

type Vendors = NonNullable<CustomerAttributes['shopify']>;

/** What is collected of an input, or wrong with it. */
export class Reading {
  readonly faults: AdminUserError[] = [];
  readonly refuse: Refuse = (field, message) => void this.faults.push(adminFault(field, message));
  readonly report: Report = (fault) => void this.faults.push(adminFaultOf(fault));

  /** @throws AdminInputError with all that is wrong */
  check(): void {
    if (this.faults.length > 0) throw new AdminInputError(this.faults);
  }
}

/** A new record. */
export interface NewRecord {
  readonly email: EmailAddress;
  readonly profile: Profile;
  readonly addresses: readonly AddressChanges[];
}

/** @throws AdminInputError with all that is wrong, ShopifyError for a state of consent that nobody can have */
export function newRecordIn(input: AdminCustomerInput, store: Store, at: Date): NewRecord {
  const reading = new Reading();
  if (isGiven(input.id)) reading.refuse(['id'], 'Cannot specify ID on creation');
  const email = newEmailIn(input, store, reading);
  const { attributes, ...profile } = profileIn(input, store, reading);
  const consent = consentIn(input, at, reading);
  const { firstName = null, lastName = null } = profile;
  const addresses = newAddressesIn(input.addresses ?? [], { firstName, lastName }, reading.refuse);
  if (addresses.length > MAX_TAGS) reading.refuse(['addresses'], `Addresses cannot be more than ${MAX_TAGS}`);
  reading.check();
  if (!email) throw new AdminInputError([adminFault(['email'], 'Email is invalid')]);
  return {
    email,
    profile: {
      ...profile,
      acceptsMarketing: consent?.state === 'SUBSCRIBED',
      attributes: { shopify: { ...attributes?.shopify, ...(consent ? { consent } : {}) } },
    },
    addresses,
  };
}

/** What is changed of a record; absent members are absent. */
export interface RecordChanges {
  readonly email: EmailAddress | null;
  readonly changes: Profile;
}

export function recordChangesIn(
  input: AdminCustomerInput,
  { attributes }: Customer,
  store: Store,
  reading: Reading,
): RecordChanges {
  if (isGiven(input.emailMarketingConsent)) reading.refuse(['emailMarketingConsent'], CONSENT_ELSEWHERE);
  const email = input.email === undefined ? null : emailIn(input.email ?? '', store, reading.report);
  const { attributes: changed, ...changes } = profileIn(input, store, reading);
  const kept = changed ? { attributes: { shopify: { ...attributes.shopify, ...changed.shopify } } } : {};
  return { email, changes: { ...changes, ...kept } };
}

const CONSENT_ELSEWHERE =
  'To update emailMarketingConsent, please use the customerEmailMarketingConsentUpdate Mutation instead';

/** The core knows customers by their address; a record without one cannot be kept. */
function newEmailIn(
  { email, firstName, lastName, phone }: AdminCustomerInput,
  store: Store,
  reading: Reading,
): EmailAddress | null {
  const isNameless = [email, firstName, lastName, phone].every((text) => (text ?? '').trim() === '');
  if (!isNameless) return emailIn(email ?? '', store, reading.report);
  reading.refuse(null, 'A name, phone number, or email address must be present');
  return null;
}

/** Members that were given, and no others. */
function profileIn(input: AdminCustomerInput, store: Store, { report, refuse }: Reading): Profile {
  const { firstName, lastName, phone, tags, multipassIdentifier } = input;
  const vendors = vendorsIn(input, refuse);
  return {
    ...(firstName === undefined ? {} : { firstName: nameIn(firstName, 'firstName', report) }),
    ...(lastName === undefined ? {} : { lastName: nameIn(lastName, 'lastName', report) }),
    ...(phone === undefined ? {} : { phone: phoneIn(phone, store, report) }),
    ...(!isGiven(tags) ? {} : { tags: tagsIn(tags, refuse) }),
    ...(multipassIdentifier === undefined ? {} : { multipassIdentifier: identifierIn(multipassIdentifier, refuse) }),
    ...(Object.keys(vendors).length === 0 ? {} : { attributes: { shopify: vendors } }),
  };
}

/** What the core has no column for. */
function vendorsIn({ note, taxExempt, locale }: AdminCustomerInput, refuse: Refuse): Vendors {
  if (isGiven(note) && codePoints(note) > MAX_NOTE) {
    refuse(['note'], `Note is too long (maximum is ${MAX_NOTE} characters)`);
  } else if (isGiven(note) && !isPlainNote(note)) refuse(['note'], 'Note is invalid');
  if (isGiven(locale) && !isLocale(locale)) refuse(['locale'], 'Locale is invalid');
  return {
    ...(note === undefined ? {} : { note }),
    ...(!isGiven(taxExempt) ? {} : { taxExempt }),
    ...(!isGiven(locale) ? {} : { locale }),
  };
}

/** Each text may hold several tags, with commas between. */
function tagsIn(texts: readonly string[], refuse: Refuse): string[] {
  const tags = [...new Set(texts.flatMap((text) => text.split(',')).map((tag) => tag.trim()))].filter(
    (tag) => tag !== '',
  );
  const isTooLong =
    tags.some((tag) => codePoints(tag) > MAX_TEXT) || Buffer.byteLength(JSON.stringify(tags)) > TAGS_BYTES;
  if (tags.length > MAX_TAGS) refuse(['tags'], `Tags cannot be more than ${MAX_TAGS}`);
  else if (isTooLong) refuse(['tags'], `Tags is too long (maximum is ${MAX_TEXT} characters)`);
  else if (!tags.every(isPlainText)) refuse(['tags'], 'Tags is invalid');
  return tags;
}

function identifierIn(text: string | null, refuse: Refuse): string | null {
  const identifier = text?.trim() ?? '';
  if (codePoints(identifier) > MAX_TEXT) {
    refuse(['multipassIdentifier'], `Multipass identifier is too long (maximum is ${MAX_TEXT} characters)`);
  } else if (!isPlainText(identifier)) refuse(['multipassIdentifier'], 'Multipass identifier is invalid');
  return identifier === '' ? null : identifier;
}

/** @throws ShopifyError INVALID for a state that nobody can have */
function consentIn(
  { email, emailMarketingConsent: given }: AdminCustomerInput,
  at: Date,
  { refuse }: Reading,
): Vendors['consent'] | null {
  if (!isGiven(given)) return null;
  refuseImpossible(given);
  if ((email ?? '').trim() === '') {
    refuse(['emailMarketingConsent'], 'An email address is required to set the email marketing consent state.');
  }
  const { marketingState: state, marketingOptInLevel: level, consentUpdatedAt } = given;
  return { state, level: level ?? 'SINGLE_OPT_IN', at: (consentUpdatedAt ?? at).toISOString() };
}

function refuseImpossible({ marketingState }: AdminConsentInput): void {
  if (!IMPOSSIBLE_STATES.includes(marketingState)) return;
  throw new ShopifyError(`Cannot specify ${marketingState} as a marketing state input`, { code: 'INVALID' });
}

const languages = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** A language that exists, with a country or script if need be. */
function isLocale(locale: string): boolean {
  if (!/^[a-z]{2,3}(?:-[A-Z]{2}|-[A-Z][a-z]{3})?$/.test(locale)) return false;
  return languages.of(locale) !== undefined;
}
