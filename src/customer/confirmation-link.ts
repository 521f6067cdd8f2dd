import { linkBase, mailedLink } from '../one-time-secret/index.js';
import type { Dialect, Store } from '../store/index.js';
import type { Customer } from './customer.entity.js';

/** What decides the form of a link. */
interface LinkOrder {
  readonly store: Store;
  /** What it was asked through. */
  readonly origin: Dialect;
}

/** A link that confirms an address, built from the store's own base alone (SEC-37), where the dialect's storefronts expect it. */
export function confirmationLink(
  { store, origin }: LinkOrder,
  { id, number }: Customer,
  secret: string,
  publicUrl: string,
): string {
  const base = linkBase(store, publicUrl);
  if (origin === 'adobe') return `${base}/customer/account/confirm/?id=${id}&key=${encodeURIComponent(secret)}`;
  return mailedLink('confirm', { number, secret }, base);
}
