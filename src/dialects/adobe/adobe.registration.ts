import { Injectable } from '@nestjs/common';
import type { EmailAddress } from '#lib/email-address';
import { activationLifetime } from '../../activation/index.js';
import type { Caller } from '../../access/index.js';
import { RegistrationService, type AddressChanges, type Customer, type Profile } from '../../customer/index.js';
import { ResetRequestService } from '../../password-reset/index.js';
import { settingsOf } from './adobe.caller.js';
import { passwordRules } from './adobe.input.js';

/** What a new account is made of. */
export interface AdobeNewCustomer {
  readonly email: EmailAddress;
  /** Null: the owner chooses one by a mailed link. */
  readonly password: string | null;
  readonly profile: Profile;
  readonly addresses?: readonly AddressChanges[];
}

/** Makes accounts and writes to their owners as the vendor does: a welcome, or what is still missing to sign in. */
@Injectable()
export class AdobeRegistration {
  constructor(
    private readonly registration: RegistrationService,
    private readonly resets: ResetRequestService,
  ) {}

  /** @throws DomainError as `RegistrationService.register` */
  async register({ store, trail, client }: Caller, entry: AdobeNewCustomer): Promise<Customer> {
    const isWaiting = settingsOf(store).confirmationRequired;
    const isOpen = !isWaiting && entry.password !== null;
    const customer = await this.registration.register({
      ...entry,
      store,
      trail,
      rules: passwordRules(store, false),
      required: ['firstName', 'lastName'],
      state: 'enabled',
      emailConfirmed: !isWaiting,
      welcome: isOpen,
      machine: client !== null,
      ...(isWaiting ? { confirmThrough: 'adobe' } : {}),
    });
    if (!isWaiting && !isOpen) {
      const lifetime = activationLifetime(store, 'stranger');
      const order = {
        store,
        trail,
        email: entry.email,
        origin: 'adobe',
        lifetime,
        welcome: true,
        namesOwner: true,
      } as const;
      await this.resets.request({ ...order, machine: true }); // the registration was counted already
    }
    return customer;
  }
}
