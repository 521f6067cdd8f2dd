import fc from 'fast-check';
import type { MailKind } from './mail-message.entity.js';
import { composeMail } from './mail.composer.js';
import type { OutgoingMail } from './mail-transport.js';

const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt'] as const;
const LINK = 'https://shop.example/account/reset/4503599627370495/ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const KINDS: readonly MailKind[] = [
  ...(['password-reset', 'email-confirmation', 'email-change', 'welcome-no-password', 'email-confirmation-code'] as const),
  ...(['password-changed', 'email-changed', 'email-and-password-changed', 'email-change-requested'] as const),
  ...(['invitation', 'welcome', 'email-confirmed', 'account-exists'] as const),
]; // prettier-ignore
const cases = KINDS.flatMap((kind) => LANGUAGES.map((language) => [kind, language] as const));

/** Names that are more than names; each begins with a mark that nothing of ours contains. */
const hostile = fc
  .oneof(
    fc.constantFrom(
      ...['<a href=x>y</a>', '<script>alert(1)</script>', '{{store}}', '{{{7*7}}}', '{{#each this}}', '<%= 7*7 %>'],
      ...['\r\nBcc: eve@evil.example', '\u2028Bcc: eve', '"><img src=x>', '\u202egnp', '\u0000', 'x'.repeat(3000)],
      ...['constructor', '__proto__', '$&', '$1', "'", '&lt;', '%0d%0aBcc:', '🦊'.repeat(90), '\ud800'],
    ),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: fc.constantFrom(...'<>&"\'{}\r\n\t$%=/\\ a'), maxLength: 40 }),
  )
  .map((text) => `Qzx${text}`); // prettier-ignore

const linkLike = fc.oneof(
  fc.constantFrom('http://evil.example', 'https:evil', 'www.evil', '//evil', 'Evil.Com', 'evil．com', 'a@evil.example', '10.0.0.1'), // prettier-ignore
  fc.tuple(fc.stringMatching(/^[a-z]{1,8}$/), fc.constantFrom('com', 'net', 'io', 'shop', 'de', 'xyz', 'рф')).map((parts) => parts.join('.')), // prettier-ignore
);

function compose(kind: MailKind, locale: string, text: string, more: object = {}): OutgoingMail {
  const data = {
    link: LINK,
    minutes: '60',
    code: '123456',
    when: '2026-01-31T12:00:00.000Z',
    firstName: text,
    ...more,
  };
  const store = { name: 'Demo Store', mailFrom: 'Demo Store <hello@demo.example>' };
  return composeMail({ number: 1, kind, locale, recipient: 'ann@example.com' }, store, data);
}

/** The tags of a page, without what they say. */
const tagsOf = (html: string): string => (html.match(/<[^>]*>/g) ?? []).join('');

it.each(cases)('%s in %s: a name changes no markup, no header and no subject (SEC-69, SEC-70)', (kind, language) => {
  const plain = compose(kind, language, '');

  fc.assert(
    fc.property(hostile, (name) => {
      const { from, to, subject, html, text } = compose(kind, language, name);
      expect([from, to, subject, tagsOf(html)]).toEqual([plain.from, plain.to, plain.subject, tagsOf(plain.html)]);
      expect(text.split('\n')).toHaveLength(plain.text.split('\n').length);
      expect(text.split('Demo Store')).toHaveLength(plain.text.split('Demo Store').length);
      expect(text).not.toMatch(/(?!\n)\p{Cc}|[\u202a-\u202e]/u);
    }),
    { numRuns: 60 * FUZZ },
  );
});

it.each(cases)('%s in %s: a name that looks like a link is not shown at all (SEC-69)', (kind, language) => {
  const plain = compose(kind, language, '');

  fc.assert(
    fc.property(linkLike, (name) => {
      const mail = compose(kind, language, name);
      expect([mail.text, mail.html]).toEqual([plain.text, plain.html]);
    }),
    { numRuns: 30 * FUZZ },
  );
});

it.each(cases)('%s in %s: nothing is loaded, linked or tracked but the one link, whose text is its target (SEC-71)', (kind, language) => {
  const { html, text } = compose(kind, language, 'Ann');
  const links = [...html.matchAll(/<a [^>]*href="([^"]*)"[^>]*>([^<]*)<\/a>/g)].map(([, target, shown]) => [target, shown]);
  const hasLink = text.includes(LINK);

  expect(links).toEqual(hasLink ? [[LINK, LINK]] : []);
  expect(html.replaceAll(LINK, '')).not.toMatch(/https?:|src=|url\(|<img|<link|<script|<iframe/);
  expect(text.split('\n').filter((line) => line.includes('http'))).toEqual(hasLink ? [LINK] : []);
}); // prettier-ignore

it.each(LANGUAGES)('a subject in %s is at most 200 characters on one line, the staff\'s own too (SEC-69)', (language) => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 900, size: 'max' }), fc.nat({ max: 3 }), (own, times) => {
      const { subject } = compose('invitation', language, 'Ann', { subject: own.repeat(times), message: own });
      expect(subject.length).toBeLessThanOrEqual(200);
      expect(subject).toMatch(/^[^\p{Cc}\u2028\u2029]+$/u);
    }),
    { numRuns: 200 * FUZZ },
  );
}); // prettier-ignore
