import { restricted, secret, text, time, toMany, toOne } from '#lib/json-api';
import type { ResourceDeclaration } from './commerce-layer.resource.js';
import { COMMON } from './common.declaration.js';

/** Forgotten passwords: an integration asks and reads, whoever holds the token sets the new password (SEC-33). */
export const passwordResetsDeclaration: ResourceDeclaration = {
  type: 'customer_password_resets',
  access: {
    list: ['integration'],
    retrieve: ['integration'],
    create: ['integration'],
    update: ['integration', 'storefront'],
    remove: ['integration'],
  },
  attributes: {
    customer_email: text('CF', { maximum: 1024 }),
    // no prefix of a secret can be asked for (SEC-66)
    reset_password_token: text('FQ', { predicates: ['eq', 'in', 'null', 'not_null', 'present', 'blank'] }),
    reset_password_at: time('FQ'),
    customer_password: secret('U'),
    _reset_password_token: secret('U'),
    ...restricted(COMMON),
  },
  relationships: {
    customer: toOne('customers', 'QS'),
    events: toMany('events', 'Q', { inverse: 'customer_password_reset' }),
    event_stores: toMany('event_stores', 'V'),
  },
};
