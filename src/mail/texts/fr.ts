import type { MailTexts } from './en.js';

export const french: MailTexts = {
  greeting: 'Bonjour {{name}},',
  greetingNeutral: 'Bonjour,',
  resetSubject: 'Choisissez un nouveau mot de passe pour {{store}}',
  resetIntro:
    'Vous avez demandé un nouveau mot de passe pour votre compte chez {{store}}. Pour le choisir, ouvrez ce lien :',
  resetLifetime: 'Ce lien ne fonctionne qu’une seule fois, et pendant {{lifetime}}.',
  resetIgnore:
    'Si vous n’êtes pas à l’origine de cette demande, ignorez ce message. Votre mot de passe reste inchangé.',
  changedSubject: 'Votre mot de passe pour {{store}} a été modifié',
  changedIntro: 'Le mot de passe de votre compte chez {{store}} a été modifié le {{when}}.',
  changedFine: 'Si c’était vous, vous n’avez rien d’autre à faire.',
  changedAlarm:
    'Si ce n’était pas vous, demandez sans attendre un nouveau mot de passe sur la page de connexion de la boutique et contactez {{store}}.',
  emailChangedSubject: 'Votre adresse e-mail pour {{store}} a été modifiée',
  emailChangedIntro: 'L’adresse e-mail de votre compte chez {{store}} a été modifiée le {{when}}.',
  emailChangedAlarm:
    'Si ce n’était pas vous, et que la boutique ne l’a pas fait pour vous, contactez {{store}} sans attendre.',
  invitationSubject: 'Activez votre compte chez {{store}}',
  invitationIntro:
    'Un compte client vous attend chez {{store}}. Pour l’activer et choisir votre mot de passe, ouvrez ce lien :',
  invitationIgnore:
    'Si vous ne souhaitez pas de compte, ignorez ce message. Sans mot de passe, personne ne peut s’y connecter.',
  welcomeSubject: 'Bienvenue chez {{store}}',
  welcomeIntro:
    'Votre compte client chez {{store}} est prêt. Connectez-vous avec votre adresse e-mail et votre mot de passe.',
  welcomeAlarm: 'Si ce n’est pas vous qui avez ouvert ce compte, contactez {{store}}.',
  confirmationSubject: 'Veuillez confirmer votre compte chez {{store}}',
  confirmationIntro:
    'Un compte client a été ouvert chez {{store}} avec cette adresse e-mail. Pour confirmer qu’elle est bien la vôtre, ouvrez ce lien :',
  codeIntro:
    'Un compte client a été ouvert chez {{store}} avec cette adresse e-mail. Pour confirmer qu’elle est bien la vôtre, saisissez-y ce code :',
  codeLifetime: 'Ce code ne fonctionne qu’une seule fois, et pendant {{lifetime}}.',
  confirmationIgnore:
    'Si ce n’est pas vous qui avez ouvert ce compte, ignorez ce message. Sans votre confirmation, personne ne peut s’y connecter.',
  confirmedIntro: 'Votre adresse e-mail est confirmée et votre compte client chez {{store}} est prêt.',
  noPasswordIntro: 'Votre compte client chez {{store}} est prêt. Pour choisir votre mot de passe, ouvrez ce lien :',
  emailChangeSubject: 'Confirmez votre nouvelle adresse e-mail pour {{store}}',
  emailChangeIntro:
    'Cette adresse e-mail doit désormais être celle d’un compte client chez {{store}}. Pour confirmer qu’elle est bien la vôtre, ouvrez ce lien :',
  emailChangeIgnore:
    'Si vous n’êtes pas à l’origine de cette demande, ignorez ce message. Sans votre confirmation, rien ne change.',
  emailRequestedSubject: 'Une nouvelle adresse e-mail pour votre compte chez {{store}}',
  emailRequestedIntro:
    'Le {{when}}, une nouvelle adresse e-mail a été indiquée pour votre compte chez {{store}}. Elle remplacera celle-ci dès qu’elle sera confirmée.',
  emailRequestedFine: 'Si c’était vous, ouvrez le lien du message envoyé à la nouvelle adresse.',
  emailRequestedAlarm:
    'Si ce n’était pas vous, demandez sans attendre un nouveau mot de passe sur la page de connexion de la boutique : dès qu’il sera défini, la nouvelle adresse ne pourra plus être confirmée. Contactez ensuite {{store}}.',
  bothChangedSubject: 'Votre adresse e-mail et votre mot de passe pour {{store}} ont été modifiés',
  bothChangedIntro: 'L’adresse e-mail et le mot de passe de votre compte chez {{store}} ont été modifiés le {{when}}.',
  accountExistsSubject: 'Vous avez déjà un compte chez {{store}}',
  accountExistsIntro:
    'Quelqu’un a voulu utiliser cette adresse e-mail pour un compte client chez {{store}}. Elle en a déjà un, et rien n’a été modifié.',
  accountExistsHint:
    'Si c’était vous, connectez-vous avec votre mot de passe ou demandez-en un nouveau sur la page de connexion. Sinon, vous n’avez rien d’autre à faire.',
  webhookSubject: 'Un webhook de {{store}} échoue',
  webhookIntro:
    'Les {{failures}} derniers appels du webhook {{webhook}} ont échoué. Son destinataire est {{origin}}, et le dernier appel s’est terminé ainsi : {{reason}}',
  webhookHint:
    'Les appels sont répétés pendant quelques heures. Après {{limit}} échecs de suite, plus rien n’est envoyé jusqu’à la réinitialisation du circuit.',
};
