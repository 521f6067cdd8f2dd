import { Module } from '@nestjs/common';
import { EventModule } from '../event/index.js';
import { LockoutModule } from '../lockout/index.js';
import { MailModule } from '../mail/index.js';
import { StoreModule } from '../store/index.js';
import { TokenModule } from '../token/index.js';
import { AccountStateService } from './account-state.service.js';
import { AddressService } from './address.service.js';
import { CustomerAddressRepository } from './customer-address.repository.js';
import { CustomerRepository } from './customer.repository.js';
import { CustomerService } from './customer.service.js';
import { CustomerSetup } from './customer.setup.js';
import { PasswordChange } from './password-change.js';
import { PasswordCheck } from './password-check.js';
import { DefaultPasswordPolicy, PasswordPolicy } from './password.policy.js';
import { PasswordService } from './password.service.js';
import { ProfileService } from './profile.service.js';
import { RegistrationNotice } from './registration-notice.js';
import { RegistrationService } from './registration.service.js';
import { SessionService } from './session.service.js';
import { SignInService } from './sign-in.service.js';
import { UnlockService } from './unlock.service.js';

@Module({
  imports: [EventModule, LockoutModule, MailModule, StoreModule, TokenModule],
  providers: [
    AccountStateService,
    AddressService,
    CustomerAddressRepository,
    CustomerRepository,
    CustomerService,
    CustomerSetup,
    PasswordChange,
    PasswordCheck,
    PasswordService,
    { provide: PasswordPolicy, useClass: DefaultPasswordPolicy },
    ProfileService,
    RegistrationNotice,
    RegistrationService,
    SessionService,
    SignInService,
    UnlockService,
  ],
  exports: [
    AccountStateService,
    AddressService,
    CustomerService,
    CustomerSetup,
    PasswordPolicy,
    PasswordService,
    ProfileService,
    RegistrationService,
    SessionService,
    SignInService,
    UnlockService,
  ],
})
export class CustomerModule {}
