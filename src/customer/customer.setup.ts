import { Injectable, Logger } from '@nestjs/common';
import { parseEmail } from '#lib/email-address';
import { DomainError, isDomainError } from '../common/domain-error.js';
import { ownTrail } from '../event/index.js';
import { secretText, StoreDirectory, type CustomerSetup as CustomerEntry, type Setup } from '../store/index.js';
import { CustomerService } from './customer.service.js';
import { passwordRulesOf } from './password.policy.js';
import { RegistrationService } from './registration.service.js';

/** Makes the customers that a setup names; one that exists is left as it is, password and all. */
@Injectable()
export class CustomerSetup {
  private readonly log = new Logger(CustomerSetup.name);

  constructor(
    private readonly customers: CustomerService,
    private readonly registration: RegistrationService,
    private readonly stores: StoreDirectory,
  ) {}

  async apply({ customers }: Setup): Promise<void> {
    for (const entry of customers) {
      try {
        await this.applyOne(entry);
      } catch (error) {
        if (!isDomainError(error) || error.is('BUSY')) throw error;
        this.log.warn(`the setup's customer ${entry.email} was not made: ${error.code}`);
      }
    }
  }

  private async applyOne(entry: CustomerEntry): Promise<void> {
    const realm = entry.realm === undefined ? this.stores.defaultStore.realm : this.stores.findRealm(entry.realm);
    if (!realm) throw new DomainError('STORE_UNKNOWN');
    const store = this.stores.firstOf(realm);
    const email = parseEmail(entry.email, { eai: realm.policy.eai });
    if (!email) throw new DomainError('EMAIL_INVALID');
    if (await this.customers.findByEmail(store, email)) return;
    await this.registration.register({
      store,
      email,
      password: entry.password === undefined ? null : secretText(entry.password),
      rules: passwordRulesOf(store),
      profile: { firstName: entry.firstName ?? null, lastName: entry.lastName ?? null },
      state: entry.state,
      emailConfirmed: true,
      machine: true,
      trail: ownTrail,
    });
  }
}
