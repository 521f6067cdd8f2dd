import { view, type View } from './layout.view.js';

interface Landing {
  readonly environment: string;
  readonly links: readonly { readonly label: string; readonly href: string; readonly note: string }[];
  /** Credentials of the demo setup. */
  readonly demo: readonly { readonly label: string; readonly value: string }[];
  /** Whether mail is caught, so that a reset can be tried without any mail server. */
  readonly hasMailbox: boolean;
}

interface LandingModel extends Landing {
  readonly isDevelopment: boolean;
  readonly canTry: boolean;
}

const landingView: View<LandingModel> = view(`
<p>Self-hosted customer accounts and password recovery for commerce. One set of customers answers through the APIs of several vendors, all of them mounted here.</p>
<h2>What answers here</h2>
<ul class="list">
{{#each links}}
<li>
<a href="{{href}}">{{label}}</a> <code>{{href}}</code>
<p class="hint">{{note}}</p>
</li>
{{/each}}
</ul>
{{#if isDevelopment}}
{{#if canTry}}
<h2>Try a reset</h2>
<ol>
<li>Ask for a link on <a href="/account/recover">Forgot your password?</a> with the e-mail address of the demo customer.</li>
<li>Open the newest mail in the <a href="/dev/mailbox">mailbox</a>; nothing leaves this machine.</li>
<li>Follow its link and choose a new password. The link works once, and old sessions end.</li>
</ol>
{{/if}}
{{#if demo}}
<h2>Demo credentials</h2>
<dl class="facts">
{{#each demo}}
<div><dt>{{label}}</dt><dd><code>{{value}}</code></dd></div>
{{/each}}
</dl>
{{/if}}
<p class="hint">You see this part because the environment is <code>{{environment}}</code>.</p>
{{/if}}
`);

/** What is mounted; outside of development neither credentials nor a way to the mailbox, whatever is passed. */
export function landingPage({ environment, links, demo, hasMailbox }: Landing): string {
  const frame = { lang: 'en', brand: 'Keyturn', title: 'Customer accounts and password recovery', isWide: true };
  const canTry = hasMailbox && demo.length > 0;
  return landingView(frame, {
    environment,
    links,
    demo,
    hasMailbox,
    isDevelopment: environment === 'development',
    canTry,
  });
}
