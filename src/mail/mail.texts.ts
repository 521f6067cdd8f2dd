const english = {
  greeting: 'Hello {{name}},',
  greetingNeutral: 'Hello,',
  resetSubject: 'Choose a new password for {{store}}',
  resetIntro: 'You asked for a new password for your account at {{store}}. To choose one, open this link:',
  resetLifetime: 'The link works once, within {{lifetime}}.',
  resetIgnore: 'If you did not ask for this, ignore this mail. Your password stays as it is.',
  changedSubject: 'Your password for {{store}} was changed',
  changedIntro: 'The password of your account at {{store}} was changed on {{when}}.',
  changedFine: 'If that was you, there is nothing left to do.',
  changedAlarm:
    'If it was not you, go to the sign-in page of the shop, ask for a new password there at once, and contact {{store}}.',
  emailChangedSubject: 'Your e-mail address for {{store}} was changed',
  emailChangedIntro: 'The e-mail address of your account at {{store}} was changed on {{when}}.',
  emailChangedAlarm: 'If it was not you, and the shop did not do it for you, contact {{store}} at once.',
  invitationSubject: 'Activate your account at {{store}}',
  invitationIntro:
    'There is a customer account for you at {{store}}. To activate it and choose your password, open this link:',
  invitationIgnore: 'If you do not want an account, ignore this mail. Without a password nobody can sign in to it.',
  welcomeSubject: 'Welcome to {{store}}',
  welcomeIntro: 'Your customer account at {{store}} is ready. Sign in with your e-mail address and your password.',
  welcomeAlarm: 'If it was not you who opened this account, contact {{store}}.',
};

/** What mails say, as handlebars templates; subjects name the store and nothing else (SEC-69). */
export type MailTexts = Readonly<typeof english>;

const german: Partial<MailTexts> = {
  greeting: 'Hallo {{name}},',
  greetingNeutral: 'Hallo,',
  resetSubject: 'Neues Passwort für {{store}} festlegen',
  resetIntro:
    'Sie haben ein neues Passwort für Ihr Kundenkonto bei {{store}} angefordert. Um es festzulegen, öffnen Sie diesen Link:',
  resetLifetime: 'Der Link gilt {{lifetime}} und nur ein einziges Mal.',
  resetIgnore: 'Wenn Sie das nicht angefordert haben, ignorieren Sie diese E-Mail. Ihr Passwort bleibt, wie es ist.',
  changedSubject: 'Ihr Passwort für {{store}} wurde geändert',
  changedIntro: 'Das Passwort Ihres Kundenkontos bei {{store}} wurde am {{when}} geändert.',
  changedFine: 'Wenn Sie das waren, müssen Sie nichts weiter tun.',
  changedAlarm:
    'Wenn Sie es nicht waren, fordern Sie auf der Anmeldeseite des Shops sofort ein neues Passwort an und wenden Sie sich an {{store}}.',
  emailChangedSubject: 'Ihre E-Mail-Adresse für {{store}} wurde geändert',
  emailChangedIntro: 'Die E-Mail-Adresse Ihres Kundenkontos bei {{store}} wurde am {{when}} geändert.',
  emailChangedAlarm:
    'Wenn Sie es nicht waren und auch der Shop es nicht für Sie getan hat, wenden Sie sich sofort an {{store}}.',
  invitationSubject: 'Ihr Kundenkonto bei {{store}} aktivieren',
  invitationIntro:
    'Bei {{store}} gibt es ein Kundenkonto für Sie. Um es zu aktivieren und Ihr Passwort festzulegen, öffnen Sie diesen Link:',
  invitationIgnore:
    'Wenn Sie kein Kundenkonto möchten, ignorieren Sie diese E-Mail. Ohne Passwort kann sich dort niemand anmelden.',
  welcomeSubject: 'Willkommen bei {{store}}',
  welcomeIntro:
    'Ihr Kundenkonto bei {{store}} ist bereit. Melden Sie sich mit Ihrer E-Mail-Adresse und Ihrem Passwort an.',
  welcomeAlarm: 'Wenn nicht Sie dieses Konto eröffnet haben, wenden Sie sich an {{store}}.',
};

type Translations = ReadonlyMap<string, Partial<MailTexts>>;

const translations: Translations = new Map<string, Partial<MailTexts>>([
  ['en', english],
  ['de', german],
]);

/** The locale whose texts are taken: the one asked for, its language, or English. */
export function mailLanguage(locale: string, known: Translations = translations): string {
  return [locale, languageOf(locale)].find((tag) => known.has(tag)) ?? 'en';
}

/** The texts for a locale; what it lacks is taken from its language, then from English. */
export function mailTexts(locale: string, known: Translations = translations): MailTexts {
  return { ...english, ...known.get(languageOf(locale)), ...known.get(locale) };
}

/** What each locale has to borrow from English, as `de: greeting`. */
export function missingKeys(known: Translations = translations): string[] {
  return [...known.keys()].flatMap((locale) => {
    const own = { ...known.get(languageOf(locale)), ...known.get(locale) };
    return Object.keys(english)
      .filter((key) => !Object.hasOwn(own, key))
      .map((key) => `${locale}: ${key}`);
  });
}

function languageOf(locale: string): string {
  return locale.split('-')[0] ?? '';
}
