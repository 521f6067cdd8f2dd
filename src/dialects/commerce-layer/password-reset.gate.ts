import { Injectable } from '@nestjs/common';
import type { Caller } from '../../access/index.js';
import { DomainError, isDomainError } from '../../common/domain-error.js';
import { LimitService, type Use } from '../../lockout/index.js';
import { passwordRulesOf } from '../../customer/index.js';
import { PasswordResetService, type ResetRecord } from '../../password-reset/index.js';
import type { Store } from '../../store/index.js';

/** Longer than any reset lives, so that one that is closed stays closed. */
const WRONG_TOKENS = { max: 5, seconds: 6 * 3600 };

/** Spends the token of one reset; after five wrong ones that reset stays closed, even to the right one. */
@Injectable()
export class PasswordResetGate {
  constructor(
    private readonly resets: PasswordResetService,
    private readonly limits: LimitService,
  ) {}

  /** @throws DomainError as `PasswordResetService.confirm` */
  async confirm(
    { reset }: ResetRecord,
    pair: { readonly password: string; readonly secret: string },
    { store, trail }: Caller,
  ): Promise<void> {
    const uses: readonly Use[] = [{ limit: 'secretNetwork', by: `reset ${reset.number}`, over: WRONG_TOKENS }];
    await this.refuseClosed(store, uses);
    const companion = { resetNumber: reset.number };
    try {
      await this.resets.confirm({ ...pair, store, trail, companion, rules: passwordRulesOf });
    } catch (error) {
      if (isDomainError(error) && error.is('RESET_TOKEN_INVALID')) await this.limits.count(store.realm, uses);
      throw error;
    }
  }

  private async refuseClosed({ realm }: Store, uses: readonly Use[]): Promise<void> {
    try {
      await this.limits.refuseReached(realm, uses);
    } catch (error) {
      if (isDomainError(error) && error.is('LIMIT_REACHED')) throw new DomainError('RESET_TOKEN_INVALID');
      throw error;
    }
  }
}
