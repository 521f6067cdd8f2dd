import { Injectable } from '@nestjs/common';
import type { EmailAddress } from '#lib/email-address';
import type { Caller } from '../../access/index.js';
import {
  PasswordService,
  passwordRulesOf,
  RecordService,
  type CustomerRecord,
  type Profile,
} from '../../customer/index.js';
import { EmailChangeRequestService } from '../../email-confirmation/index.js';
import { isIntegration } from './commerce-layer.resource.js';

/** What is to become of a customer's record. */
export interface WantedChanges {
  readonly record: CustomerRecord;
  readonly email: EmailAddress | null;
  readonly password: string | null;
  readonly profile: Profile;
  readonly caller: Caller;
}

/**
 * Changes records. A machine's change of an address happens at once; the owner's waits until it is confirmed from
 * there, and until then the record shows the old one (SEC-78).
 */
@Injectable()
export class CustomerChanges {
  constructor(
    private readonly records: RecordService,
    private readonly passwords: PasswordService,
    private readonly emailChanges: EmailChangeRequestService,
  ) {}

  async apply({ record: { customer }, email, password, profile, caller }: WantedChanges): Promise<void> {
    const { store, trail } = caller;
    const order = { customer, changes: profile, store, trail };
    if (!isIntegration(caller)) {
      await this.records.update(order);
      if (email) await this.emailChanges.request({ customer, email, store, trail, origin: 'commerceLayer' });
      return;
    }
    const hash = password === null ? null : await this.passwords.hashOf(password, passwordRulesOf(store), customer);
    await this.records.update({
      ...order,
      ...(email ? { email } : {}),
      ...(hash === null ? {} : { ownHash: hash }),
    });
  }
}
