import type { MailTexts } from './en.js';

export const portuguese: MailTexts = {
  greeting: 'Olá, {{name}}!',
  greetingNeutral: 'Olá!',
  resetSubject: 'Escolha uma nova senha para {{store}}',
  resetIntro: 'Foi pedida uma nova senha para a sua conta em {{store}}. Para a escolher, abra este link:',
  resetLifetime: 'O link funciona uma única vez, durante {{lifetime}}.',
  resetIgnore: 'Se não fez este pedido, ignore esta mensagem. A sua senha não muda.',
  changedSubject: 'A sua senha de {{store}} foi alterada',
  changedIntro: 'A senha da sua conta em {{store}} foi alterada em {{when}}.',
  changedFine: 'Se fez esta alteração, não precisa de fazer mais nada.',
  changedAlarm:
    'Caso contrário, peça imediatamente uma nova senha na página de acesso da loja e entre em contacto com {{store}}.',
  emailChangedSubject: 'O seu endereço de e-mail de {{store}} foi alterado',
  emailChangedIntro: 'O endereço de e-mail da sua conta em {{store}} foi alterado em {{when}}.',
  emailChangedAlarm:
    'Caso contrário, e se a loja também não o fez por si, entre imediatamente em contacto com {{store}}.',
  invitationSubject: 'Ative a sua conta em {{store}}',
  invitationIntro:
    'Existe uma conta de cliente para si em {{store}}. Para a ativar e escolher a sua senha, abra este link:',
  invitationIgnore: 'Se não deseja uma conta, ignore esta mensagem. Sem senha, ninguém pode entrar nela.',
  welcomeSubject: 'Boas-vindas a {{store}}',
  welcomeIntro: 'A sua conta de cliente em {{store}} está pronta. Entre com o seu endereço de e-mail e a sua senha.',
  welcomeAlarm: 'Se não abriu esta conta, entre em contacto com {{store}}.',
  confirmationSubject: 'Confirme a sua conta em {{store}}',
  confirmationIntro:
    'Foi aberta uma conta de cliente em {{store}} com este endereço de e-mail. Para confirmar que o endereço é seu, abra este link:',
  codeIntro:
    'Foi aberta uma conta de cliente em {{store}} com este endereço de e-mail. Para confirmar que o endereço é seu, introduza lá este código:',
  codeLifetime: 'O código funciona uma única vez, durante {{lifetime}}.',
  confirmationIgnore: 'Se não abriu esta conta, ignore esta mensagem. Sem a sua confirmação, ninguém pode entrar nela.',
  confirmedIntro: 'O seu endereço de e-mail está confirmado e a sua conta de cliente em {{store}} está pronta.',
  noPasswordIntro: 'A sua conta de cliente em {{store}} está pronta. Para escolher a sua senha, abra este link:',
  emailChangeSubject: 'Confirme o seu novo endereço de e-mail para {{store}}',
  emailChangeIntro:
    'Este endereço de e-mail foi indicado como o novo endereço de uma conta de cliente em {{store}}. Para confirmar que é seu, abra este link:',
  emailChangeIgnore: 'Se não fez este pedido, ignore esta mensagem. Sem a sua confirmação, nada muda.',
  emailRequestedSubject: 'Um novo endereço de e-mail para a sua conta em {{store}}',
  emailRequestedIntro:
    'Em {{when}} foi indicado um novo endereço de e-mail para a sua conta em {{store}}. Substituirá este assim que for confirmado.',
  emailRequestedFine: 'Se fez este pedido, abra o link da mensagem enviada para o novo endereço.',
  emailRequestedAlarm:
    'Caso contrário, peça imediatamente uma nova senha na página de acesso da loja: assim que for definida, o novo endereço já não poderá ser confirmado. Depois, entre em contacto com {{store}}.',
  bothChangedSubject: 'O seu endereço de e-mail e a sua senha de {{store}} foram alterados',
  bothChangedIntro: 'O endereço de e-mail e a senha da sua conta em {{store}} foram alterados em {{when}}.',
  accountExistsSubject: 'Já tem uma conta em {{store}}',
  accountExistsIntro:
    'Alguém quis usar este endereço de e-mail para uma conta de cliente em {{store}}. Já existe uma com ele, e nada foi alterado.',
  accountExistsHint:
    'Se fez este pedido, entre com a sua senha ou peça uma nova na página de acesso. Caso contrário, não precisa de fazer mais nada.',
  webhookSubject: 'Um webhook de {{store}} está a falhar',
  webhookIntro:
    'As últimas {{failures}} chamadas do webhook {{webhook}} falharam. O destinatário é {{origin}}, e a última chamada terminou assim: {{reason}}',
  webhookHint:
    'As chamadas são repetidas durante algumas horas. Após {{limit}} falhas seguidas, nada mais é enviado até que o circuito seja reposto.',
};
