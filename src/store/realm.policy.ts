/** At most `max` of something within `seconds`. */
export interface Limit {
  readonly max: number;
  readonly seconds: number;
}

/** Names of the limits; a realm may change each. */
export type LimitName =
  | 'signInNetwork'
  | 'signInName'
  | 'resetSpacing'
  | 'resetHour'
  | 'resetDay'
  | 'resetNetwork'
  | 'secretNetwork'
  | 'registerNetwork'
  | 'mailHour'
  | 'mailDay'
  | 'oauthNetwork'
  | 'requestNetwork';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const defaultLimits: Readonly<Record<LimitName, Limit>> = {
  signInNetwork: { max: 20, seconds: 10 * MINUTE },
  signInName: { max: 20, seconds: 10 * MINUTE },
  resetSpacing: { max: 1, seconds: MINUTE },
  resetHour: { max: 3, seconds: HOUR },
  resetDay: { max: 10, seconds: DAY },
  resetNetwork: { max: 10, seconds: HOUR },
  secretNetwork: { max: 10, seconds: 10 * MINUTE },
  registerNetwork: { max: 10, seconds: HOUR },
  mailHour: { max: 5, seconds: HOUR },
  mailDay: { max: 15, seconds: DAY },
  oauthNetwork: { max: 30, seconds: MINUTE },
  requestNetwork: { max: 200, seconds: MINUTE },
};

/** `private` answers strangers alike whether an account exists; `vendor` answers as the vendor does (SEC-75). */
export type Disclosure = 'private' | 'vendor';

export interface LockoutPolicy {
  /** Consecutive failures that lock an account. */
  readonly attempts: number;
  /** How long the first lock lasts; each further one doubles. */
  readonly minutes: number;
  readonly maxMinutes: number;
  /** Consecutive failures after which only a finished reset opens the account. */
  readonly hardLimit: number;
}

/** What a realm decides for all its stores and dialects. */
export interface RealmPolicy {
  readonly disclosure: Disclosure;
  readonly passwordMinimum: number;
  /** Whether local parts outside ASCII are accepted in addresses. */
  readonly eai: boolean;
  readonly lockout: LockoutPolicy;
  readonly resetMinutes: number;
  readonly resetsAlive: number;
  /** Sessions of one account at the same time, through all APIs together; the next ends the oldest. */
  readonly sessionsAlive: number;
  readonly activationMinutes: number;
  readonly limits: 'default' | 'off' | Partial<Record<LimitName, Limit>>;
}

export const defaultPolicy: RealmPolicy = {
  disclosure: 'private',
  passwordMinimum: 8,
  eai: false,
  lockout: { attempts: 10, minutes: 10, maxMinutes: 60, hardLimit: 100 },
  resetMinutes: 60,
  resetsAlive: 2,
  sessionsAlive: 50,
  activationMinutes: 43200,
  limits: 'default',
};

/** The limit that holds in a realm, or null where limits are off. */
export function limitOf(policy: RealmPolicy, name: LimitName): Limit | null {
  if (policy.limits === 'off') return null;
  if (policy.limits === 'default') return defaultLimits[name];
  return policy.limits[name] ?? defaultLimits[name];
}

/** Whether strangers get the vendor's own answers about a store's accounts. */
export function tellsAll({ realm }: { readonly realm: { readonly policy: RealmPolicy } }): boolean {
  return realm.policy.disclosure === 'vendor';
}
