import { Field, Float, ID } from '@nestjs/graphql';
import { countryCodes } from '../shopify.countries.js';
import { adminEnum, AdminInput, AdminType } from './admin.schema.js';
import { AdminNode, AdminPageInfo } from './admin.types.js';

const text = { nullable: true } as const;
const former = (reason: string) => ({ ...text, deprecationReason: reason });

export const AdminCountryCode = adminEnum('CountryCode', countryCodes);
export const AdminAddressValidation = adminEnum('MailingAddressValidationResult', ['ERROR', 'NO_ISSUES', 'WARNING']);

/** `formatted` takes arguments and is in `AdminAddressFields`. */
@AdminType('MailingAddress', { implements: () => [AdminNode] })
export class AdminMailingAddress extends AdminNode {
  @Field(() => String, text) address1: string | null;
  @Field(() => String, text) address2: string | null;
  @Field(() => String, text) city: string | null;
  @Field(() => String, text) company: string | null;
  @Field(() => Boolean) coordinatesValidated: boolean;
  @Field(() => String, text) country: string | null;
  @Field(() => String, former('Use `countryCodeV2` instead.')) countryCode: string | null;
  @Field(() => AdminCountryCode, text) countryCodeV2: string | null;
  @Field(() => String, text) firstName: string | null;
  @Field(() => String, text) formattedArea: string | null;
  @Field(() => String, text) lastName: string | null;
  @Field(() => Float, text) latitude: number | null;
  @Field(() => Float, text) longitude: number | null;
  @Field(() => String, text) name: string | null;
  @Field(() => String, text) phone: string | null;
  @Field(() => String, text) province: string | null;
  @Field(() => String, text) provinceCode: string | null;
  @Field(() => String, text) timeZone: string | null;
  @Field(() => AdminAddressValidation, text) validationResultSummary: string | null;
  @Field(() => String, text) zip: string | null;
}

@AdminType('MailingAddressEdge')
export class AdminMailingAddressEdge {
  @Field(() => String) cursor: string;
  @Field(() => AdminMailingAddress) node: AdminMailingAddress;
}

@AdminType('MailingAddressConnection')
export class AdminMailingAddressConnection {
  @Field(() => [AdminMailingAddressEdge]) edges: AdminMailingAddressEdge[];
  @Field(() => [AdminMailingAddress]) nodes: AdminMailingAddress[];
  @Field(() => AdminPageInfo) pageInfo: AdminPageInfo;
}

const ID_NOT_NEEDED = 'Not needed for 90% of mutations, and provided separately where it is needed.';

@AdminInput('MailingAddressInput')
export class AdminMailingAddressInput {
  @Field(() => String, text) address1?: string | null;
  @Field(() => String, text) address2?: string | null;
  @Field(() => String, text) city?: string | null;
  @Field(() => String, text) company?: string | null;
  @Field(() => String, former('Use `countryCode` instead.')) country?: string | null;
  @Field(() => AdminCountryCode, text) countryCode?: string | null;
  @Field(() => String, text) firstName?: string | null;
  @Field(() => ID, former(ID_NOT_NEEDED)) id?: string | null;
  @Field(() => String, text) lastName?: string | null;
  @Field(() => String, text) phone?: string | null;
  @Field(() => String, former('Use `provinceCode` instead.')) province?: string | null;
  @Field(() => String, text) provinceCode?: string | null;
  @Field(() => String, text) zip?: string | null;
}
