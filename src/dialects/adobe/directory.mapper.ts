import { alpha3Of, countryName } from '#lib/countries';
import { linkBase } from '../../one-time-secret/index.js';
import type { Store } from '../../store/index.js';
import { OPTIONAL_POSTCODE } from './address.input.js';
import { CUSTOMER_TOKEN_SECONDS, settingsOf } from './adobe.caller.js';
import { COUNTRIES_WITH_REGIONS, regionsOf } from './adobe.regions.js';
import type { AdobeCountry, AdobeStoreConfig } from './directory.types.js';

/** A country in the store's language; null for a code that names none today. */
export function toCountry(code: string, { locale }: Store): AdobeCountry | null {
  const english = countryName(code);
  if (english === null) return null;
  const regions = regionsOf(code);
  return {
    available_regions: regions.length > 0 ? [...regions] : null,
    full_name_english: english,
    full_name_locale: countryName(code, locale) ?? english,
    id: code,
    three_letter_abbreviation: alpha3Of(code),
    two_letter_abbreviation: code,
  };
}

/** A store view. Realms are websites; what the vendor's catalogue and prices would say is null. */
export function toStoreConfig(store: Store, isDefault: boolean, publicUrl: string): AdobeStoreConfig {
  const settings = settingsOf(store);
  const { realm } = store;
  return {
    ...addressesOf(`${linkBase(store, publicUrl)}/`),
    autocomplete_on_storefront: false,
    base_currency_code: null,
    code: store.code,
    countries_with_required_region: COUNTRIES_WITH_REGIONS.join(','),
    create_account_confirmation: settings.confirmationRequired,
    customer_access_token_lifetime: CUSTOMER_TOKEN_SECONDS / 3600,
    default_display_currency_code: null,
    display_state_if_optional: true,
    graphql_share_customer_group: false,
    id: store.id,
    is_default_store: isDefault,
    is_default_store_group: isDefault,
    locale: toLocale(store.locale),
    magento_wishlist_general_is_enabled: '0',
    minimum_password_length: String(realm.policy.passwordMinimum),
    newsletter_enabled: settings.newsletterActive,
    optional_zip_countries: OPTIONAL_POSTCODE.join(','),
    required_character_classes_number: String(settings.requiredCharacterClasses),
    root_category_uid: null,
    store_code: store.code,
    store_group_code: realm.code,
    store_group_name: realm.code,
    store_name: store.name,
    store_sort_order: 0,
    timezone: 'UTC',
    use_store_in_url: false,
    website_code: realm.code,
    website_id: realm.id,
    website_name: realm.code,
  };
}

function addressesOf(base: string) {
  return {
    base_link_url: base,
    base_media_url: null,
    base_url: base,
    secure_base_link_url: base,
    secure_base_media_url: null,
    secure_base_url: base,
  };
}

/** `en` as `en_US`: the vendor always names a country, which is the likeliest where the store does not. */
function toLocale(locale: string): string {
  const { language, region } = new Intl.Locale(locale).maximize();
  return region ? `${language}_${region}` : language;
}
