import { noticeView, shopFrame, type ShopPage } from './message.view.js';
import { pagePhrases } from './pages.texts.js';
import { passwordPage, type PasswordPage } from './password-form.view.js';

export function activatePage(page: PasswordPage): string {
  return passwordPage(page, { title: 'activateTitle', label: 'firstPassword', button: 'activateButton' });
}

/** The end of an activation; a store with a storefront leads to it. */
export function activatedPage(page: ShopPage & { readonly shopUrl: string | null }): string {
  const say = pagePhrases.sayIn(page.locale);
  const next = page.shopUrl ? { href: page.shopUrl, label: say('toShop') } : undefined;
  return noticeView(shopFrame(page, say('activatedTitle')), { texts: [say('activated')], next });
}

/** One page for links that are wrong, used or expired, and what can be done in each case. */
export function activationInvalidPage(page: ShopPage & { readonly recoverUrl: string }): string {
  const say = pagePhrases.sayIn(page.locale);
  const next = { href: page.recoverUrl, label: say('recoverTitle') };
  return noticeView(shopFrame(page, say('linkInvalidTitle')), { texts: [say('activationInvalid')], next });
}
