import { Module } from '@nestjs/common';
import { PasswordList } from '#lib/weak-passwords';
import { Clock } from '../common/clock.js';
import { Config } from '../config/index.js';
import { EventModule } from '../event/index.js';
import { LockoutModule } from '../lockout/index.js';
import { MailModule } from '../mail/index.js';
import { OneTimeSecretModule } from '../one-time-secret/index.js';
import { StoreModule } from '../store/index.js';
import { TokenModule } from '../token/index.js';
import { AccountStateService } from './account-state.service.js';
import { Admission } from './admission.js';
import { AnonymizationService } from './anonymization.service.js';
import { AddressList } from './address-list.js';
import { AddressService } from './address.service.js';
import { BreachCheck } from './breach-check.js';
import { ChangeNotice } from './change-notice.js';
import { ClosureService } from './closure.service.js';
import { ConfirmationIssuer } from './confirmation-issuer.js';
import { CustomerAddressRepository } from './customer-address.repository.js';
import { CustomerSearchService } from './customer-search.service.js';
import { CustomerRepository } from './customer.repository.js';
import { CustomerService } from './customer.service.js';
import { CustomerSetup } from './customer.setup.js';
import { DelegationService } from './delegation.service.js';
import { EmailChange } from './email-change.js';
import { EmailService } from './email.service.js';
import { MassSignOutService } from './mass-sign-out.service.js';
import { MultipassCustomers } from './multipass.customers.js';
import { MultipassService } from './multipass.service.js';
import { MultipassUseRepository } from './multipass-use.repository.js';
import { PasswordChange } from './password-change.js';
import { PasswordCheck } from './password-check.js';
import { PasswordMaker } from './password-maker.js';
import { DefaultPasswordPolicy, PasswordPolicy } from './password.policy.js';
import { PasswordService } from './password.service.js';
import { ProfileService } from './profile.service.js';
import { QuietRegistrationService } from './quiet-registration.service.js';
import { RecordService } from './record.service.js';
import { RefreshService } from './refresh.service.js';
import { RegistrationNotice } from './registration-notice.js';
import { RegistrationService } from './registration.service.js';
import { RemovalService } from './removal.service.js';
import { SessionService } from './session.service.js';
import { SignInService } from './sign-in.service.js';
import { StaffSignInService } from './staff-sign-in.service.js';
import { UnlockService } from './unlock.service.js';
import { WalletRepository } from './wallet.repository.js';
import { WalletService } from './wallet.service.js';

const breachCheck = (config: Config, clock: Clock): Promise<BreachCheck> => BreachCheck.open(config, clock);

/** The lists are read once, at start; a file that is missing is told then and not when the first customer comes. */
async function passwordPolicy({ blocklistPath }: Config): Promise<PasswordPolicy> {
  return new DefaultPasswordPolicy(await PasswordList.load(blocklistPath));
}

@Module({
  imports: [EventModule, LockoutModule, MailModule, OneTimeSecretModule, StoreModule, TokenModule],
  providers: [
    AccountStateService,
    AddressList,
    AddressService,
    Admission,
    AnonymizationService,
    ChangeNotice,
    ClosureService,
    ConfirmationIssuer,
    CustomerAddressRepository,
    CustomerRepository,
    CustomerSearchService,
    CustomerService,
    CustomerSetup,
    DelegationService,
    EmailChange,
    EmailService,
    MassSignOutService,
    MultipassCustomers,
    MultipassService,
    MultipassUseRepository,
    PasswordChange,
    PasswordCheck,
    PasswordService,
    PasswordMaker,
    { provide: BreachCheck, inject: [Config, Clock], useFactory: breachCheck },
    { provide: PasswordPolicy, inject: [Config], useFactory: passwordPolicy },
    ProfileService,
    QuietRegistrationService,
    RecordService,
    RefreshService,
    RegistrationNotice,
    RegistrationService,
    RemovalService,
    SessionService,
    SignInService,
    StaffSignInService,
    UnlockService,
    WalletRepository,
    WalletService,
  ],
  exports: [
    AccountStateService,
    AddressService,
    AnonymizationService,
    ClosureService,
    ConfirmationIssuer,
    CustomerSearchService,
    CustomerService,
    CustomerSetup,
    DelegationService,
    EmailChange,
    EmailService,
    MassSignOutService,
    MultipassService,
    PasswordPolicy,
    PasswordService,
    ProfileService,
    QuietRegistrationService,
    RecordService,
    RefreshService,
    RegistrationService,
    RemovalService,
    SessionService,
    SignInService,
    StaffSignInService,
    UnlockService,
    WalletService,
  ],
})
export class CustomerModule {}
