import { noticeView, shopFrame, type ShopPage } from './message.view.js';
import { pagePhrases } from './pages.texts.js';
import { passwordPage, type PasswordPage } from './password-form.view.js';

export function resetPage(page: PasswordPage): string {
  return passwordPage(page, { title: 'resetTitle', label: 'password', button: 'resetButton' });
}

/** The end of a reset; a store with a storefront leads back to it. */
export function resetDonePage(page: ShopPage & { readonly shopUrl?: string | null }): string {
  const say = pagePhrases.sayIn(page.locale);
  const next = page.shopUrl ? { href: page.shopUrl, label: say('toShop') } : undefined;
  return noticeView(shopFrame(page, say('doneTitle')), { texts: [say('done')], next });
}

/** One page for links that are wrong, used or expired; it does not tell which. */
export function linkInvalidPage(page: ShopPage & { readonly recoverUrl: string }): string {
  const say = pagePhrases.sayIn(page.locale);
  const next = { href: page.recoverUrl, label: say('linkInvalidButton') };
  return noticeView(shopFrame(page, say('linkInvalidTitle')), { texts: [say('linkInvalid')], next });
}
