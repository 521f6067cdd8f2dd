import type { Customer } from '../customer/index.js';
import { linkBase, readMailedLink, type MailedLinkParts } from '../one-time-secret/index.js';
import type { Dialect, Store } from '../store/index.js';

/** Where each dialect's storefronts expect their customers to arrive; the pages answer to both forms. */
const DEFAULT_LINK = '{storefrontUrl}/account/reset/{number}/{token}';
const ADOBE_LINK = '{storefrontUrl}/customer/account/createPassword/?token={token}';
const ADOBE_LINK_WITH_ID = '{storefrontUrl}/customer/account/createPassword/?id={id}&token={token}';

/** What a reset was asked through; `pages`: our own form. */
export type ResetOrigin = Dialect | 'pages';

/** What decides the form of a link. */
interface LinkOrder {
  readonly store: Store;
  readonly origin: ResetOrigin;
  readonly namesOwner?: boolean;
}

/** The link to mail, built from the store's own base alone, never from a request (SEC-37). */
export function resetLink(
  order: LinkOrder,
  customer: Pick<Customer, 'email' | 'id' | 'number'>,
  secret: string,
  publicUrl: string,
): string {
  const { store } = order;
  const values: Readonly<Record<string, string>> = {
    number: String(customer.number),
    id: String(customer.id),
    token: secret,
    email: customer.email,
    store: store.code,
  };
  const base = linkBase(store, publicUrl);
  return templateOf(order)
    .replace('{storefrontUrl}', () => base)
    .replace(/\{(number|id|token|email|store)\}/g, (_whole, name: string) => encodeURIComponent(values[name] ?? ''));
}

function templateOf({ store: { settings }, origin, namesOwner }: LinkOrder): string {
  const own = origin === 'pages' ? undefined : settings[origin]?.resetLink;
  if (own !== undefined) return own;
  if (origin !== 'adobe') return DEFAULT_LINK;
  return namesOwner ? ADOBE_LINK_WITH_ID : ADOBE_LINK;
}

/** What a link of the default form carries, of the store's own base alone (SEC-37); null for any other. */
export function readResetLink(link: string, store: Store, publicUrl: string): MailedLinkParts | null {
  return readMailedLink('reset', link, linkBase(store, publicUrl));
}
