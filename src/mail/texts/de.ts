import type { MailTexts } from './en.js';

export const german: MailTexts = {
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
  codeIntro:
    'Mit dieser E-Mail-Adresse wurde ein Kundenkonto bei {{store}} eröffnet. Um zu bestätigen, dass die Adresse Ihnen gehört, geben Sie dort diesen Code ein:',
  codeLifetime: 'Der Code gilt {{lifetime}} und nur ein einziges Mal.',
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
  webhookSubject: 'Ein Webhook von {{store}} schlägt fehl',
  webhookIntro:
    'Die letzten {{failures}} Aufrufe des Webhooks {{webhook}} sind fehlgeschlagen. Sein Empfänger ist {{origin}}, und der letzte Aufruf endete so: {{reason}}',
  webhookHint:
    'Aufrufe werden einige Stunden lang wiederholt. Nach {{limit}} Fehlschlägen in Folge wird nichts mehr gesendet, bis der Circuit Breaker zurückgesetzt wird.',
};
