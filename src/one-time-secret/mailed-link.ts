import type { Store } from '../store/index.js';

/** What a mailed link is for, as its path says it. */
export type LinkVerb = 'reset' | 'activate' | 'confirm';

/** What a link of the default form carries. */
export interface MailedLinkParts {
  readonly number: number;
  readonly secret: string;
}

/** A link of the default form, built from the store's own base alone, never from a request (SEC-37). */
export function mailedLink(verb: LinkVerb, { number, secret }: MailedLinkParts, base: string): string {
  return `${base}/account/${verb}/${number}/${encodeURIComponent(secret)}`;
}

/** The base of a store's links: its storefront's, or our own pages'. */
export function linkBase({ storefrontUrl }: Store, publicUrl: string): string {
  return storefrontUrl ?? publicUrl;
}

/**
 * Reads a link that a storefront got back from its customer: `<base>/account/<verb>/<number>/<secret>`, with a language
 * before it and a slash behind it if need be; query and fragment do not count. Null unless scheme, host and port are
 * those of the store's own links (SEC-37).
 */
export function readMailedLink(verb: LinkVerb, link: string, base: string): MailedLinkParts | null {
  const own = new URL(base);
  const url = URL.canParse(link) ? new URL(link) : null;
  if (url?.origin !== own.origin || url.username !== '' || url.password !== '') return null;
  const prefix = own.pathname.replace(/\/$/, '');
  if (!url.pathname.startsWith(`${prefix}/`)) return null;
  const path = url.pathname.slice(prefix.length);
  const [, found, number, secret] =
    /^(?:\/[a-z]{2}(?:-[a-z]{2})?)?\/account\/([a-z]+)\/([1-9]\d{0,15})\/([^/]+)\/?$/i.exec(path) ?? [];
  return found?.toLowerCase() === verb && number && secret ? { number: Number(number), secret } : null;
}
