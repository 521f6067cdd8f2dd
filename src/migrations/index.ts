import { SetCharacterSet1763730000000 } from './1763730000000-set-character-set.js';
import { CreateStore1763730000001 } from './1763730000001-create-store.js';
import { CreateCustomer1763730000002 } from './1763730000002-create-customer.js';
import { CreateAccessToken1763730000003 } from './1763730000003-create-access-token.js';
import { CreatePasswordReset1763730000004 } from './1763730000004-create-password-reset.js';
import { CreateMailMessage1763730000005 } from './1763730000005-create-mail-message.js';
import { CreateEvent1763730000006 } from './1763730000006-create-event.js';
import { CreateRateCounter1763730000007 } from './1763730000007-create-rate-counter.js';
import { KeepResetRecords1763740000000 } from './1763740000000-keep-reset-records.js';
import { SealStoreSecrets1763750000000 } from './1763750000000-seal-store-secrets.js';
import { CreateMultipassUse1763750000001 } from './1763750000001-create-multipass-use.js';
import { UniqueMultipassIdentifier1763750000002 } from './1763750000002-unique-multipass-identifier.js';
import { ClaimPhones1763751000000 } from './1763751000000-claim-phones.js';
import { WidenAddresses1763751000001 } from './1763751000001-widen-addresses.js';
import { CreateOneTimeSecret1763752000000 } from './1763752000000-create-one-time-secret.js';
import { ListCustomers1763752000001 } from './1763752000001-list-customers.js';
import { AllowDecoySecrets1763760000000 } from './1763760000000-allow-decoy-secrets.js';
import { DatePasswords1763760000020 } from './1763760000020-date-passwords.js';
import { FindCustomersByName1763760000030 } from './1763760000030-find-customers-by-name.js';
import { CountTries1763760000050 } from './1763760000050-count-tries.js';
import { CreateIdempotencyKey1763760000060 } from './1763760000060-create-idempotency-key.js';
import { CountEvents1763760000061 } from './1763760000061-count-events.js';
import { GroupTokens1763770000000 } from './1763770000000-group-tokens.js';
import { CreateCustomerGroup1763770000010 } from './1763770000010-create-customer-group.js';
import { CreateTag1763770000011 } from './1763770000011-create-tag.js';
import { KeepLooseAddresses1763770000012 } from './1763770000012-keep-loose-addresses.js';
import { CreateCustomerSubscription1763770000013 } from './1763770000013-create-customer-subscription.js';
import { PublishEvents1763770000020 } from './1763770000020-publish-events.js';
import { CreateWebhook1763770000021 } from './1763770000021-create-webhook.js';
import { GrantMore1763801000000 } from './1763801000000-grant-more.js';
import { CountSessions1763803000000 } from './1763803000000-count-sessions.js';
import { FindOpenResets1763804000000 } from './1763804000000-find-open-resets.js';
import { IndexWorkOnce1763805000000 } from './1763805000000-index-work-once.js';

/** In order. Listed, because a file pattern that matches nothing says "no migrations pending". */
export const migrations = [
  SetCharacterSet1763730000000,
  CreateStore1763730000001,
  CreateCustomer1763730000002,
  CreateAccessToken1763730000003,
  CreatePasswordReset1763730000004,
  CreateMailMessage1763730000005,
  CreateEvent1763730000006,
  CreateRateCounter1763730000007,
  KeepResetRecords1763740000000,
  SealStoreSecrets1763750000000,
  CreateMultipassUse1763750000001,
  UniqueMultipassIdentifier1763750000002,
  ClaimPhones1763751000000,
  WidenAddresses1763751000001,
  CreateOneTimeSecret1763752000000,
  ListCustomers1763752000001,
  AllowDecoySecrets1763760000000,
  DatePasswords1763760000020,
  FindCustomersByName1763760000030,
  CountTries1763760000050,
  CreateIdempotencyKey1763760000060,
  CountEvents1763760000061,
  GroupTokens1763770000000,
  CreateCustomerGroup1763770000010,
  CreateTag1763770000011,
  KeepLooseAddresses1763770000012,
  CreateCustomerSubscription1763770000013,
  PublishEvents1763770000020,
  CreateWebhook1763770000021,
  GrantMore1763801000000,
  CountSessions1763803000000,
  FindOpenResets1763804000000,
  IndexWorkOnce1763805000000,
] as const;
