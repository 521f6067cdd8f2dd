import { view, type View } from './layout.view.js';
import { noticeView, shopFrame, type ShopPage } from './message.view.js';
import { sayIn } from './pages.texts.js';

interface ResetPage extends ShopPage {
  readonly csrf: string;
  /** Where the form is sent. */
  readonly action: string;
  /** Characters that a password needs. */
  readonly minimum: number;
  /** Why the last one was refused, in the customer's language. */
  readonly error?: string | undefined;
}

interface ResetModel {
  readonly label: string;
  readonly hint: string;
  readonly button: string;
  readonly csrf: string;
  readonly action: string;
  readonly minimum: number;
  readonly error: string;
}

// No maxlength: a browser would cut what is pasted without a word (SEC-18).
const resetView: View<ResetModel> = view(`
<form method="post" action="{{action}}">
<input type="hidden" name="csrf" value="{{csrf}}">
<label for="password">{{label}}</label>
<p class="hint" id="password-hint">{{hint}}</p>
{{#if error}}
<p class="error" id="password-error" role="alert">{{error}}</p>
{{/if}}
<input id="password" name="password" type="password" required minlength="{{minimum}}" autocomplete="new-password" autocapitalize="none" spellcheck="false"{{#if error}} aria-invalid="true" aria-describedby="password-error password-hint"{{else}} aria-describedby="password-hint"{{/if}}>
<button type="submit">{{button}}</button>
</form>
`);

/** Asks for the new password, once: it can be reset again, and password managers fill in one field best. */
export function resetPage(page: ResetPage): string {
  const say = sayIn(page.locale);
  return resetView(shopFrame(page, say('resetTitle')), {
    label: say('password'),
    hint: say('passwordHint', { minimum: page.minimum }),
    button: say('resetButton'),
    csrf: page.csrf,
    action: page.action,
    minimum: page.minimum,
    error: page.error ?? '',
  });
}

/** The end of a reset; a store with a storefront leads back to it. */
export function resetDonePage(page: ShopPage & { readonly shopUrl?: string | null }): string {
  const say = sayIn(page.locale);
  const next = page.shopUrl ? { href: page.shopUrl, label: say('toShop') } : undefined;
  return noticeView(shopFrame(page, say('doneTitle')), { texts: [say('done')], next });
}

/** One page for links that are wrong, used or expired; it does not tell which. */
export function linkInvalidPage(page: ShopPage & { readonly recoverUrl: string }): string {
  const say = sayIn(page.locale);
  const next = { href: page.recoverUrl, label: say('linkInvalidButton') };
  return noticeView(shopFrame(page, say('linkInvalidTitle')), { texts: [say('linkInvalid')], next });
}
