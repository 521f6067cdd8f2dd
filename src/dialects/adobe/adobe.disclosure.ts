import { Injectable } from '@nestjs/common';
import type { EmailAddress } from '#lib/email-address';
import { Clock } from '../../common/clock.js';
import { DomainError, isDomainError } from '../../common/domain-error.js';
import { CustomerService } from '../../customer/index.js';
import { isLocked, LimitService, type Use } from '../../lockout/index.js';
import type { Caller } from '../../access/index.js';
import { tellsAll } from '../../store/index.js';

/** The vendor's own limits on reset requests, beside the core's: by address and by network. */
const SPACING = { max: 1, seconds: 10 * 60 };
const HOUR = { max: 5, seconds: 60 * 60 };

/** What the vendor tells strangers about an account before it does anything; silent in private mode. */
@Injectable()
export class AdobeDisclosure {
  constructor(
    private readonly customers: CustomerService,
    private readonly limits: LimitService,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError ACCOUNT_LOCKED */
  async refuseLocked({ store }: Caller, email: EmailAddress): Promise<void> {
    const signIn = tellsAll(store) ? (await this.customers.findByEmail(store, email))?.signIn : undefined;
    if (signIn?.lockedUntil && isLocked(signIn, this.clock.now())) {
      throw new DomainError('ACCOUNT_LOCKED', { until: signIn.lockedUntil });
    }
  }

  /**
   * A refused request does not prolong the wait. For how long is not told: only mails that went out are counted, so the
   * wait itself would tell of an account.
   */
  async isTooMany({ store, trail }: Caller, email: EmailAddress): Promise<boolean> {
    if (!tellsAll(store)) return false;
    try {
      await this.limits.refuseReached(store.realm, usesOf(trail.network, email));
      return false;
    } catch (error) {
      if (isDomainError(error) && error.is('LIMIT_REACHED')) return true;
      throw error;
    }
  }

  /** Counts a reset that was mailed. */
  async countReset({ store, trail }: Caller, email: EmailAddress): Promise<void> {
    if (tellsAll(store)) await this.limits.count(store.realm, usesOf(trail.network, email));
  }
}

/** Counted under names of their own, apart from the core's limits of the same kind. */
function usesOf(network: string | null, email: EmailAddress): readonly Use[] {
  const keys = [`adobe ${email.key}`, network === null ? null : `adobe ${network}`];
  return keys.flatMap((by): Use[] => [
    { limit: 'resetSpacing', by, over: SPACING },
    { limit: 'resetHour', by, over: HOUR },
  ]);
}
