import type { Store } from './store.entity.js';

/** The shop's contact: the address that its mails come from. */
export function contactOf({ mailFrom }: Pick<Store, 'mailFrom'>): string {
  return /<([^<>]+)>$/.exec(mailFrom)?.[1] ?? mailFrom;
}
