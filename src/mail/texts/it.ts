import type { MailTexts } from './en.js';

export const italian: MailTexts = {
  greeting: 'Gentile {{name}},',
  greetingNeutral: 'Buongiorno,',
  resetSubject: 'Scelga una nuova password per {{store}}',
  resetIntro: 'Ha richiesto una nuova password per il Suo account presso {{store}}. Per sceglierla, apra questo link:',
  resetLifetime: 'Il link funziona una sola volta e per {{lifetime}}.',
  resetIgnore: 'Se non l’ha richiesta, ignori questo messaggio. La Sua password resta invariata.',
  changedSubject: 'La Sua password per {{store}} è stata modificata',
  changedIntro: 'La password del Suo account presso {{store}} è stata modificata il {{when}}.',
  changedFine: 'Se è stato Lei, non deve fare altro.',
  changedAlarm:
    'Se non è stato Lei, richieda subito una nuova password dalla pagina di accesso del negozio e contatti {{store}}.',
  emailChangedSubject: 'Il Suo indirizzo e-mail per {{store}} è stato modificato',
  emailChangedIntro: 'L’indirizzo e-mail del Suo account presso {{store}} è stato modificato il {{when}}.',
  emailChangedAlarm: 'Se non è stato Lei, e nemmeno il negozio per Suo conto, contatti subito {{store}}.',
  invitationSubject: 'Attivi il Suo account presso {{store}}',
  invitationIntro:
    'Presso {{store}} c’è un account cliente per Lei. Per attivarlo e scegliere la password, apra questo link:',
  invitationIgnore: 'Se non desidera un account, ignori questo messaggio. Senza password nessuno può accedervi.',
  welcomeSubject: 'Le diamo il benvenuto da {{store}}',
  welcomeIntro:
    'Il Suo account cliente presso {{store}} è pronto. Acceda con il Suo indirizzo e-mail e la Sua password.',
  welcomeAlarm: 'Se non è stato Lei ad aprire questo account, contatti {{store}}.',
  confirmationSubject: 'Confermi il Suo account presso {{store}}',
  confirmationIntro:
    'Con questo indirizzo e-mail è stato aperto un account cliente presso {{store}}. Per confermare che l’indirizzo è Suo, apra questo link:',
  codeIntro:
    'Con questo indirizzo e-mail è stato aperto un account cliente presso {{store}}. Per confermare che l’indirizzo è Suo, inserisca lì questo codice:',
  codeLifetime: 'Il codice funziona una sola volta e per {{lifetime}}.',
  confirmationIgnore:
    'Se non è stato Lei ad aprire questo account, ignori questo messaggio. Senza la Sua conferma nessuno può accedervi.',
  confirmedIntro: 'Il Suo indirizzo e-mail è confermato e il Suo account cliente presso {{store}} è pronto.',
  noPasswordIntro: 'Il Suo account cliente presso {{store}} è pronto. Per scegliere la password, apra questo link:',
  emailChangeSubject: 'Confermi il Suo nuovo indirizzo e-mail per {{store}}',
  emailChangeIntro:
    'Questo indirizzo e-mail è stato indicato come nuovo indirizzo di un account cliente presso {{store}}. Per confermare che è Suo, apra questo link:',
  emailChangeIgnore: 'Se non l’ha richiesto, ignori questo messaggio. Senza la Sua conferma non cambia nulla.',
  emailRequestedSubject: 'Un nuovo indirizzo e-mail per il Suo account presso {{store}}',
  emailRequestedIntro:
    'Il {{when}} è stato indicato un nuovo indirizzo e-mail per il Suo account presso {{store}}. Sostituirà questo non appena sarà confermato.',
  emailRequestedFine: 'Se è stato Lei, apra il link nel messaggio inviato al nuovo indirizzo.',
  emailRequestedAlarm:
    'Se non è stato Lei, richieda subito una nuova password dalla pagina di accesso del negozio: appena impostata, il nuovo indirizzo non potrà più essere confermato. Poi contatti {{store}}.',
  bothChangedSubject: 'Il Suo indirizzo e-mail e la Sua password per {{store}} sono stati modificati',
  bothChangedIntro:
    'L’indirizzo e-mail e la password del Suo account presso {{store}} sono stati modificati il {{when}}.',
  accountExistsSubject: 'Ha già un account presso {{store}}',
  accountExistsIntro:
    'Qualcuno voleva usare questo indirizzo e-mail per un account cliente presso {{store}}. Ne esiste già uno e non è stato modificato nulla.',
  accountExistsHint:
    'Se è stato Lei, acceda con la Sua password o ne richieda una nuova dalla pagina di accesso. Altrimenti non deve fare altro.',
  webhookSubject: 'Un webhook di {{store}} non funziona',
  webhookIntro:
    'Le ultime {{failures}} chiamate del webhook {{webhook}} non sono riuscite. Il suo destinatario è {{origin}}, e l’ultima chiamata è finita così: {{reason}}',
  webhookHint:
    'Le chiamate vengono ripetute per alcune ore. Dopo {{limit}} errori di seguito non viene inviato più nulla finché il circuito non viene ripristinato.',
};
