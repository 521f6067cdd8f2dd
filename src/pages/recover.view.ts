import { view, type View } from './layout.view.js';
import { noticeView, shopFrame, type ShopPage } from './message.view.js';
import { pagePhrases } from './pages.texts.js';

interface RecoverPage extends ShopPage {
  readonly csrf: string;
  /** Where the form is sent. */
  readonly action: string;
  /** What was typed before. */
  readonly email?: string | undefined;
  /** Why that was refused, in the customer's language. */
  readonly error?: string | undefined;
}

interface RecoverModel {
  readonly intro: string;
  readonly label: string;
  readonly button: string;
  readonly csrf: string;
  readonly action: string;
  readonly email: string;
  readonly error: string;
}

const recoverView: View<RecoverModel> = view(`
<p>{{intro}}</p>
<form method="post" action="{{action}}">
<input type="hidden" name="csrf" value="{{csrf}}">
<label for="email">{{label}}</label>
{{#if error}}
<p class="error" id="email-error" role="alert">{{error}}</p>
{{/if}}
<input id="email" name="email" type="email" value="{{email}}" required maxlength="254" autocomplete="username" autocapitalize="none" spellcheck="false"{{#if error}} aria-invalid="true" aria-describedby="email-error"{{/if}}>
<button type="submit">{{button}}</button>
</form>
`);

/** Asks for the address of the account. */
export function recoverPage(page: RecoverPage): string {
  const say = pagePhrases.sayIn(page.locale);
  return recoverView(shopFrame(page, say('recoverTitle')), {
    intro: say('recoverIntro'),
    label: say('email'),
    button: say('recoverButton'),
    csrf: page.csrf,
    action: page.action,
    email: page.email ?? '',
    error: page.error ?? '',
  });
}

/** The same words whether there is an account or not (SEC-75). */
export function recoverSentPage(page: ShopPage): string {
  const say = pagePhrases.sayIn(page.locale);
  return noticeView(shopFrame(page, say('sentTitle')), { texts: [say('sent'), say('sentHint')] });
}
