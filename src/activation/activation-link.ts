import { linkBase, mailedLink, readMailedLink, type MailedLinkParts } from '../one-time-secret/index.js';
import type { Store } from '../store/index.js';

/** The link to hand out, of the store's own base alone (SEC-37). */
export function activationLink(parts: MailedLinkParts, store: Store, publicUrl: string): string {
  return mailedLink('activate', parts, linkBase(store, publicUrl));
}

/** What a link of that form carries, of the store's own base alone (SEC-37); null for any other. */
export function readActivationLink(link: string, store: Store, publicUrl: string): MailedLinkParts | null {
  return readMailedLink('activate', link, linkBase(store, publicUrl));
}
