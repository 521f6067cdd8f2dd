import { JSON_BYTES } from '../../common/columns.js';
import type { Profile } from '../../customer/index.js';
import type { AdobeSettings } from '../../store/index.js';
import { LABELS } from './adobe.errors.js';
import { dateOfBirth, refuse } from './adobe.input.js';
import type { AdobeCustomerCreateInput } from './customer.types.js';

const GENDERS = [1, 2, 3];
/** Leaves room for what else the column holds. */
const MAX_CUSTOM_BYTES = JSON_BYTES - 1024;

/** The profile in a customer input; null means the same as absent. @throws AdobeError */
export function profileIn(input: AdobeCustomerCreateInput, { newsletterActive, profile }: AdobeSettings): Profile {
  const { gender } = input;
  if (profile === '2.4.7') refuseMissingNames(input);
  if (gender !== null && gender !== undefined && !GENDERS.includes(gender)) {
    refuse(`"${gender}" is not a valid gender value.`);
  }
  return {
    firstName: nameIn(input.firstname, 'firstname'),
    middleName: nameIn(input.middlename, 'middlename'),
    lastName: nameIn(input.lastname, 'lastname'),
    namePrefix: nameIn(input.prefix, 'prefix', 40),
    nameSuffix: nameIn(input.suffix, 'suffix', 40),
    dateOfBirth: dateOfBirth(input.date_of_birth ?? input.dob),
    gender: gender ?? null,
    taxNumber: nameIn(input.taxvat, 'taxvat'),
    acceptsMarketing: newsletterActive && (input.is_subscribed ?? false),
    attributes: {
      adobe: {
        allowRemoteShoppingAssistance: input.allow_remote_shopping_assistance ?? false,
        custom: customIn(input),
      },
    },
  };
}

/** Releases up to 2.4.7 looked for missing names before all else, and told them in one text. */
function refuseMissingNames({ firstname, lastname }: AdobeCustomerCreateInput): void {
  const missing = [...(firstname.trim() ? [] : [LABELS.firstName]), ...(lastname.trim() ? [] : [LABELS.lastName])];
  if (missing.length > 0) refuse(`Required parameters are missing: ${missing.join(', ')}`);
}

/** Trimmed; blank is null. */
function nameIn(value: string | null | undefined, name: string, limit = 255): string | null {
  const text = value?.trim() ?? '';
  if ([...text].length > limit) refuse(`The value of "${name}" is too long.`);
  return text === '' ? null : text;
}

function customIn({ custom_attributes: attributes }: AdobeCustomerCreateInput): Record<string, string> {
  const given = (attributes ?? []).filter((attribute) => attribute !== null);
  if (given.length > 50) refuse('Too many custom attributes.');
  const custom = Object.fromEntries(
    given.map(({ attribute_code: code, value, selected_options: options }) => [code, value ?? optionsIn(options)]),
  );
  if (Buffer.byteLength(JSON.stringify(custom)) > MAX_CUSTOM_BYTES) refuse('The custom attributes are too long.');
  return custom;
}

function optionsIn(options: ({ readonly value: string } | null)[] | null | undefined): string {
  return (options ?? []).flatMap((option) => option?.value ?? []).join(',');
}
