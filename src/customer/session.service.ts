import { Injectable } from '@nestjs/common';
import { Database } from '../common/database.js';
import { EventService, type Trail } from '../event/index.js';
import type { Store } from '../store/index.js';
import { TokenService } from '../token/index.js';
import type { Customer } from './customer.entity.js';

/** Ends sessions. */
@Injectable()
export class SessionService {
  constructor(
    private readonly database: Database,
    private readonly tokens: TokenService,
    private readonly events: EventService,
  ) {}

  /** Every token of the customer dies, of all surfaces; doing it again changes nothing (SEC-54). */
  async endAll({ id: customerId }: Customer, { id: storeId }: Store, trail: Trail): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.tokens.revokeAll(customerId, 'revoked', tx);
      await this.events.record({ type: 'token_revoked', trail, storeId, customerId }, tx);
    });
  }
}
