import { Module } from '@nestjs/common';
import { EventModule } from '../event/index.js';
import { LockoutModule } from '../lockout/index.js';
import { MailModule } from '../mail/index.js';
import { StoreModule } from '../store/index.js';
import { TokenModule } from '../token/index.js';
import { AddressService } from './address.service.js';
import { CustomerAddressRepository } from './customer-address.repository.js';
import { CustomerRepository } from './customer.repository.js';
import { CustomerService } from './customer.service.js';
import { CustomerSetup } from './customer.setup.js';
import { MultipassCustomers } from './multipass.customers.js';
import { MultipassService } from './multipass.service.js';
import { MultipassUseRepository } from './multipass-use.repository.js';
import { PasswordChange } from './password-change.js';
import { PasswordCheck } from './password-check.js';
import { DefaultPasswordPolicy, PasswordPolicy } from './password.policy.js';
import { PasswordService } from './password.service.js';
import { ProfileService } from './profile.service.js';
import { RegistrationService } from './registration.service.js';
import { SessionService } from './session.service.js';
import { SignInService } from './sign-in.service.js';
import { UnlockService } from './unlock.service.js';

@Module({
  imports: [EventModule, LockoutModule, MailModule, StoreModule, TokenModule],
  providers: [
    AddressService,
    CustomerAddressRepository,
    CustomerRepository,
    CustomerService,
    CustomerSetup,
    MultipassCustomers,
    MultipassService,
    MultipassUseRepository,
    PasswordChange,
    PasswordCheck,
    PasswordService,
    { provide: PasswordPolicy, useClass: DefaultPasswordPolicy },
    ProfileService,
    RegistrationService,
    SessionService,
    SignInService,
    UnlockService,
  ],
  exports: [
    AddressService,
    CustomerService,
    CustomerSetup,
    MultipassService,
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
