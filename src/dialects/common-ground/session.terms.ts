import type { Customer } from '../../customer/index.js';
import type { Store } from '../../store/index.js';
import type { TokenTerms } from '../../token/index.js';
import { settingsOf } from './common-ground.caller.js';
import { idOf } from './common-ground.mapper.js';

const DAY = 24 * 3600;

/** A buyer's session serves the store that it was made in (SEC-50). */
export function buyerSession(store: Store): (customer: Customer) => TokenTerms {
  return (customer) => ({
    surface: 'common-ground',
    form: 'jwt',
    scope: store.code,
    lifetime: settingsOf(store).sessionDays * DAY,
    claims: { sub: idOf(customer) },
  });
}
