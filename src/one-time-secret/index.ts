export { linkBase, mailedLink, readMailedLink, type MailedLinkParts } from './mailed-link.js';
export { OneTimeSecret } from './one-time-secret.entity.js';
export { OneTimeSecretModule } from './one-time-secret.module.js';
export { OneTimeSecretService, type OpenSecret } from './one-time-secret.service.js';
export { SecretFailures, type SecretTry, type Whose } from './secret-failures.js';
