import { view, type View } from './layout.view.js';
import { shopFrame, type ShopPage } from './message.view.js';
import { pagePhrases, type PageTexts } from './pages.texts.js';
import type { StrengthScripts } from './strength.assets.js';

/** A page that asks for a password to set. */
export interface PasswordPage extends ShopPage {
  readonly csrf: string;
  /** Where the form is sent. */
  readonly action: string;
  /** Characters that a password needs. */
  readonly minimum: number;
  readonly strength: StrengthScripts;
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
  readonly strength: StrengthScripts;
  readonly names: string;
  readonly levels: readonly string[];
}

// The bar is for the eye alone; the line under it says the same, and is read out when it changes.
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
<div id="password-strength" data-words="{{strength.words}}" data-names="{{names}}"{{#each levels}} data-level{{@index}}="{{this}}"{{/each}}>
<meter min="0" max="5" low="2.5" high="3.5" optimum="5" aria-hidden="true" hidden></meter>
<p role="status"></p>
</div>
<button type="submit">{{button}}</button>
</form>
<script src="{{strength.script}}" defer></script>
`);

const LEVELS = ['strength0', 'strength1', 'strength2', 'strength3', 'strength4'] as const;

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
    strength: page.strength,
    names: page.storeName,
    levels: LEVELS.map((level) => say(level)),
  });
}
