export { ApiClient, type ApiClientKind } from './api-client.entity.js';
export { ApiClientService, clientDigest } from './api-client.service.js';
export { demoAdminToken, demoSetup } from './demo-setup.js';
export { Realm } from './realm.entity.js';
export {
  limitOf,
  tellsAll,
  type Disclosure,
  type Limit,
  type LimitName,
  type LockoutPolicy,
  type RealmPolicy,
} from './realm.policy.js';
export { issuerFaults, loadSetup, readSetup, SetupError } from './setup-file.js';
export { secretText, type CustomerSetup, type Setup } from './setup.schema.js';
export { SetupService } from './setup.service.js';
export { contactOf } from './store.contact.js';
export { StoreDirectory, type Upstream } from './store.directory.js';
export { Store } from './store.entity.js';
export { originsOf } from './store.origins.js';
export { StoreModule } from './store.module.js';
export {
  type AdobeSettings,
  type CommerceLayerSettings,
  type CommonGroundSettings,
  type Dialect,
  type StoreSettings,
} from './store.settings.js';
