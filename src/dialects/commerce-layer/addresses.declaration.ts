import { boolean, float, note, text, toMany, toOne } from '#lib/json-api';
import type { ResourceDeclaration } from './commerce-layer.resource.js';
import { COMMON } from './common.declaration.js';

const RESTRICTED = { restricted: true } as const;

/** Addresses, in a customer's book or in nobody's yet. */
export const addressesDeclaration: ResourceDeclaration = {
  type: 'addresses',
  access: {
    list: ['integration'],
    retrieve: ['integration', 'storefront'],
    create: ['integration', 'storefront'],
    update: ['integration', 'storefront'],
    remove: ['integration', 'storefront'],
  },
  attributes: {
    business: boolean('CUFQ'),
    first_name: text('CUFQ'),
    last_name: text('CUFQ'),
    company: text('CUFQ'),
    full_name: text('F'),
    line_1: text('CUFQ'),
    line_2: text('CUFQ'),
    city: text('CUFQS'),
    zip_code: text('CUFQ'),
    state_code: text('CUFQS'),
    country_code: text('CUFQS'),
    phone: text('CUFQ'),
    full_address: text('F'),
    name: text('F'),
    email: text('CUFQ', { maximum: 254 }),
    notes: note('CUFQ'),
    lat: float('CUFQ'),
    lng: float('CUFQ'),
    is_localized: boolean('F'),
    is_geocoded: boolean('F'),
    provider_name: text('F'),
    map_url: text('F'),
    static_map_url: text('F'),
    billing_info: text('CUFQ'),
    _add_tags: text('U', { ...RESTRICTED, maximum: 4096 }),
    _remove_tags: text('U', { ...RESTRICTED, maximum: 4096 }),
    ...COMMON,
  },
  relationships: {
    geocoder: toOne('geocoders', ''),
    events: toMany('events', 'Q', { inverse: 'address' }),
    tags: toMany('tags', 'CUQ', { ...RESTRICTED, inverse: 'address' }),
    event_stores: toMany('event_stores', 'V'),
  },
};
