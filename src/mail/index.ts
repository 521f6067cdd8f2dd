export { MailMessage, type MailKind, type MailStatus } from './mail-message.entity.js';
export { MailModule } from './mail.module.js';
export { decoyMail, MailService, type MailOrder } from './mail.service.js';
export { MailWorker } from './mail.worker.js';
export { MailboxTransport, type CaughtMail } from './mailbox.transport.js';
