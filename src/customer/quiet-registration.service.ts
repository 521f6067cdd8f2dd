import { Injectable } from '@nestjs/common';
import { Database } from '../common/database.js';
import { isDomainError } from '../common/domain-error.js';
import { LimitService, MAIL_LIMITS } from '../lockout/index.js';
import type { Dialect } from '../store/index.js';
import { ConfirmationIssuer } from './confirmation-issuer.js';
import { CustomerRepository } from './customer.repository.js';
import { RegistrationService, type RegisterOrder } from './registration.service.js';

/** A registration that has to be confirmed by mail. */
export type QuietOrder = RegisterOrder & { readonly confirmThrough: Dialect };

/** Registration where nobody may learn from the answer whether an address is taken (SEC-75). */
@Injectable()
export class QuietRegistrationService {
  constructor(
    private readonly database: Database,
    private readonly registration: RegistrationService,
    private readonly customers: CustomerRepository,
    private readonly confirmations: ConfirmationIssuer,
    private readonly limits: LimitService,
  ) {}

  /**
   * Makes the customer; where the address is taken its owner is told instead, within the limits of mails at strangers'
   * wish (SEC-73). The password is hashed in both cases, which is most of the work (SEC-39).
   *
   * @throws DomainError as `RegistrationService.register`, but EMAIL_TAKEN
   */
  async register(order: QuietOrder): Promise<void> {
    try {
      await this.registration.register(order);
    } catch (error) {
      if (!isDomainError(error) || !error.is('EMAIL_TAKEN')) throw error;
      await this.tellOwner(order);
    }
  }

  private async tellOwner({ store, email, confirmThrough: origin, trail }: QuietOrder): Promise<void> {
    const uses = MAIL_LIMITS.map((limit) => ({ limit, by: email.key }));
    const isTooMany = (await this.limits.take(store.realm, uses)) !== null;
    await this.database.transaction(async (tx) => {
      const emailKey = Buffer.from(email.key);
      const owner = await this.customers.findLocked(tx, { realmId: store.realmId, emailKey });
      if (owner) await this.confirmations.mailOwner(owner, { store, origin, trail, isTooMany }, tx);
    });
  }
}
