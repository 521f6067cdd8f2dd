import { JSON_BYTES } from '../../common/columns.js';
import { DomainError } from '../../common/domain-error.js';
import type { Customer, CustomerAttributes, Profile } from '../../customer/index.js';
import type { AdobeSettings } from '../../store/index.js';
import { LABELS } from './adobe.errors.js';
import { dateOfBirth, isSaid, namesIn, refuse, shortText } from './adobe.input.js';
import type { AdobeCustomerCreateInput, AdobeProfileInput } from './profile.types.js';

const GENDERS = [1, 2, 3];
/** Leaves room for what else the column holds. */
const MAX_CUSTOM_BYTES = JSON_BYTES - 1024;

/** Any of the vendor's forms of a customer's particulars. */
export type GivenProfile = AdobeProfileInput & {
  readonly firstname?: string | null;
  readonly lastname?: string | null;
} & Pick<AdobeCustomerCreateInput, 'allow_remote_shopping_assistance' | 'custom_attributes'>;

type AdobeAttributes = NonNullable<CustomerAttributes['adobe']>;

/** The profile of a new customer; null means the same as absent. @throws AdobeError */
export function profileIn(input: GivenProfile, settings: AdobeSettings): Profile {
  const names = { firstname: input.firstname ?? '', lastname: input.lastname ?? '' };
  if (settings.profile === '2.4.7') refuseMissingNames(missingIn(names), settings);
  refuseUnknownGender(input.gender);
  return {
    firstName: shortText(names.firstname, 'firstname'),
    middleName: shortText(input.middlename, 'middlename'),
    lastName: shortText(names.lastname, 'lastname'),
    namePrefix: shortText(input.prefix, 'prefix', 40),
    nameSuffix: shortText(input.suffix, 'suffix', 40),
    dateOfBirth: dateOfBirth(input.date_of_birth ?? input.dob),
    gender: input.gender ?? null,
    taxNumber: shortText(input.taxvat, 'taxvat'),
    acceptsMarketing: settings.newsletterActive && (input.is_subscribed ?? false),
    attributes: { adobe: attributesIn(input, {}) },
  };
}

/** What an update says; what is absent or null stays as it is. @throws AdobeError, DomainError PROFILE_INCOMPLETE */
export function changesIn(input: GivenProfile, customer: Customer, settings: AdobeSettings): Profile {
  if (settings.profile === '2.4.7') refuseMissingNames(missingIn(input), settings);
  refuseUnknownGender(input.gender);
  refuseMissingNames(missingIn(input), settings);
  const born = input.date_of_birth ?? input.dob;
  return {
    ...namesIn(input),
    ...(isSaid(born) ? { dateOfBirth: dateOfBirth(born) } : {}),
    ...(isSaid(input.gender) ? { gender: input.gender } : {}),
    ...(isSaid(input.taxvat) ? { taxNumber: shortText(input.taxvat, 'taxvat') } : {}),
    ...(isSaid(input.is_subscribed) && settings.newsletterActive ? { acceptsMarketing: input.is_subscribed } : {}),
    ...attributeChanges(input, customer),
  };
}

function attributeChanges(input: GivenProfile, { attributes }: Customer): Profile {
  if (!isSaid(input.custom_attributes) && !isSaid(input.allow_remote_shopping_assistance)) return {};
  return { attributes: { adobe: attributesIn(input, attributes.adobe ?? {}) } };
}

/** Attributes that are not named keep their values. */
function attributesIn(input: GivenProfile, before: AdobeAttributes): AdobeAttributes {
  const custom = { ...before.custom, ...customIn(input) };
  if (Object.keys(custom).length > 50) refuse('Too many custom attributes.');
  if (Buffer.byteLength(JSON.stringify(custom)) > MAX_CUSTOM_BYTES) refuse('The custom attributes are too long.');
  const allowed = input.allow_remote_shopping_assistance ?? before.allowRemoteShoppingAssistance ?? false;
  return { ...before, allowRemoteShoppingAssistance: allowed, custom };
}

function customIn({ custom_attributes: attributes }: GivenProfile): Record<string, string> {
  const given = (attributes ?? []).filter((attribute) => attribute !== null);
  return Object.fromEntries(
    given.map(({ attribute_code: code, value, selected_options: options }) => [code, value ?? optionsIn(options)]),
  );
}

function optionsIn(options: ({ readonly value: string } | null)[] | null | undefined): string {
  return (options ?? []).flatMap((option) => option?.value ?? []).join(',');
}

function refuseUnknownGender(gender: number | null | undefined): void {
  if (isSaid(gender) && !GENDERS.includes(gender)) refuse(`"${gender}" is not a valid gender value.`);
}

type Name = keyof typeof LABELS;

/** Names that are given but blank. */
function missingIn({ firstname, lastname }: Pick<GivenProfile, 'firstname' | 'lastname'>): Name[] {
  return [
    ...(firstname?.trim() === '' ? (['firstName'] as const) : []),
    ...(lastname?.trim() === '' ? (['lastName'] as const) : []),
  ];
}

/** Releases up to 2.4.7 told missing names before all else, and in one text. */
function refuseMissingNames(missing: readonly Name[], { profile }: AdobeSettings): void {
  if (missing.length === 0) return;
  if (profile !== '2.4.7') throw new DomainError('PROFILE_INCOMPLETE', { missing });
  refuse(`Required parameters are missing: ${missing.map((name) => LABELS[name]).join(', ')}`);
}
