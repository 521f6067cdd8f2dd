import { composeMail } from './mail.composer.js';
import type { MailKind } from './mail-message.entity.js';
import type { OutgoingMail } from './mail-transport.js';

const LINK = 'https://shop.example/account/confirm/7/Ab3';
const demo = { name: 'Demo Store', mailFrom: 'Demo Store <hello@demo.example>' };

function compose(kind: MailKind, data: unknown, locale = 'en'): OutgoingMail {
  return composeMail({ number: 4711, kind, locale, recipient: 'ann@example.com' }, demo, data);
}

it('asks for a confirmation in English', () => {
  const { subject, text, html } = compose('email-confirmation', { link: LINK, minutes: '1440', firstName: 'Veronica' });

  expect(subject).toBe('Please confirm your account at Demo Store');
  expect(text).toBe(
    `Hello Veronica,

A customer account at Demo Store was opened with this e-mail address. To confirm that the address is yours, open this link:

${LINK}

The link works once, within 24 hours.

If it was not you who opened this account, ignore this mail. Without your confirmation nobody can sign in to it.

Demo Store
`,
  );
  expect(html.match(/href="([^"]*)"/g)).toEqual([`href="${LINK}"`]);
});

it('asks a new address without a name', () => {
  const { subject, text } = compose('email-change', { link: LINK, minutes: '1440' });

  expect(subject).toBe('Confirm your new e-mail address for Demo Store');
  expect(text).toMatch(/^Hello,\n\nA customer account at Demo Store is to have this e-mail address from now on\./);
  expect(text).toContain(`\n\n${LINK}\n\n`);
});

it('welcomes whoever has no password yet with the way to one', () => {
  const { subject, text } = compose('welcome-no-password', { link: LINK, minutes: '1440', firstName: 'Veronica' });

  expect(subject).toBe('Welcome to Demo Store');
  expect(text).toContain(`To choose your password, open this link:\n\n${LINK}\n\n`);
});

it.each(['email-and-password-changed', 'email-change-requested', 'account-exists', 'email-confirmed'] as const)(
  'tells of %s without a link',
  (kind) => {
    const data = { firstName: 'Veronica', when: '2026-01-01T00:00:00.000Z' };
    const [english, german] = [compose(kind, data), compose(kind, data, 'de')];

    for (const { subject, text, html } of [english, german]) {
      expect(subject).toContain('Demo Store');
      expect(text + html).not.toMatch(/https?:/);
    }
    expect(german.text).not.toBe(english.text);
  },
);

it.each(['email-confirmation', 'email-change', 'welcome-no-password'] as const)(
  'composes no %s of what is no link',
  (kind) => {
    const data = { link: 'javascript:alert(1)', minutes: '60', firstName: '' };

    expect(() => compose(kind, data)).toThrow('must be an http or https URL');
  },
);
