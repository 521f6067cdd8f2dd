import { boolean, integer, object, secret, text, toMany, toOne, trigger } from '#lib/json-api';
import type { ResourceDeclaration } from './commerce-layer.resource.js';
import { COMMON } from './common.declaration.js';

const RESTRICTED = { restricted: true } as const;

/** Customers. A shopper sees and changes the own record alone. */
export const customersDeclaration: ResourceDeclaration = {
  type: 'customers',
  access: {
    list: ['integration'],
    retrieve: ['integration', 'customer'],
    create: ['integration', 'storefront'],
    update: ['integration', 'customer'],
    remove: ['integration', 'customer'],
  },
  attributes: {
    email: text('CUFQS', { maximum: 254 }),
    password: secret('CU'),
    status: text('FQS'),
    has_password: boolean('F'),
    total_orders_count: integer('FQS'),
    shopper_reference: text('CUF', { maximum: 128 }),
    profile_id: text('CUF'),
    tax_exemption_code: text('CUF'),
    jwt_custom_claim: object('F'),
    anonymization_info: object('F'),
    anonymization_status: text('FQS'),
    _add_tags: text('U', { ...RESTRICTED, maximum: 4096 }),
    _remove_tags: text('U', { ...RESTRICTED, maximum: 4096 }),
    _request_anonymization: trigger('U', RESTRICTED),
    _cancel_anonymization: trigger('U', RESTRICTED),
    ...COMMON,
  },
  relationships: {
    customer_group: toOne('customer_groups', 'CUQS', RESTRICTED),
    customer_addresses: toMany('customer_addresses', 'Q', { inverse: 'customer' }),
    customer_payment_sources: toMany('customer_payment_sources', 'Q'),
    customer_subscriptions: toMany('customer_subscriptions', 'Q', { inverse: 'customer' }),
    orders: toMany('orders', ''),
    order_subscriptions: toMany('order_subscriptions', 'Q'),
    returns: toMany('returns', 'Q'),
    sku_lists: toMany('sku_lists', 'Q'),
    attachments: toMany('attachments', 'Q'),
    events: toMany('events', 'Q', { inverse: 'customer' }),
    tags: toMany('tags', 'CUQ', { ...RESTRICTED, inverse: 'customer' }),
    jwt_customer: toOne('jwt_customers', 'V'),
    jwt_markets: toMany('jwt_markets', 'V'),
    jwt_stock_locations: toMany('jwt_stock_locations', 'V'),
    event_stores: toMany('event_stores', 'V'),
  },
};
