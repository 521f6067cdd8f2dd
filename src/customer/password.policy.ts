import { codePoints, isPlainText } from '#lib/plain-text';
import type { PasswordList } from '#lib/weak-passwords';
import { DomainError } from '../common/domain-error.js';
import type { Store } from '../store/index.js';
import { isContextWord, type PasswordOwner } from './context-words.js';

const MAX_CODE_POINTS = 256;
const MAX_BYTES = 1024;
const EDGE_SPACE = /^[\s\0]|[\s\0]$/;
const CLASSES = [/[0-9]/, /[A-Z]/, /[a-z]/, /[^0-9A-Za-z]/];

/** What a realm and a dialect ask of a new password. */
export interface PasswordRules {
  /** In code points. */
  readonly minimum: number;
  /** How many of digits, capitals, small letters and others must occur; 1: no rule. */
  readonly requiredClasses?: number;
  /** The shop's name, which is no password there. */
  readonly shopName?: string;
  /** Whether white space may stand at the ends. */
  readonly edgeSpace?: boolean;
  /** Whether "same as the e-mail address" is told before all other faults. */
  readonly emailFirst?: boolean;
}

/** What a store asks of a new password, whichever way it comes in (SEC-17); a dialect adds where its words differ. */
export function passwordRulesOf(
  { realm, settings, name: shopName }: Store,
  differences: Pick<PasswordRules, 'edgeSpace' | 'emailFirst'> = {},
): PasswordRules {
  const requiredClasses = settings.adobe?.requiredCharacterClasses ?? 1;
  return { minimum: realm.policy.passwordMinimum, requiredClasses, shopName, ...differences };
}

/** Port: decides whether a text may become a password. */
export abstract class PasswordPolicy {
  /** @throws DomainError PASSWORD_… with the first rule that is broken */
  abstract check(password: string, rules: PasswordRules, owner: PasswordOwner): void;

  /**
   * Whether a text can be anybody's password. Weaker than what is asked of a new one: who came with an imported hash
   * goes on with a short password, but with none that is empty, over-long or not plain text (SEC-18, SEC-23).
   */
  abstract isPossible(password: string): boolean;
}

/** Length, form, and what everybody would try first; composition only where a dialect demands it (SEC-17, SEC-18). */
export class DefaultPasswordPolicy extends PasswordPolicy {
  constructor(private readonly common: PasswordList) {
    super();
  }

  override check(password: string, rules: PasswordRules, owner: PasswordOwner): void {
    const isEmail = password.toLowerCase() === owner.email.toLowerCase();
    if (isEmail && rules.emailFirst) throw new DomainError('PASSWORD_IS_EMAIL');
    if (isTooLong(password)) throw new DomainError('PASSWORD_TOO_LONG', { maximum: MAX_CODE_POINTS });
    if (codePoints(password) < rules.minimum) throw new DomainError('PASSWORD_TOO_SHORT', { minimum: rules.minimum });
    if (!rules.edgeSpace && EDGE_SPACE.test(password)) throw new DomainError('PASSWORD_EDGE_SPACE');
    if (!isPlainText(password)) throw new DomainError('PASSWORD_NOT_PLAIN');
    const required = rules.requiredClasses ?? 1;
    if (CLASSES.filter((members) => members.test(password)).length < required) {
      throw new DomainError('PASSWORD_TOO_FEW_CLASSES', { required });
    }
    if (isEmail) throw new DomainError('PASSWORD_IS_EMAIL');
    if (isContextWord(password, owner, rules.shopName)) throw new DomainError('PASSWORD_IS_CONTEXT_WORD');
    if (this.common.has(password)) throw new DomainError('PASSWORD_TOO_COMMON');
  }

  override isPossible(password: string): boolean {
    return password !== '' && !isTooLong(password) && isPlainText(password);
  }
}

/** Too long is refused, never cut (SEC-18). */
function isTooLong(password: string): boolean {
  if (password.length > MAX_BYTES || Buffer.byteLength(password) > MAX_BYTES) return true;
  return codePoints(password) > MAX_CODE_POINTS;
}
