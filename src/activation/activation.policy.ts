import type { Store } from '../store/index.js';

const DAY_MINUTES = 24 * 60;

/** How long a link works, in seconds: those of staff as long as the realm says, as they are mailed in bulk; others at most a day. */
export function activationLifetime({ realm }: Store, madeBy: 'staff' | 'stranger'): number {
  const { activationMinutes } = realm.policy;
  return 60 * (madeBy === 'staff' ? activationMinutes : Math.min(activationMinutes, DAY_MINUTES));
}
