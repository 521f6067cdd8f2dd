export { activatedPage, activatePage, activationInvalidPage } from './activate.view.js';
export { confirmationInvalidPage, confirmedPage, confirmPage } from './confirm.view.js';
export { landingPage } from './landing.view.js';
export { mailboxPage, mailPage } from './mailbox.view.js';
export { messagePage } from './message.view.js';
export { recoverPage, recoverSentPage } from './recover.view.js';
export { linkInvalidPage, resetDonePage, resetPage } from './reset.view.js';
