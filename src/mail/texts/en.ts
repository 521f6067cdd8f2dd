export const english = {
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
  codeIntro:
    'A customer account at {{store}} was opened with this e-mail address. To confirm that the address is yours, enter this code there:',
  codeLifetime: 'The code works once, within {{lifetime}}.',
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
  webhookSubject: 'A webhook of {{store}} fails',
  webhookIntro:
    'The last {{failures}} calls of the webhook {{webhook}} have failed. Its receiver is {{origin}}, and the last call ended so: {{reason}}',
  webhookHint:
    'Calls are repeated for some hours. After {{limit}} failures in a row nothing is sent any more until the circuit is reset.',
};

/** What mails say, as handlebars templates; subjects name the store and nothing else (SEC-69). */
export type MailTexts = Readonly<typeof english>;
