import type { MailTexts } from './en.js';

export const spanish: MailTexts = {
  greeting: 'Hola, {{name}}:',
  greetingNeutral: 'Hola:',
  resetSubject: 'Elija una nueva contraseña para {{store}}',
  resetIntro: 'Ha solicitado una nueva contraseña para su cuenta en {{store}}. Para elegirla, abra este enlace:',
  resetLifetime: 'El enlace funciona una sola vez y durante {{lifetime}}.',
  resetIgnore: 'Si no lo ha solicitado, ignore este mensaje. Su contraseña no cambia.',
  changedSubject: 'Se ha cambiado su contraseña de {{store}}',
  changedIntro: 'La contraseña de su cuenta en {{store}} se cambió el {{when}}.',
  changedFine: 'Si ha sido usted, no tiene que hacer nada más.',
  changedAlarm:
    'Si no ha sido usted, solicite enseguida una nueva contraseña en la página de inicio de sesión de la tienda y póngase en contacto con {{store}}.',
  emailChangedSubject: 'Se ha cambiado su dirección de correo de {{store}}',
  emailChangedIntro: 'La dirección de correo electrónico de su cuenta en {{store}} se cambió el {{when}}.',
  emailChangedAlarm:
    'Si no ha sido usted y la tienda tampoco lo ha hecho por usted, póngase en contacto con {{store}} enseguida.',
  invitationSubject: 'Active su cuenta en {{store}}',
  invitationIntro: 'Tiene una cuenta de cliente en {{store}}. Para activarla y elegir su contraseña, abra este enlace:',
  invitationIgnore: 'Si no desea una cuenta, ignore este mensaje. Sin contraseña, nadie puede iniciar sesión en ella.',
  welcomeSubject: 'Le damos la bienvenida a {{store}}',
  welcomeIntro:
    'Su cuenta de cliente en {{store}} está lista. Inicie sesión con su dirección de correo electrónico y su contraseña.',
  welcomeAlarm: 'Si no ha sido usted quien abrió esta cuenta, póngase en contacto con {{store}}.',
  confirmationSubject: 'Confirme su cuenta en {{store}}',
  confirmationIntro:
    'Se ha abierto una cuenta de cliente en {{store}} con esta dirección de correo electrónico. Para confirmar que la dirección es suya, abra este enlace:',
  codeIntro:
    'Se ha abierto una cuenta de cliente en {{store}} con esta dirección de correo electrónico. Para confirmar que la dirección es suya, introduzca allí este código:',
  codeLifetime: 'El código funciona una sola vez y durante {{lifetime}}.',
  confirmationIgnore:
    'Si no ha sido usted quien abrió esta cuenta, ignore este mensaje. Sin su confirmación, nadie puede iniciar sesión en ella.',
  confirmedIntro: 'Su dirección de correo electrónico está confirmada y su cuenta de cliente en {{store}} está lista.',
  noPasswordIntro: 'Su cuenta de cliente en {{store}} está lista. Para elegir su contraseña, abra este enlace:',
  emailChangeSubject: 'Confirme su nueva dirección de correo para {{store}}',
  emailChangeIntro:
    'Esta dirección de correo electrónico se ha indicado como la nueva dirección de una cuenta de cliente en {{store}}. Para confirmar que es suya, abra este enlace:',
  emailChangeIgnore: 'Si no lo ha solicitado, ignore este mensaje. Sin su confirmación, nada cambia.',
  emailRequestedSubject: 'Una nueva dirección de correo para su cuenta en {{store}}',
  emailRequestedIntro:
    'El {{when}} se indicó una nueva dirección de correo electrónico para su cuenta en {{store}}. Sustituirá a esta en cuanto se confirme.',
  emailRequestedFine: 'Si ha sido usted, abra el enlace del mensaje enviado a la nueva dirección.',
  emailRequestedAlarm:
    'Si no ha sido usted, solicite enseguida una nueva contraseña en la página de inicio de sesión de la tienda: en cuanto la establezca, la nueva dirección ya no podrá confirmarse. Después, póngase en contacto con {{store}}.',
  bothChangedSubject: 'Se han cambiado su dirección de correo y su contraseña de {{store}}',
  bothChangedIntro:
    'La dirección de correo electrónico y la contraseña de su cuenta en {{store}} se cambiaron el {{when}}.',
  accountExistsSubject: 'Ya tiene una cuenta en {{store}}',
  accountExistsIntro:
    'Alguien ha querido usar esta dirección de correo electrónico para una cuenta de cliente en {{store}}. Ya existe una con ella y no se ha cambiado nada.',
  accountExistsHint:
    'Si ha sido usted, inicie sesión con su contraseña o solicite una nueva en la página de inicio de sesión. Si no, no tiene que hacer nada más.',
  webhookSubject: 'Un webhook de {{store}} falla',
  webhookIntro:
    'Las últimas {{failures}} llamadas del webhook {{webhook}} han fallado. Su receptor es {{origin}}, y la última llamada terminó así: {{reason}}',
  webhookHint:
    'Las llamadas se repiten durante algunas horas. Después de {{limit}} fallos seguidos no se envía nada más hasta que se restablezca el circuito.',
};
