import { view, type View } from './layout.view.js';

interface MailSummary {
  readonly id: string;
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly date: string;
}

interface Mail extends MailSummary {
  readonly text: string;
  readonly html: string;
}

interface Line {
  readonly text: string;
  readonly isLink: boolean;
}

const NO_SUBJECT = 'No subject';

interface Shown extends MailSummary {
  readonly path: string;
  readonly shownDate: string;
}

const mailboxView: View<{ mails: readonly Shown[] }> = view(`
<p>Mails that were caught instead of sent, the newest first. They are kept in memory only.</p>
{{#if mails}}
<ul class="list">
{{#each mails}}
<li>
<a href="{{path}}">{{subject}}</a>
<p class="hint">to {{to}}, <time datetime="{{date}}">{{shownDate}}</time></p>
</li>
{{/each}}
</ul>
{{else}}
<p class="empty">No mail yet.</p>
{{/if}}
`);

// The lines stand in one template line, as everything in <pre> shows.
const mailView: View<Shown & { lines: readonly Line[]; html: string }> = view(`
<dl class="facts">
<div><dt>To</dt><dd>{{to}}</dd></div>
<div><dt>From</dt><dd>{{from}}</dd></div>
<div><dt>Date</dt><dd><time datetime="{{date}}">{{shownDate}}</time></dd></div>
</dl>
<pre>{{#each lines}}{{#if isLink}}<a href="{{text}}" rel="noreferrer">{{text}}</a>{{else}}{{text}}{{/if}}
{{/each}}</pre>
<p class="more">{{#if html}}<a href="{{path}}/html">HTML part</a> {{/if}}<a href="{{path}}/text">Text part</a> <a href="/dev/mailbox">All mails</a></p>
`);

/** Lists caught mails, in the order given. */
export function mailboxPage({ mails }: { readonly mails: readonly MailSummary[] }): string {
  const frame = { lang: 'en', brand: 'Keyturn', title: 'Mailbox', isWide: true };
  return mailboxView(frame, { mails: mails.map(shown) });
}

/** Shows the text part of a mail; a web address that has a line to itself can be clicked. */
export function mailPage(mail: Mail): string {
  const frame = { lang: 'en', brand: 'Keyturn', title: mail.subject || NO_SUBJECT, isWide: true };
  const lines = mail.text
    .trimEnd()
    .split(/\r?\n/)
    .map((text) => ({ text, isLink: /^https?:\/\/\S+$/.test(text) }));
  return mailView(frame, { ...shown(mail), lines, html: mail.html });
}

function shown({ id, to, from, subject, date }: MailSummary): Shown {
  const shownDate = date.replace('T', ' ').replace(/\.\d+Z$/, ' UTC');
  return {
    id,
    to,
    from,
    subject: subject || NO_SUBJECT,
    date,
    shownDate,
    path: `/dev/mailbox/${encodeURIComponent(id)}`,
  };
}
