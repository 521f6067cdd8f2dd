import { pagePhrases, pageTexts } from './pages.texts.js';
import {
  activatedPage,
  activatePage,
  activationInvalidPage,
  confirmationInvalidPage,
  confirmedPage,
  confirmPage,
  landingPage,
  linkInvalidPage,
  mailboxPage,
  mailPage,
  messagePage,
  recoverPage,
  recoverSentPage,
  resetDonePage,
  resetPage,
} from './pages.views.js';

const HOSTILE = `"'><script>alert(1)</script><img src=x onerror=alert(1)> style="x" {{7*7}} {{{csrf}}} &lt;b&gt;`;

const STRENGTH = { script: '/assets/strength-1.js', words: '/assets/strength-words-2.js' };
const OWN_SCRIPT = '<script src="/assets/strength-1.js" defer></script>';

/** The pages for customers, with the same text wherever one is passed. */
const shopPages: Readonly<Record<string, (text: string, locale?: string) => string>> = {
  recover: (text, locale = 'en') => recoverPage({ locale, storeName: text, csrf: text, action: text }),
  'recover, refused': (text, locale = 'en') =>
    recoverPage({ locale, storeName: text, csrf: text, action: text, email: text, error: text }),
  sent: (text, locale = 'en') => recoverSentPage({ locale, storeName: text }),
  reset: (text, locale = 'en') =>
    resetPage({ locale, storeName: text, csrf: text, action: text, minimum: 8, strength: STRENGTH }),
  'reset, refused': (text, locale = 'en') =>
    resetPage({ locale, storeName: text, csrf: text, action: text, minimum: 8, error: text, strength: STRENGTH }),
  done: (text, locale = 'en') => resetDonePage({ locale, storeName: text, shopUrl: text }),
  'done, no storefront': (text, locale = 'en') => resetDonePage({ locale, storeName: text, shopUrl: null }),
  'link invalid': (text, locale = 'en') => linkInvalidPage({ locale, storeName: text, recoverUrl: text }),
  activate: (text, locale = 'en') =>
    activatePage({ locale, storeName: text, csrf: text, action: text, minimum: 8, strength: STRENGTH }),
  'activate, refused': (text, locale = 'en') =>
    activatePage({ locale, storeName: text, csrf: text, action: text, minimum: 8, error: text, strength: STRENGTH }),
  activated: (text, locale = 'en') => activatedPage({ locale, storeName: text, shopUrl: text }),
  'activated, no storefront': (text, locale = 'en') => activatedPage({ locale, storeName: text, shopUrl: null }),
  'activation invalid': (text, locale = 'en') => activationInvalidPage({ locale, storeName: text, recoverUrl: text }),
  confirm: (text, locale = 'en') => confirmPage({ locale, storeName: text, csrf: text, action: text, isChange: false }),
  'confirm a change': (text, locale = 'en') =>
    confirmPage({ locale, storeName: text, csrf: text, action: text, isChange: true }),
  confirmed: (text, locale = 'en') => confirmedPage({ locale, storeName: text, shopUrl: text, isChange: false }),
  'confirmed a change, no storefront': (text, locale = 'en') =>
    confirmedPage({ locale, storeName: text, shopUrl: null, isChange: true }),
  'confirmation invalid': (text, locale = 'en') =>
    confirmationInvalidPage({ locale, storeName: text, recoverUrl: text }),
  message: (text, locale = 'en') => messagePage({ locale, storeName: text, title: text, text }),
};

const ownPages: Readonly<Record<string, (text: string) => string>> = {
  landing: (text) =>
    landingPage({
      environment: 'development',
      links: [{ label: text, href: text, note: text }],
      demo: [{ label: text, value: text }],
      hasMailbox: true,
    }),
  'landing in production': (text) => landingPage({ environment: text, links: [], demo: [], hasMailbox: false }),
  mailbox: (text) => mailboxPage({ mails: [{ id: text, to: text, from: text, subject: text, date: text }] }),
  'empty mailbox': () => mailboxPage({ mails: [] }),
  mail: (text) => mailPage({ id: text, to: text, from: text, subject: text, date: text, text, html: text }),
};

const allPages = Object.entries({ ...shopPages, ...ownPages });

/** All tags of a page with the names of their attributes. */
function tagsOf(html: string): string[] {
  return [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/="[^"]*"/g, ''));
}

function inputsOf(html: string): string[] {
  return [...html.matchAll(/<input [^>]*>/g)].map(([tag]) => tag);
}

describe.each(allPages)('the page: %s', (_name, page) => {
  it('shows hostile text as text, wherever it stands', () => {
    const html = page(HOSTILE);

    expect(tagsOf(html)).toEqual(tagsOf(page('text')));
    expect(html.replace(OWN_SCRIPT, '')).not.toMatch(/<script|<img|<b>/i);
  });

  it('has no script but ours where a password is chosen, no inline style and nothing from elsewhere (SEC-88)', () => {
    const html = page('text').replace(OWN_SCRIPT, '');

    expect(html === page('text')).toBe(!html.includes('type="password"'));
    expect(html).not.toMatch(/<script|<style|<iframe|\sstyle=|\son[a-z]+=|\ssrc=|https?:|\/\//i);
    expect([...html.matchAll(/<link [^>]*href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
      'data:,',
      '/assets/keyturn.css',
    ]);
  });

  it('is a whole document with one heading, kept out of search engines', () => {
    const html = page('text');

    expect(html).toMatch(/^<!doctype html>\n<html lang="en">\n/);
    expect(html).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">');
    expect(html).toContain('<meta name="robots" content="noindex">');
    expect(html.match(/<h1>[^<]+<\/h1>/g)).toHaveLength(1);
    expect(html.match(/<title>[^<]+<\/title>/g)).toHaveLength(1);
  });

  it('labels each of its fields and describes it only by what is there', () => {
    const html = page('text');

    for (const input of inputsOf(html).filter((tag) => !tag.includes('type="hidden"'))) {
      const id = /\bid="([^"]*)"/.exec(input)?.[1] ?? 'none';
      const described = /aria-describedby="([^"]*)"/.exec(input)?.[1]?.split(' ') ?? [];
      expect(html).toContain(`<label for="${id}">`);
      expect(described.filter((one) => !html.includes(`id="${one}"`))).toEqual([]);
    }
  });
});

describe.each(Object.entries(shopPages))('to customers, the page: %s', (_name, page) => {
  it('speaks the language of the store', () => {
    const ownTexts = (locale: string): string => page('·', locale).replace(/<[^>]*>|[·–\s]/g, '');

    expect(page('·', 'de-AT')).toContain('<html lang="de">');
    expect(page('·', 'de-AT')).toBe(page('·', 'de'));
    expect(page('·', 'xx')).toBe(page('·', 'en'));
    expect(ownTexts('de')).not.toBe(ownTexts('en') || 'nothing but what was passed');
  });

  it('is in the name of the shop alone', () => {
    expect(page('Demo Store').replace('/assets/keyturn.css', '')).not.toMatch(/keyturn/i);
    expect(page('Demo Store')).toContain('<p class="brand">Demo Store</p>');
  });
});

describe('the form that asks for a mail', () => {
  const asked = { locale: 'en', storeName: 'Demo Store', csrf: 'c5rf', action: '/account/recover' };

  it('takes an address and brings its own proof along', () => {
    const html = recoverPage(asked);
    const [csrf, email] = inputsOf(html);

    expect(html).toContain('<form method="post" action="/account/recover">');
    expect(csrf).toBe('<input type="hidden" name="csrf" value="c5rf">');
    expect(email).toMatch(/ name="email" type="email" value="" required .*autocomplete="username"/);
    expect(html).not.toMatch(/role="alert"|aria-/);
  });

  it('says why an entry was refused, beside the entry', () => {
    const html = recoverPage({ ...asked, email: 'ann@', error: 'No address.' });

    expect(html).toContain('<p class="error" id="email-error" role="alert">No address.</p>');
    expect(inputsOf(html)[1]).toMatch(/value="ann@".* aria-invalid="true" aria-describedby="email-error">$/);
  });

  it('answers the same for every address (SEC-75)', () => {
    expect(recoverSentPage(asked)).toContain('If an account exists for this address, a mail is on its way.');
  });
});

describe('the form that asks for a password', () => {
  const asked = {
    ...{ locale: 'en', storeName: 'Demo Store', csrf: 'c5rf', action: '/account/reset', minimum: 12 },
    strength: STRENGTH,
  };

  it('lets password managers fill it in, paste and be as long as they like (SEC-88)', () => {
    const html = resetPage(asked);
    const [csrf, password, ...more] = inputsOf(html);

    expect(csrf).toBe('<input type="hidden" name="csrf" value="c5rf">');
    expect(password).toMatch(/ name="password" type="password" required minlength="12" autocomplete="new-password"/);
    expect(password).not.toMatch(/maxlength|value=|aria-invalid/);
    expect(password).toContain('aria-describedby="password-hint"');
    expect(more).toEqual([]);
    expect(html).toContain('At least 12 characters.');
  });

  it('says why a password was refused, beside the field and without repeating it', () => {
    const html = resetPage({ ...asked, error: 'Too short.' });

    expect(html).toContain('<p class="error" id="password-error" role="alert">Too short.</p>');
    expect(inputsOf(html)[1]).toMatch(/ aria-invalid="true" aria-describedby="password-error password-hint">$/);
  });
});

it('leads from a link that is over to a new one, and from a new password to the shop', () => {
  const shop = { locale: 'en', storeName: 'Demo Store' };

  expect(linkInvalidPage({ ...shop, recoverUrl: '/account/recover' })).toContain(
    'href="/account/recover">Get a new link</a>',
  );
  expect(resetDonePage({ ...shop, shopUrl: '/shop' })).toContain('href="/shop">Go to the shop</a>');
  expect(resetDonePage(shop)).not.toContain('<a ');
});

it('shows credentials and the mailbox in development only', () => {
  const landing = { links: [], demo: [{ label: 'Password', value: 'roni_cost3' }], hasMailbox: true };

  expect(landingPage({ ...landing, environment: 'development' })).toMatch(/mailbox[^]*<code>roni_cost3<\/code>/);
  expect(landingPage({ ...landing, environment: 'development', hasMailbox: false })).not.toContain('mailbox');
  for (const environment of ['production', 'test']) {
    expect(landingPage({ ...landing, environment })).not.toMatch(/roni_cost3|mailbox/);
  }
});

describe('the mailbox', () => {
  const mail = {
    id: 'a/b',
    to: 'ann@example.com',
    from: 'Demo Store <a@b.example>',
    subject: 'Hi',
    date: '2026-03-20T14:05:00.000Z',
  };

  it('lists mails in the order given', () => {
    const html = mailboxPage({ mails: [{ ...mail, id: '2', subject: '' }, mail] });

    expect(html).toMatch(/href="\/dev\/mailbox\/2">No subject<[^]*href="\/dev\/mailbox\/a%2Fb">Hi</);
    expect(html).toContain('2026-03-20 14:05:00 UTC');
  });

  it('makes a link of a web address that has a line to itself, and of nothing else', () => {
    const lines = [
      'See https://a.example/',
      'https://a.example/?t=1&u="<',
      'javascript:alert(1)',
      ' http://b.example',
      'http://c.example/',
      '',
    ];
    const html = mailPage({ ...mail, text: lines.join('\r\n'), html: '<p>' });

    expect(
      [...html.matchAll(/href="([^"]*)" rel="noreferrer">([^<]*)</g)].map(([, target, text]) => [target, text]),
    ).toEqual([
      ['https://a.example/?t&#x3D;1&amp;u&#x3D;&quot;&lt;', 'https://a.example/?t&#x3D;1&amp;u&#x3D;&quot;&lt;'],
      ['http://c.example/', 'http://c.example/'],
    ]);
    expect(html).toContain('<pre>See https://a.example/\n<a ');
  });

  it('links the parts of a mail as they are', () => {
    expect(mailPage({ ...mail, subject: '', text: 't', html: '' })).toContain('<h1>No subject</h1>');
    expect(mailPage({ ...mail, text: 't', html: '<p>' })).toContain('href="/dev/mailbox/a%2Fb/html"');
    expect(mailPage({ ...mail, text: 't', html: '' })).not.toContain('/html"');
    expect(mailPage({ ...mail, text: 't', html: '' })).toContain('href="/dev/mailbox/a%2Fb/text"');
  });
});

describe('texts', () => {
  const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt'];

  it('are complete in all languages', () => {
    expect(LANGUAGES.map((locale) => pagePhrases.languageOf(locale))).toEqual(LANGUAGES);
    expect(pagePhrases.faults()).toEqual([]);
    expect(new Set(LANGUAGES.map((locale) => pagePhrases.sayIn(locale)('recoverTitle'))).size).toBe(LANGUAGES.length);
  });

  it('have their numbers filled in, in every language', () => {
    for (const locale of LANGUAGES) {
      const { errors, fault } = pageTexts(locale);
      const filled = [
        errors.passwordTooShort(8),
        errors.passwordTooLong(256),
        errors.passwordTooFewClasses(3),
        fault('f4').text,
      ];

      expect(filled.join()).toMatch(/8.*256.*3.*f4/);
      expect(JSON.stringify(pageTexts(locale)) + filled.join()).not.toContain('{{');
    }
  });
});
