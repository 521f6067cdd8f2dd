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
  confirmationSubject: 'Please confirm your account at {{store}}',
  confirmationIntro:
    'A customer account at {{store}} was opened with this e-mail address. To confirm that the address is yours, open this link:',
  confirmationIgnore:
    'If it was not you who opened this account, ignore this mail. Without your confirmation nobody can sign in to it.',
  confirmedIntro: 'Your e-mail address is confirmed, and your customer account at {{store}} is ready.',
  noPasswordIntro: 'Your customer account at {{store}} is ready. To choose your password, open this link:',
  emailChangeSubject: 'Confirm your new e-mail address for {{store}}',
  emailChangeIntro:
    'A customer account at {{store}} is to have this e-mail address from now on. To confirm that the address is yours, open this link:',
  emailChangeIgnore: 'If you did not ask for this, ignore this mail. Without your confirmation nothing changes.',
  emailRequestedSubject: 'A new e-mail address for your account at {{store}}',
  emailRequestedIntro:
    'On {{when}} a new e-mail address was asked for, for your account at {{store}}. It takes the place of this one as soon as it is confirmed.',
  emailRequestedFine: 'If that was you, open the link in the mail that the new address got.',
  emailRequestedAlarm:
    'If it was not you, ask for a new password on the sign-in page of the shop at once: as soon as it is set, the new address cannot be confirmed any more. Then contact {{store}}.',
  bothChangedSubject: 'Your e-mail address and password for {{store}} were changed',
  bothChangedIntro: 'The e-mail address and the password of your account at {{store}} were changed on {{when}}.',
  accountExistsSubject: 'You have an account at {{store}} already',
  accountExistsIntro:
    'Somebody wanted to use this e-mail address for a customer account at {{store}}. It has one already, and nothing was changed.',
  accountExistsHint:
    'If it was you, sign in with your password, or ask for a new one on the sign-in page. If it was not, there is nothing left to do.',
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
  confirmationSubject: 'Bitte bestätigen Sie Ihr Kundenkonto bei {{store}}',
  confirmationIntro:
    'Mit dieser E-Mail-Adresse wurde ein Kundenkonto bei {{store}} eröffnet. Um zu bestätigen, dass die Adresse Ihnen gehört, öffnen Sie diesen Link:',
  confirmationIgnore:
    'Wenn nicht Sie dieses Konto eröffnet haben, ignorieren Sie diese E-Mail. Ohne Ihre Bestätigung kann sich dort niemand anmelden.',
  confirmedIntro: 'Ihre E-Mail-Adresse ist bestätigt, und Ihr Kundenkonto bei {{store}} ist bereit.',
  noPasswordIntro: 'Ihr Kundenkonto bei {{store}} ist bereit. Um Ihr Passwort festzulegen, öffnen Sie diesen Link:',
  emailChangeSubject: 'Bestätigen Sie Ihre neue E-Mail-Adresse für {{store}}',
  emailChangeIntro:
    'Ein Kundenkonto bei {{store}} soll künftig diese E-Mail-Adresse haben. Um zu bestätigen, dass die Adresse Ihnen gehört, öffnen Sie diesen Link:',
  emailChangeIgnore:
    'Wenn Sie das nicht angefordert haben, ignorieren Sie diese E-Mail. Ohne Ihre Bestätigung ändert sich nichts.',
  emailRequestedSubject: 'Eine neue E-Mail-Adresse für Ihr Kundenkonto bei {{store}}',
  emailRequestedIntro:
    'Am {{when}} wurde für Ihr Kundenkonto bei {{store}} eine neue E-Mail-Adresse angegeben. Sie ersetzt diese Adresse, sobald sie bestätigt ist.',
  emailRequestedFine: 'Wenn Sie das waren, öffnen Sie den Link in der E-Mail an die neue Adresse.',
  emailRequestedAlarm:
    'Wenn Sie es nicht waren, fordern Sie auf der Anmeldeseite des Shops sofort ein neues Passwort an: Sobald es gesetzt ist, kann die neue Adresse nicht mehr bestätigt werden. Wenden Sie sich dann an {{store}}.',
  bothChangedSubject: 'Ihre E-Mail-Adresse und Ihr Passwort für {{store}} wurden geändert',
  bothChangedIntro: 'Die E-Mail-Adresse und das Passwort Ihres Kundenkontos bei {{store}} wurden am {{when}} geändert.',
  accountExistsSubject: 'Sie haben schon ein Kundenkonto bei {{store}}',
  accountExistsIntro:
    'Jemand wollte diese E-Mail-Adresse für ein Kundenkonto bei {{store}} verwenden. Zu ihr gibt es schon eines, und es wurde nichts geändert.',
  accountExistsHint:
    'Wenn Sie das waren, melden Sie sich mit Ihrem Passwort an oder fordern Sie auf der Anmeldeseite ein neues an. Wenn nicht, müssen Sie nichts weiter tun.',
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
