import { lockouts, mailsSuppressed, resets, signIns } from '../common/metrics.js';
import type { EventType } from './event.entity.js';

/** What an operator watches (SEC-86); of all other events the trail is enough. */
const COUNTED: Readonly<Partial<Record<EventType, () => void>>> = {
  login_ok: () => signIns.add('ok'),
  login_failed: () => signIns.add('failed'),
  login_locked: () => {
    signIns.add('locked');
    lockouts.add();
  },
  staff_login_ok: () => signIns.add('staff_ok'),
  staff_login_failed: () => signIns.add('staff_failed'),
  reset_requested: () => resets.add('requested'),
  reset_completed: () => resets.add('completed'),
  reset_failed: () => resets.add('failed'),
  reset_suppressed: () => {
    resets.add('suppressed');
    mailsSuppressed.add('reset');
  },
  activation_suppressed: () => mailsSuppressed.add('activation'),
  email_change_suppressed: () => mailsSuppressed.add('email_change'),
  email_confirmation_suppressed: () => mailsSuppressed.add('email_confirmation'),
};

/** Counts an event that has been committed. */
export function countEvent(type: EventType): void {
  COUNTED[type]?.();
}
