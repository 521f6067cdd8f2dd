import type { Customer } from '../customer/index.js';
import type { Dialect, Store } from '../store/index.js';

/** Where each dialect's storefronts expect their customers to arrive; the pages answer to both forms. */
const DEFAULT_LINK = '{storefrontUrl}/account/reset/{number}/{token}';
const ADOBE_LINK = '{storefrontUrl}/customer/account/createPassword/?token={token}';

/** What a reset was asked through; `pages`: our own form. */
export type ResetOrigin = Dialect | 'pages';

/** What decides the form of a link. */
interface LinkOrder {
  readonly store: Store;
  readonly origin: ResetOrigin;
}

/** The link to mail, built from the store's own base alone, never from a request (SEC-37). */
export function resetLink({ store, origin }: LinkOrder, customer: Customer, secret: string, publicUrl: string): string {
  const values: Readonly<Record<string, string>> = {
    number: String(customer.number),
    id: String(customer.id),
    token: secret,
    email: customer.email,
    store: store.code,
  };
  const base = store.storefrontUrl ?? publicUrl;
  return templateOf(store, origin)
    .replace('{storefrontUrl}', () => base)
    .replace(/\{(number|id|token|email|store)\}/g, (_whole, name: string) => encodeURIComponent(values[name] ?? ''));
}

function templateOf({ settings }: Store, origin: ResetOrigin): string {
  const own = origin === 'pages' ? undefined : settings[origin]?.resetLink;
  return own ?? (origin === 'adobe' ? ADOBE_LINK : DEFAULT_LINK);
}

/** What a link of the default form carries. */
export interface ResetLinkParts {
  readonly number: number;
  readonly secret: string;
}

/**
 * Reads a link that a storefront got back from its customer: `<base>/account/reset/<number>/<secret>`, with a language
 * before it and a slash behind it if need be; query and fragment do not count. Null unless scheme, host and port are
 * those of the store's own links (SEC-37).
 */
export function readResetLink(link: string, { storefrontUrl }: Store, publicUrl: string): ResetLinkParts | null {
  const base = new URL(storefrontUrl ?? publicUrl);
  const url = URL.canParse(link) ? new URL(link) : null;
  if (url?.origin !== base.origin || url.username !== '' || url.password !== '') return null;
  const prefix = base.pathname.replace(/\/$/, '');
  if (!url.pathname.startsWith(`${prefix}/`)) return null;
  const path = url.pathname.slice(prefix.length);
  const [, number, secret] =
    /^(?:\/[a-z]{2}(?:-[a-z]{2})?)?\/account\/reset\/([1-9]\d{0,15})\/([^/]+)\/?$/i.exec(path) ?? [];
  return number && secret ? { number: Number(number), secret } : null;
}
