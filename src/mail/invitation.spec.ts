import { composeMail } from './mail.composer.js';
import type { MailKind } from './mail-message.entity.js';
import type { OutgoingMail } from './mail-transport.js';

const LINK = 'https://shop.example/account/activate/7/Ab3';
const demo = { name: 'Demo Store', mailFrom: 'Demo Store <hello@demo.example>' };

function compose(kind: MailKind, data: unknown, locale = 'en'): OutgoingMail {
  return composeMail({ number: 4711, kind, locale, recipient: 'ann@example.com' }, demo, data);
}

describe('the invitation', () => {
  const invitation = { link: LINK, minutes: '43200', firstName: 'Veronica' };

  it('reads well in English', () => {
    const mail = compose('invitation', invitation);

    expect(mail.subject).toBe('Activate your account at Demo Store');
    expect(mail.text).toBe(
      `Hello Veronica,

There is a customer account for you at Demo Store. To activate it and choose your password, open this link:

${LINK}

The link works once, within 30 days.

If you do not want an account, ignore this mail. Without a password nobody can sign in to it.

Demo Store
`,
    );
    expect(mail.html.match(/href="([^"]*)"/g)).toEqual([`href="${LINK}"`]);
  });

  it('says what the shop wants said, as text and before our words', () => {
    const mail = compose('invitation', {
      ...invitation,
      subject: 'Join us\r\nBcc: x',
      message: 'Hi <b>you</b>\n\n{{7*7}}',
    });

    expect(mail.subject).toBe('Join us Bcc: x');
    expect(mail.text).toMatch(/^Hello Veronica,\n\nHi <b>you<\/b>\n\n{{7\*7}}\n\nThere is a customer account/);
    expect(mail.html).toContain('Hi &lt;b&gt;you&lt;/b&gt;');
  });
});

it('welcomes without a link, in the language of the shop', () => {
  const { subject, text, html } = compose('welcome', { firstName: 'Veronica' }, 'de');

  expect(subject).toBe('Willkommen bei Demo Store');
  expect(text).toMatch(/^Hallo Veronica,\n\nIhr Kundenkonto bei Demo Store ist bereit\./);
  expect(text + html).not.toMatch(/https?:/);
});
