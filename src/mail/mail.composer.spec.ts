import { composeMail } from './mail.composer.js';
import type { MailKind } from './mail-message.entity.js';
import type { OutgoingMail } from './mail-transport.js';

const LINK = 'https://shop.example/customer/account/createPassword/?token=Ab3=&id=7';
const reset = { link: LINK, minutes: '60', firstName: 'Veronica' };
const changed = { firstName: 'Veronica', when: '2026-03-20T14:05:00.000Z' };
const demo = { name: 'Demo Store', mailFrom: 'Demo Store <hello@demo.example>' };

function compose(kind: MailKind, data: unknown, locale = 'en', store: Partial<typeof demo> = {}): OutgoingMail {
  const mail = { number: 4711, kind, locale, recipient: 'ann@example.com' };
  return composeMail(mail, { ...demo, ...store }, data);
}

function fromReset(firstName: string): OutgoingMail {
  return compose('password-reset', { ...reset, firstName });
}

function fromStore(name: string): OutgoingMail {
  return compose('password-reset', reset, 'en', { name });
}

/** What a browser makes of the escaped text of an attribute or element. */
function unescaped(html: string): string {
  const entities: Readonly<Record<string, string>> = {
    lt: '<',
    gt: '>',
    quot: '"',
    '#x27': "'",
    '#x3D': '=',
    amp: '&',
  };
  return html.replace(/&(lt|gt|quot|#x27|#x3D|amp);/g, (_whole, entity: string) => entities[entity] ?? '');
}

function linksIn(html: string): { target: string; text: string }[] {
  const links = html.matchAll(/<a [^>]*href="([^"]*)"[^>]*>([^<]*)<\/a>/g);
  return [...links].map(([, target = '', text = '']) => ({ target: unescaped(target), text: unescaped(text) }));
}

describe('the mail with the link', () => {
  it('is addressed to the one in the row, from the store', () => {
    const { id, from, to, subject } = compose('password-reset', reset);

    expect({ id, from, to }).toEqual({
      id: 4711,
      from: { name: 'Demo Store', address: 'hello@demo.example' },
      to: 'ann@example.com',
    });
    expect(subject).toBe('Choose a new password for Demo Store');
  });

  it('reads well in English', () => {
    expect(compose('password-reset', reset).text).toBe(
      `Hello Veronica,

You asked for a new password for your account at Demo Store. To choose one, open this link:

${LINK}

The link works once, within 60 minutes.

If you did not ask for this, ignore this mail. Your password stays as it is.

Demo Store
`,
    );
  });

  it('reads well in German, also for Austria', () => {
    const mail = compose('password-reset', reset, 'de-AT');

    expect(mail.subject).toBe('Neues Passwort für Demo Store festlegen');
    expect(mail.text).toBe(
      `Hallo Veronica,

Sie haben ein neues Passwort für Ihr Kundenkonto bei Demo Store angefordert. Um es festzulegen, öffnen Sie diesen Link:

${LINK}

Der Link gilt 60 Minuten und nur ein einziges Mal.

Wenn Sie das nicht angefordert haben, ignorieren Sie diese E-Mail. Ihr Passwort bleibt, wie es ist.

Demo Store
`,
    );
    expect(mail.html).toContain('<html lang="de">');
    expect(mail).toEqual(compose('password-reset', reset, 'de'));
  });

  it('has its link alone on a line, raw, and as the only link, whose text is its target (SEC-71)', () => {
    const { text, html } = compose('password-reset', reset);

    expect(text.split('\n')).toContain(LINK);
    expect(linksIn(html)).toEqual([{ target: LINK, text: LINK }]);
    expect(html).toContain('?token&#x3D;Ab3&#x3D;&amp;id&#x3D;7" style');
    expect(html.match(/href/g)).toHaveLength(1);
  });

  it('loads nothing and runs nothing (SEC-71)', () => {
    const { html } = compose('password-reset', reset);

    expect(html).not.toMatch(/<(?:img|link|script|iframe|object|base)\b|url\(|@import|\bsrc=/i);
    expect(html.match(/https?:/g)).toHaveLength(2); // the link's target and its text
  });

  it.each([
    ['1', '1 minute'],
    ['90', '90 minutes'],
    ['120', '2 hours'],
    ['360', '6 hours'],
    ['1440', '24 hours'],
    ['43200', '30 days'],
  ])('says of %s minutes that it is %s', (minutes, lifetime) => {
    expect(compose('password-reset', { ...reset, minutes }).text).toContain(`within ${lifetime}.`);
  });

  it.each([
    'javascript:alert(1)',
    'shop.example/x',
    'https://a b',
    'https://a\r\nb',
    'https://a\u202eb',
    '',
    undefined,
  ])('is not made with %p as link', (link) => {
    expect(() => compose('password-reset', { ...reset, link })).toThrow('link');
  });
});

describe('the notice of a new password', () => {
  it('reads well in English', () => {
    const { subject, text } = compose('password-changed', changed, 'en-GB');

    expect(subject).toBe('Your password for Demo Store was changed');
    expect(text).toBe(
      `Hello Veronica,

The password of your account at Demo Store was changed on March 20, 2026 at 14:05 UTC.

If that was you, there is nothing left to do.

If it was not you, go to the sign-in page of the shop, ask for a new password there at once, and contact Demo Store.

Demo Store
`,
    );
  });

  it('reads well in German', () => {
    const { subject, text } = compose('password-changed', changed, 'de');

    expect(subject).toBe('Ihr Passwort für Demo Store wurde geändert');
    expect(text).toContain('Ihres Kundenkontos bei Demo Store wurde am 20. März 2026 um 14:05 UTC geändert.');
    expect(text).toContain('fordern Sie auf der Anmeldeseite des Shops sofort ein neues Passwort an');
  });

  it('has no link (SEC-35)', () => {
    const { text, html } = compose('password-changed', changed);

    expect(text + html).not.toMatch(/href|https?:/);
  });
});

describe('what people typed', () => {
  it.each([
    '<b>Ann</b>',
    '"><img src=x onerror=alert(1)>',
    '{{7*7}}',
    '{{{store}}}',
    '$' + '{7*7}',
    '<%= 7*7 %>',
    '&lt;i&gt;',
  ])('is shown as it is: %p (SEC-69, SEC-70)', (typed) => {
    const named = fromReset(typed);
    const sold = fromStore(typed);

    expect(named.text).toContain(`Hello ${typed},\n`);
    expect(named.html + sold.html).not.toMatch(/<b>|<i>|<img|<%/);
    expect(unescaped(named.html)).toContain(`Hello ${typed},</p>`);
    expect(sold.subject).toBe(`Choose a new password for ${typed}`);
    expect(unescaped(sold.html)).toContain(`your account at ${typed}. To choose`);
  });

  it('cannot begin a line or a header (SEC-69)', () => {
    const hostile = 'Ann\r\nBcc: eve\u2028x\u202ey\0\u0085z';
    const plain = 'Ann Bcc: eve x y z';

    expect(fromReset(hostile).text).toContain(`Hello ${plain},\n`);
    expect(fromStore(hostile).subject).toBe(`Choose a new password for ${plain}`);
    expect(compose('password-reset', reset, 'en', { mailFrom: `${hostile} <hello@demo.example>` }).from).toEqual({
      name: plain,
      address: 'hello@demo.example',
    });
  });

  it('is left out of the greeting when it looks like an address (SEC-69)', () => {
    expect(fromReset('evil.com').text).toMatch(/^Hello,\n/);
    expect(fromReset('evil\r\n.com').text).toMatch(/^Hello,\n/);
    expect(compose('password-changed', { ...changed, firstName: 'www.evil' }, 'de').text).toMatch(/^Hallo,\n/);
  });

  it('may be missing', () => {
    expect(fromReset('').text).toMatch(/^Hello,\n/);
    expect(compose('password-reset', { link: LINK, minutes: '60' }).text).toMatch(/^Hello,\n/);
    expect(compose('password-changed', { when: changed.when }).text).toMatch(/^Hello,\n/);
  });

  it('never makes a subject longer than 200 characters, nor puts the customer in it (SEC-69)', () => {
    const name = 'ß😀'.repeat(85);
    const subjects = ['en', 'de'].flatMap((locale) => [
      compose('password-reset', reset, locale, { name }).subject,
      compose('password-changed', changed, locale, { name }).subject,
    ]);

    expect(subjects.every((subject) => subject.length <= 200 && subject.isWellFormed())).toBe(true);
    expect(subjects.every((subject) => subject.includes('ß😀') && subject.includes('…'))).toBe(true);
    expect(subjects.join()).not.toContain('Veronica');
  });
});

it.each([
  ['Demo Store <hello@demo.example>', 'Demo Store', 'hello@demo.example'],
  ['"Demo Store" <hello@demo.example>', 'Demo Store', 'hello@demo.example'],
  ['<hello@demo.example>', '', 'hello@demo.example'],
  ['hello@demo.example', '', 'hello@demo.example'],
])('takes the sender apart: %s', (mailFrom, name, address) => {
  expect(compose('password-reset', reset, 'en', { mailFrom }).from).toEqual({ name, address });
});

it.each(['Demo Store', 'a@demo.example, b@demo.example', 'A <a@demo.example> <b@demo.example>'])(
  'has no sender in %p',
  (mailFrom) => {
    expect(() => compose('password-reset', reset, 'en', { mailFrom })).toThrow('mailFrom');
  },
);

it('refuses data that is not a flat object of strings', () => {
  const bad = [null, 'text', [], {}, { ...reset, minutes: 60 }, { ...reset, minutes: 'soon' }, { ...reset, more: {} }];

  expect(bad.map((data) => catchFrom(() => compose('password-reset', data)))).toEqual(bad.map(() => true));
  expect(() => compose('password-changed', { ...changed, when: 'yesterday' })).toThrow('when');
});

it('refuses a decoy', () => {
  expect(() => compose('decoy', {})).toThrow('decoy');
});

function catchFrom(run: () => unknown): boolean {
  try {
    run();
    return false;
  } catch (error) {
    return error instanceof Error;
  }
}
