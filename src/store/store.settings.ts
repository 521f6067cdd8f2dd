/** What a store sets for Adobe's dialect; absent members have the contract's defaults. */
export interface AdobeSettings {
  readonly profile: '2.4.7' | '2.4.8' | '2.4.9';
  readonly httpStatus: 'legacy' | 'semantic';
  readonly requiredCharacterClasses: number;
  readonly confirmationRequired: boolean;
  readonly emailAvailableTruth: boolean;
  readonly newsletterActive: boolean;
  readonly strictRegion: boolean;
  readonly resetLink?: string | undefined;
}

/** What a store sets for Shopify's dialect. */
export interface ShopifySettings {
  /** Whether customers may ask for another address, which takes effect once it is confirmed. */
  readonly allowEmailChange: boolean;
  readonly upstream?: UpstreamSettings | undefined;
  readonly resetLink?: string | undefined;
}

/** Where operations go that are none of ours. */
export interface UpstreamSettings {
  /** An endpoint; without a path the same path and version that was asked for there. */
  readonly url: string;
  /** Whether its token is a private one, and whose buyers we speak for is believed. */
  readonly private: boolean;
  readonly timeoutMs: number;
}

/** What a store sets for Commerce Layer's dialect. */
export interface CommerceLayerSettings {
  /** The slug of the organization. */
  readonly organization: string;
  /** Whether resets made through this dialect are mailed; the vendor leaves that to the integrator. */
  readonly mailResets: boolean;
  /** Whether webhooks may call private addresses, and outside of production by plain http whatever they carry. */
  readonly webhookPrivateTargets: boolean;
  /** How long guests may come back to an address that nobody has taken into a book. */
  readonly guestAddressHours: number;
  readonly addressPhoneOptional: boolean;
  /** Where an address needs no postal code, by ISO 3166-1 alpha-2 codes. */
  readonly countriesWithoutZip: readonly string[];
  readonly resetLink?: string | undefined;
}

/** What a store sets for Common Ground's dialect. */
export interface CommonGroundSettings {
  /** How a password without an e-mail address beside it is encoded. */
  readonly passwordEncoding: 'base64' | 'plain';
  readonly sessionDays: number;
  readonly resetLink?: string | undefined;
}

/** Dialects of a store; one that is missing is off. Secrets are not here: digests are in `api_client`, sealed ones in the row. */
export interface StoreSettings {
  /** Allowed browser origins; absent: the origin of the storefront (SEC-9). */
  readonly origins?: readonly string[] | undefined;
  readonly adobe?: AdobeSettings | undefined;
  readonly shopify?: ShopifySettings | undefined;
  readonly commerceLayer?: CommerceLayerSettings | undefined;
  readonly commonGround?: CommonGroundSettings | undefined;
}

export type Dialect = 'adobe' | 'shopify' | 'commerceLayer' | 'commonGround';
