import { Injectable } from '@nestjs/common';
import { PasswordHasher } from '#lib/password-hash';
import { unlessBusy } from '../common/busy.js';
import { adoptedHash } from './adopted-hash.js';
import { BreachCheck } from './breach-check.js';
import type { PasswordOwner } from './context-words.js';
import { PasswordPolicy, type PasswordRules } from './password.policy.js';

/** Turns what is to be a password into what is stored of it. Every path that sets one leads through here (SEC-17). */
@Injectable()
export class PasswordMaker {
  constructor(
    private readonly policy: PasswordPolicy,
    private readonly breaches: BreachCheck,
    private readonly hasher: PasswordHasher,
  ) {}

  /** What can be told at once. @throws DomainError PASSWORD_… with the first rule that is broken */
  check(password: string, rules: PasswordRules, owner: PasswordOwner): void {
    this.policy.check(password, rules, owner);
  }

  /** The hash of a password that `check` accepts; made before a transaction opens. @throws DomainError PASSWORD_…, BUSY */
  async hashOf(password: string, rules: PasswordRules, owner: PasswordOwner): Promise<string> {
    this.policy.check(password, rules, owner);
    await this.breaches.refuseBreached(password);
    return unlessBusy(() => this.hasher.hash(password));
  }

  /** The form in which a hash that was made elsewhere is stored. @throws DomainError PASSWORD_HASH_REFUSED */
  adopt(foreign: string): string {
    return adoptedHash(this.hasher, foreign);
  }
}
