import { composeMail } from './mail.composer.js';
import { mailPhrases } from './mail.texts.js';
import type { MailKind } from './mail-message.entity.js';
import type { OutgoingMail } from './mail-transport.js';

const reset = { link: 'https://shop.example/?token=Ab3=&id=7', minutes: '60', firstName: 'Veronica' };
const changed = { firstName: 'Veronica', when: '2026-03-20T14:05:00.000Z' };
const store = { name: 'Demo Store', mailFrom: 'Demo Store <hello@demo.example>' };

function compose(kind: MailKind, data: object, locale: string): OutgoingMail {
  return composeMail({ number: 4711, kind, locale, recipient: 'ann@example.com' }, store, data);
}

const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt'];

const failing = { webhook: 'Veronica', origin: 'https://erp.example', failures: '5', limit: '30', reason: '500' };

it('are complete in all languages', () => {
  expect(LANGUAGES.map((locale) => mailPhrases.languageOf(locale))).toEqual(LANGUAGES);
  expect(mailPhrases.faults()).toEqual([]);
});

it.each([
  ['password-reset', reset],
  ['password-changed', changed],
  ['email-changed', changed],
  ['email-and-password-changed', changed],
  ['email-change-requested', changed],
  ['email-confirmation', reset],
  ['email-confirmation-code', { code: '483920', minutes: '10', firstName: 'Veronica' }],
  ['email-change', reset],
  ['email-confirmed', changed],
  ['invitation', reset],
  ['welcome', changed],
  ['welcome-no-password', reset],
  ['account-exists', changed],
  ['webhook-failing', failing],
] satisfies [MailKind, object][])('say something of their own in each language: %s', (kind, data) => {
  const mails = LANGUAGES.map((locale) => compose(kind, data, locale));

  expect(new Set(mails.map(({ subject }) => subject)).size).toBe(LANGUAGES.length);
  expect(mails.map(({ html }) => /<html lang="(..)">/.exec(html)?.[1])).toEqual(LANGUAGES);
  expect(mails.map(({ text }) => text.includes('Demo Store') && text.includes('Veronica'))).not.toContain(false);
});

it('give times and lifetimes as each language does', () => {
  const parts = ['fr-CA', 'es-MX', 'nl'].map((locale) => [
    /20 \D*2026\D*14:05 UTC/.exec(compose('password-changed', changed, locale).text)?.[0].match(/m[a-z]+/)?.[0],
    /\d+ [a-z]+/.exec(compose('password-reset', reset, locale).text.split('=7')[1] ?? '')?.[0],
  ]);

  expect(parts).toEqual([
    ['mars', '60 minutes'],
    ['marzo', '60 minutos'],
    ['maart', '60 minuten'],
  ]);
});

it('are English where a language is not known', () => {
  const mail = compose('password-reset', reset, 'xx-XX');

  expect(mail).toEqual(compose('password-reset', reset, 'en'));
  expect(mail.html).toContain('<html lang="en">');
});
