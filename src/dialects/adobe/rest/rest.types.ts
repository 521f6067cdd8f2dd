/** An address on the wire; members that are null are left out. */
export interface AdobeRestAddress {
  readonly id: number;
  readonly customer_id: number;
  readonly region: { readonly region_code: string | null; readonly region: string | null; readonly region_id: number };
  readonly region_id: number;
  readonly country_id: string | null;
  readonly street: readonly string[] | null;
  readonly company: string | null;
  readonly telephone: string | null;
  readonly fax: string | null;
  readonly postcode: string | null;
  readonly city: string | null;
  readonly firstname: string | null;
  readonly lastname: string | null;
  readonly middlename: string | null;
  readonly prefix: string | null;
  readonly suffix: string | null;
  readonly vat_id: string | null;
  readonly default_shipping: true | null;
  readonly default_billing: true | null;
}

/** A customer on the wire; members that are null are left out. */
export interface AdobeRestCustomer {
  readonly id: number;
  readonly group_id: number;
  readonly default_billing: string | null;
  readonly default_shipping: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly created_in: string;
  readonly dob: string | null;
  readonly email: string;
  readonly firstname: string | null;
  readonly lastname: string | null;
  readonly middlename: string | null;
  readonly prefix: string | null;
  readonly suffix: string | null;
  readonly gender: number | null;
  readonly store_id: number;
  readonly taxvat: string | null;
  readonly website_id: number;
  readonly addresses: readonly AdobeRestAddress[];
  readonly disable_auto_group_change: 0;
  readonly extension_attributes: { readonly is_subscribed: boolean; readonly assistance_allowed: number };
  readonly custom_attributes: readonly AdobeRestAttribute[] | null;
}

export interface AdobeRestAttribute {
  readonly attribute_code: string;
  readonly value: string;
}

export interface AdobeRestValidation {
  readonly valid: boolean;
  readonly messages: readonly string[];
}

/** What a search found, and what was asked. */
export interface AdobeRestSearch {
  readonly items: readonly AdobeRestCustomer[];
  readonly search_criteria: object;
  readonly total_count: number;
}
