export { AccountStateService, isOpen, mayActivate } from './account-state.service.js';
export { type ListedAddress } from './address-list.js';
export {
  AddressService,
  marksOn,
  type AddAddressOrder,
  type AddressBook,
  type AddressMarks,
  type KeptAddress,
  type RemoveAddressOrder,
  type UpdateAddressOrder,
} from './address.service.js';
export { AnonymizationService, type AnonymizationOrder } from './anonymization.service.js';
export { ClosureService } from './closure.service.js';
export { ConfirmationIssuer, CONFIRMATION_SECONDS, type ConfirmationTerms } from './confirmation-issuer.js';
export { confirmationLink } from './confirmation-link.js';
export { CustomerAddress, type AddressAttributes } from './customer-address.entity.js';
export {
  addressFields,
  type AddressChanges,
  type AddressExtras,
  type AddressFields,
  type AddressKey,
} from './customer-address.repository.js';
export {
  Customer,
  type Anonymization,
  type CustomerAttributes,
  type CustomerState,
  type ListMembership,
} from './customer.entity.js';
export { CustomerModule } from './customer.module.js';
export { type CustomerRecord, type Session, type TokenHolder } from './customer.repository.js';
export { CustomerSearchService } from './customer-search.service.js';
export {
  isCustomerColumn,
  isCustomerSort,
  type CustomerColumn,
  type CustomerColumnSort,
} from './customer-columns.sql.js';
export { type CustomerField, type CustomerSort } from './customer-search.sql.js';
export { CustomerService } from './customer.service.js';
export { CustomerSetup } from './customer.setup.js';
export { DelegationService } from './delegation.service.js';
export { EmailChange } from './email-change.js';
export { EmailService, type ChangeEmailOrder, type WantedEmail } from './email.service.js';
export { MassSignOutService } from './mass-sign-out.service.js';
export { type Assertion } from './multipass.customers.js';
export { MultipassService } from './multipass.service.js';
export { MultipassUse } from './multipass-use.entity.js';
export { ownerColumns } from './owner.columns.js';
export type { PasswordOwner } from './context-words.js';
export { PasswordPolicy, passwordRulesOf, type PasswordRules } from './password.policy.js';
export { PasswordService, type AdoptHashOrder, type ChangePasswordOrder } from './password.service.js';
export { ProfileService, type UpdatedProfile, type UpdateProfileOrder } from './profile.service.js';
export { QuietRegistrationService } from './quiet-registration.service.js';
export { RecordService, type UpdateRecordOrder } from './record.service.js';
export { RefreshService, type RefreshOrder } from './refresh.service.js';
export { RegistrationService, type NewAddress, type Profile, type RegisterOrder } from './registration.service.js';
export { RemovalService } from './removal.service.js';
export { SessionService, type StaffSessionOrder } from './session.service.js';
export { SignInService, type SignedIn, type SignInOrder } from './sign-in.service.js';
export { StaffSignInService, type StaffSignedIn } from './staff-sign-in.service.js';
export { orTaken } from './taken.js';
export { UnlockService } from './unlock.service.js';
export { isAddressField, isEntryField, type AddressField, type EntryField } from './wallet.columns.js';
export { WalletService, type AddressContent, type EntryNotes, type WalletEntry } from './wallet.service.js';
