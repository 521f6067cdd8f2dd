import { isLocked, NEVER, strikes } from './lockout.policy.js';

const at = new Date('2026-01-01T00:00:00.000Z');
const minutesFrom = (until: Date): number => (until.getTime() - at.getTime()) / 60_000;

it('doubles the lock from 10 to 60 minutes at the 10th, 20th, 30th … failure', () => {
  const list = strikes({ attempts: 10, minutes: 10, maxMinutes: 60, hardLimit: 100 }, at);

  expect(list.map(({ failures, until }) => [failures, minutesFrom(until)])).toEqual([
    [10, 10],
    [20, 20],
    [30, 40],
    [40, 60],
  ]);
});

it('has one length where the first lock is as long as the longest', () => {
  const list = strikes({ attempts: 3, minutes: 5, maxMinutes: 5, hardLimit: 100 }, at);

  expect(list.map(({ failures, until }) => [failures, minutesFrom(until)])).toEqual([[3, 5]]);
});

it('is locked before the end of the lock and open at it', () => {
  const until = new Date(at.getTime() + 1);

  expect(isLocked({ failedSignIns: 10, lockedUntil: until, lastSignInAt: null }, at)).toBe(true);
  expect(isLocked({ failedSignIns: 10, lockedUntil: at, lastSignInAt: null }, at)).toBe(false);
  expect(isLocked({ failedSignIns: 0, lockedUntil: null, lastSignInAt: null }, NEVER)).toBe(false);
});
