import { view, type View } from './layout.view.js';
import { noticeView, shopFrame, type ShopPage } from './message.view.js';
import { pagePhrases } from './pages.texts.js';
import type { PasswordPage } from './password-form.view.js';

/** Whether an account waits for the address, or the address is to replace another. */
interface Confirmed {
  readonly isChange: boolean;
}

interface ConfirmModel {
  readonly text: string;
  readonly button: string;
  readonly csrf: string;
  readonly action: string;
}

const confirmView: View<ConfirmModel> = view(`
<p>{{text}}</p>
<form method="post" action="{{action}}">
<input type="hidden" name="csrf" value="{{csrf}}">
<button type="submit">{{button}}</button>
</form>
`);

/** Only a click confirms: whatever opens links to look at them does not (SEC-32). */
export function confirmPage(page: Omit<PasswordPage, 'minimum' | 'error' | 'strength'> & Confirmed): string {
  const say = pagePhrases.sayIn(page.locale);
  return confirmView(shopFrame(page, say('confirmTitle')), {
    text: say(page.isChange ? 'confirmChange' : 'confirmAccount'),
    button: say('confirmButton'),
    csrf: page.csrf,
    action: page.action,
  });
}

/** The end of a confirmation; a store with a storefront leads to it. */
export function confirmedPage(page: ShopPage & Confirmed & { readonly shopUrl: string | null }): string {
  const say = pagePhrases.sayIn(page.locale);
  const next = page.shopUrl ? { href: page.shopUrl, label: say('toShop') } : undefined;
  const texts = [say(page.isChange ? 'confirmedChange' : 'confirmedAccount')];
  return noticeView(shopFrame(page, say('confirmedTitle')), { texts, next });
}

/** One page for links that are wrong, used or expired, and what can be done in each case. */
export function confirmationInvalidPage(page: ShopPage & { readonly recoverUrl: string }): string {
  const say = pagePhrases.sayIn(page.locale);
  const next = { href: page.recoverUrl, label: say('recoverTitle') };
  return noticeView(shopFrame(page, say('linkInvalidTitle')), { texts: [say('confirmationInvalid')], next });
}
