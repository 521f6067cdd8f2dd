import Handlebars from 'handlebars';

const english = {
  recoverTitle: 'Forgot your password?',
  recoverIntro: 'Enter the e-mail address of your account. We will send you a link to choose a new password.',
  email: 'E-mail address',
  recoverButton: 'Send the link',
  sentTitle: 'Check your mail',
  sent: 'If an account exists for this address, a mail is on its way.',
  sentHint: 'It can take a few minutes. If it does not arrive, look into your spam folder.',
  resetTitle: 'Choose a new password',
  password: 'New password',
  passwordHint: 'At least {{minimum}} characters. A few words that do not belong together are easy to keep in mind.',
  resetButton: 'Save the password',
  doneTitle: 'Your password is changed',
  done: 'You have been signed out everywhere. From now on, sign in with your new password.',
  activateTitle: 'Activate your account',
  firstPassword: 'Password',
  activateButton: 'Activate the account',
  activatedTitle: 'Your account is active',
  activated: 'From now on, sign in with your e-mail address and your password.',
  activationInvalid:
    'It has been used, has expired, or is not complete. If your account is active already, sign in, or have a link for a new password sent to you. If it is not, ask the shop for a new invitation.',
  confirmTitle: 'Confirm your address',
  confirmAccount: 'Once your e-mail address is confirmed, you can sign in to your account.',
  confirmChange:
    'Once your new e-mail address is confirmed, it takes the place of the old one, and you are signed out everywhere.',
  confirmButton: 'Confirm the address',
  confirmedTitle: 'Your address is confirmed',
  confirmedAccount: 'From now on you can sign in to your account.',
  confirmedChange: 'You have been signed out everywhere. From now on, sign in with your new e-mail address.',
  confirmationInvalid:
    'It has been used, has expired, or is not complete. If your address is confirmed already, sign in. If it is not, ask the shop for another mail, or have a link for a new password sent to you: that confirms the address of your account as well.',
  toShop: 'Go to the shop',
  linkInvalidTitle: 'This link does not work any more',
  linkInvalid: 'It has been used, has expired, or is not complete. Have a new one sent to you.',
  linkInvalidButton: 'Get a new link',
  emailInvalid: 'Enter an e-mail address, such as name@example.com.',
  passwordTooShort: 'This password is too short. It needs at least {{minimum}} characters.',
  passwordTooLong: 'This password is too long. It may have at most {{maximum}} characters.',
  passwordTooFewClasses:
    'This password needs characters of at least {{required}} kinds: lower case, upper case, digits, others.',
  passwordEdgeSpace: 'A password cannot begin or end with a space.',
  passwordIsEmail: 'Your e-mail address cannot be your password.',
  passwordNotPlain: 'This password has characters in it that cannot be typed.',
  formRepeat: 'This form had expired. Please send it once more.',
  tooManyTitle: 'Too many tries',
  tooMany: 'Please wait a few minutes and try again.',
  busyTitle: 'Just a moment',
  busy: 'There is a lot to do at present. Please try again in a few seconds.',
  formExpiredTitle: 'This form has expired',
  formExpired:
    'It was sent already, or was open for too long. This time nothing was changed. To go on, open the link in your mail again.',
  notFoundTitle: 'Page not found',
  notFound: 'There is nothing at this address.',
  faultTitle: 'Something went wrong',
  fault: 'Please try again later. If it happens again, tell the shop this number: {{id}}',
};

/** What the pages say to customers, as handlebars templates. */
export type PageTexts = Readonly<typeof english>;

const german: Partial<PageTexts> = {
  recoverTitle: 'Passwort vergessen?',
  recoverIntro:
    'Geben Sie die E-Mail-Adresse Ihres Kundenkontos ein. Wir senden Ihnen einen Link, mit dem Sie ein neues Passwort festlegen.',
  email: 'E-Mail-Adresse',
  recoverButton: 'Link senden',
  sentTitle: 'Sehen Sie in Ihr Postfach',
  sent: 'Wenn es zu dieser Adresse ein Kundenkonto gibt, ist eine E-Mail unterwegs.',
  sentHint: 'Das kann einige Minuten dauern. Kommt nichts an, sehen Sie bitte im Spam-Ordner nach.',
  resetTitle: 'Neues Passwort festlegen',
  password: 'Neues Passwort',
  passwordHint: 'Mindestens {{minimum}} Zeichen. Einige Wörter, die nicht zusammengehören, lassen sich gut merken.',
  resetButton: 'Passwort speichern',
  doneTitle: 'Ihr Passwort ist geändert',
  done: 'Sie wurden überall abgemeldet. Melden Sie sich ab jetzt mit Ihrem neuen Passwort an.',
  activateTitle: 'Kundenkonto aktivieren',
  firstPassword: 'Passwort',
  activateButton: 'Konto aktivieren',
  activatedTitle: 'Ihr Kundenkonto ist aktiv',
  activated: 'Melden Sie sich ab jetzt mit Ihrer E-Mail-Adresse und Ihrem Passwort an.',
  activationInvalid:
    'Er wurde schon benutzt, ist abgelaufen oder unvollständig. Ist Ihr Konto schon aktiv, melden Sie sich an oder lassen Sie sich einen Link für ein neues Passwort senden. Ist es das nicht, bitten Sie den Shop um eine neue Einladung.',
  confirmTitle: 'E-Mail-Adresse bestätigen',
  confirmAccount: 'Sobald Ihre E-Mail-Adresse bestätigt ist, können Sie sich bei Ihrem Kundenkonto anmelden.',
  confirmChange:
    'Sobald Ihre neue E-Mail-Adresse bestätigt ist, ersetzt sie die alte, und Sie werden überall abgemeldet.',
  confirmButton: 'Adresse bestätigen',
  confirmedTitle: 'Ihre E-Mail-Adresse ist bestätigt',
  confirmedAccount: 'Ab jetzt können Sie sich bei Ihrem Kundenkonto anmelden.',
  confirmedChange: 'Sie wurden überall abgemeldet. Melden Sie sich ab jetzt mit Ihrer neuen E-Mail-Adresse an.',
  confirmationInvalid:
    'Er wurde schon benutzt, ist abgelaufen oder unvollständig. Ist Ihre Adresse schon bestätigt, melden Sie sich an. Ist sie es nicht, bitten Sie den Shop um eine weitere E-Mail oder lassen Sie sich einen Link für ein neues Passwort senden: Auch damit wird die Adresse Ihres Kontos bestätigt.',
  toShop: 'Zum Shop',
  linkInvalidTitle: 'Dieser Link gilt nicht mehr',
  linkInvalid: 'Er wurde schon benutzt, ist abgelaufen oder unvollständig. Lassen Sie sich einen neuen senden.',
  linkInvalidButton: 'Neuen Link anfordern',
  emailInvalid: 'Geben Sie eine E-Mail-Adresse ein, zum Beispiel name@example.com.',
  passwordTooShort: 'Dieses Passwort ist zu kurz. Es braucht mindestens {{minimum}} Zeichen.',
  passwordTooLong: 'Dieses Passwort ist zu lang. Es darf höchstens {{maximum}} Zeichen haben.',
  passwordTooFewClasses:
    'Dieses Passwort braucht mindestens {{required}} Arten von Zeichen: Kleinbuchstaben, Großbuchstaben, Ziffern, andere.',
  passwordEdgeSpace: 'Ein Passwort darf nicht mit einem Leerzeichen beginnen oder enden.',
  passwordIsEmail: 'Ihre E-Mail-Adresse darf nicht Ihr Passwort sein.',
  passwordNotPlain: 'Dieses Passwort enthält Zeichen, die sich nicht eintippen lassen.',
  formRepeat: 'Dieses Formular war abgelaufen. Bitte senden Sie es noch einmal ab.',
  tooManyTitle: 'Zu viele Versuche',
  tooMany: 'Bitte warten Sie einige Minuten und versuchen Sie es dann noch einmal.',
  busyTitle: 'Einen Augenblick',
  busy: 'Zurzeit gibt es viel zu tun. Bitte versuchen Sie es in einigen Sekunden noch einmal.',
  formExpiredTitle: 'Dieses Formular ist abgelaufen',
  formExpired:
    'Es wurde schon gesendet oder war zu lange offen. Diesmal wurde nichts geändert. Öffnen Sie noch einmal den Link in Ihrer E-Mail, um fortzufahren.',
  notFoundTitle: 'Seite nicht gefunden',
  notFound: 'Unter dieser Adresse gibt es nichts.',
  faultTitle: 'Etwas ist schiefgegangen',
  fault: 'Bitte versuchen Sie es später noch einmal. Geschieht es wieder, nennen Sie dem Shop diese Nummer: {{id}}',
};

type Translations = ReadonlyMap<string, Partial<PageTexts>>;

const translations: Translations = new Map<string, Partial<PageTexts>>([
  ['en', english],
  ['de', german],
]);

type Values = Readonly<Record<string, string | number>>;

/** Says a text in one language; the answer is not escaped, the views do that. */
type Say = (key: keyof PageTexts, values?: Values) => string;

/** The voice for a locale; what it lacks is said as its language has it, or in English. */
export function sayIn(locale: string, known: Translations = translations): Say {
  const texts: PageTexts = { ...english, ...known.get(languageOf(locale)), ...known.get(locale) };
  return (key, values = {}) => compiled(texts[key])(values);
}

/** What the controllers say, in one language: refusals beside a field, and whole pages. */
export function pageTexts(locale: string) {
  const say = sayIn(locale);
  return {
    errors: {
      email: say('emailInvalid'),
      expired: say('formRepeat'),
      passwordTooShort: (minimum: number) => say('passwordTooShort', { minimum }),
      passwordTooLong: (maximum: number) => say('passwordTooLong', { maximum }),
      passwordTooFewClasses: (required: number) => say('passwordTooFewClasses', { required }),
      passwordEdgeSpace: say('passwordEdgeSpace'),
      passwordIsEmail: say('passwordIsEmail'),
      passwordNotPlain: say('passwordNotPlain'),
    },
    tooMany: { title: say('tooManyTitle'), text: say('tooMany') },
    busy: { title: say('busyTitle'), text: say('busy') },
    formExpired: { title: say('formExpiredTitle'), text: say('formExpired') },
    linkInvalid: { title: say('linkInvalidTitle'), text: say('linkInvalid') },
    notFound: { title: say('notFoundTitle'), text: say('notFound') },
    fault: (id: string) => ({ title: say('faultTitle'), text: say('fault', { id }) }),
  };
}

/** The locale whose texts are shown: the one asked for, its language, or English. */
export function pageLanguage(locale: string, known: Translations = translations): string {
  return [locale, languageOf(locale)].find((tag) => known.has(tag)) ?? 'en';
}

/** What each locale has to borrow from English, as `de: email`. */
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

const templates = new Map<string, Handlebars.TemplateDelegate<Values>>();

/** Compiles each text once; what people typed is only ever a value (SEC-70). */
function compiled(text: string): Handlebars.TemplateDelegate<Values> {
  const known = templates.get(text);
  if (known) return known;
  const template = Handlebars.compile<Values>(text, { noEscape: true, strict: true, knownHelpersOnly: true });
  templates.set(text, template);
  return template;
}
