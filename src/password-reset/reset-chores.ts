import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Housekeeping } from '../common/housekeeping.js';
import { MassSignOutService, RemovalService } from '../customer/index.js';
import { PasswordResetRepository } from './password-reset.repository.js';

const KEEP_ENDED_SECONDS = 7 * 24 * 3600;

/** What happens to resets by itself: they go with their customer, end with everybody's sessions, and some time after their end. */
@Injectable()
export class ResetChores implements OnModuleInit {
  constructor(
    private readonly resets: PasswordResetRepository,
    private readonly housekeeping: Housekeeping,
    private readonly removals: RemovalService,
    private readonly signOuts: MassSignOutService,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.removals.register((customerId, tx) => this.resets.removeAll(tx, customerId));
    this.signOuts.register({
      findOwners: (window) => this.resets.findOwners(window, this.clock.now()),
      endOf: (customerIds, tx) => this.resets.endOf(tx, customerIds, this.clock.now()),
    });
    this.housekeeping.register('password resets', KEEP_ENDED_SECONDS, (endedBefore) => this.resets.purge(endedBefore));
  }
}
