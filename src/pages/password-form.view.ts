import { view, type View } from './layout.view.js';
import { shopFrame, type ShopPage } from './message.view.js';
import { pagePhrases, type PageTexts } from './pages.texts.js';

/** A page that asks for a password to set. */
export interface PasswordPage extends ShopPage {
  readonly csrf: string;
  /** Where the form is sent. */
  readonly action: string;
  /** Characters that a password needs. */
  readonly minimum: number;
  /** Why the last one was refused, in the customer's language. */
  readonly error?: string | undefined;
}

/** What the password is for. */
interface Wording {
  readonly title: keyof PageTexts;
  readonly label: keyof PageTexts;
  readonly button: keyof PageTexts;
}

interface PasswordModel {
  readonly label: string;
  readonly hint: string;
  readonly button: string;
  readonly csrf: string;
  readonly action: string;
  readonly minimum: number;
  readonly error: string;
}

// No maxlength: a browser would cut what is pasted without a word (SEC-18).
const passwordView: View<PasswordModel> = view(`
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

/** Asks for the password once: it can be reset again, and password managers fill in one field best. */
export function passwordPage(page: PasswordPage, { title, label, button }: Wording): string {
  const say = pagePhrases.sayIn(page.locale);
  return passwordView(shopFrame(page, say(title)), {
    label: say(label),
    hint: say('passwordHint', { minimum: page.minimum }),
    button: say(button),
    csrf: page.csrf,
    action: page.action,
    minimum: page.minimum,
    error: page.error ?? '',
  });
}
