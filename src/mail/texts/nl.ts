import type { MailTexts } from './en.js';

export const dutch: MailTexts = {
  greeting: 'Hallo {{name}},',
  greetingNeutral: 'Hallo,',
  resetSubject: 'Kies een nieuw wachtwoord voor {{store}}',
  resetIntro:
    'U hebt een nieuw wachtwoord aangevraagd voor uw account bij {{store}}. Open deze link om er een te kiezen:',
  resetLifetime: 'De link werkt één keer, binnen {{lifetime}}.',
  resetIgnore: 'Hebt u dit niet aangevraagd? Negeer dan deze e-mail. Uw wachtwoord blijft zoals het is.',
  changedSubject: 'Uw wachtwoord voor {{store}} is gewijzigd',
  changedIntro: 'Het wachtwoord van uw account bij {{store}} is gewijzigd op {{when}}.',
  changedFine: 'Was u dat zelf, dan hoeft u verder niets te doen.',
  changedAlarm:
    'Was u het niet, vraag dan meteen een nieuw wachtwoord aan op de inlogpagina van de winkel en neem contact op met {{store}}.',
  emailChangedSubject: 'Uw e-mailadres voor {{store}} is gewijzigd',
  emailChangedIntro: 'Het e-mailadres van uw account bij {{store}} is gewijzigd op {{when}}.',
  emailChangedAlarm:
    'Was u het niet, en heeft de winkel het ook niet voor u gedaan, neem dan meteen contact op met {{store}}.',
  invitationSubject: 'Activeer uw account bij {{store}}',
  invitationIntro:
    'Er is een klantaccount voor u bij {{store}}. Open deze link om het te activeren en uw wachtwoord te kiezen:',
  invitationIgnore: 'Wilt u geen account? Negeer dan deze e-mail. Zonder wachtwoord kan niemand erop inloggen.',
  welcomeSubject: 'Welkom bij {{store}}',
  welcomeIntro: 'Uw klantaccount bij {{store}} staat klaar. Log in met uw e-mailadres en uw wachtwoord.',
  welcomeAlarm: 'Hebt u dit account niet zelf geopend, neem dan contact op met {{store}}.',
  confirmationSubject: 'Bevestig uw account bij {{store}}',
  confirmationIntro:
    'Met dit e-mailadres is een klantaccount geopend bij {{store}}. Open deze link om te bevestigen dat het adres van u is:',
  codeIntro:
    'Met dit e-mailadres is een klantaccount geopend bij {{store}}. Voer daar deze code in om te bevestigen dat het adres van u is:',
  codeLifetime: 'De code werkt één keer, binnen {{lifetime}}.',
  confirmationIgnore:
    'Hebt u dit account niet zelf geopend? Negeer dan deze e-mail. Zonder uw bevestiging kan niemand erop inloggen.',
  confirmedIntro: 'Uw e-mailadres is bevestigd en uw klantaccount bij {{store}} staat klaar.',
  noPasswordIntro: 'Uw klantaccount bij {{store}} staat klaar. Open deze link om uw wachtwoord te kiezen:',
  emailChangeSubject: 'Bevestig uw nieuwe e-mailadres voor {{store}}',
  emailChangeIntro:
    'Dit e-mailadres is opgegeven als het nieuwe adres van een klantaccount bij {{store}}. Open deze link om te bevestigen dat het van u is:',
  emailChangeIgnore: 'Hebt u dit niet aangevraagd? Negeer dan deze e-mail. Zonder uw bevestiging verandert er niets.',
  emailRequestedSubject: 'Een nieuw e-mailadres voor uw account bij {{store}}',
  emailRequestedIntro:
    'Op {{when}} is een nieuw e-mailadres opgegeven voor uw account bij {{store}}. Het vervangt dit adres zodra het bevestigd is.',
  emailRequestedFine: 'Was u dat zelf, open dan de link in de e-mail aan het nieuwe adres.',
  emailRequestedAlarm:
    'Was u het niet, vraag dan meteen een nieuw wachtwoord aan op de inlogpagina van de winkel: zodra dat is ingesteld, kan het nieuwe adres niet meer worden bevestigd. Neem daarna contact op met {{store}}.',
  bothChangedSubject: 'Uw e-mailadres en wachtwoord voor {{store}} zijn gewijzigd',
  bothChangedIntro: 'Het e-mailadres en het wachtwoord van uw account bij {{store}} zijn gewijzigd op {{when}}.',
  accountExistsSubject: 'U hebt al een account bij {{store}}',
  accountExistsIntro:
    'Iemand wilde dit e-mailadres gebruiken voor een klantaccount bij {{store}}. Er is er al een, en er is niets gewijzigd.',
  accountExistsHint:
    'Was u dat zelf, log dan in met uw wachtwoord of vraag een nieuw aan op de inlogpagina. Zo niet, dan hoeft u verder niets te doen.',
  webhookSubject: 'Een webhook van {{store}} mislukt',
  webhookIntro:
    'De laatste {{failures}} aanroepen van de webhook {{webhook}} zijn mislukt. De ontvanger is {{origin}}, en de laatste aanroep eindigde zo: {{reason}}',
  webhookHint:
    'Aanroepen worden enkele uren herhaald. Na {{limit}} mislukkingen achter elkaar wordt niets meer verzonden totdat het circuit wordt hersteld.',
};
