import { retryAfter } from './mail.policy.js';

const createdAt = new Date('2026-01-01T00:00:00.000Z');
const later = (hours: number): Date => new Date(createdAt.getTime() + hours * 3600_000);

it('waits twice as long after each attempt, up to an hour', () => {
  const pauses = [0, 1, 2, 3, 7, 8, 9, 100, 2000].map((attempts) => retryAfter({ attempts, createdAt }, later(1)));

  expect(pauses).toEqual([15, 30, 60, 120, 1920, 3600, 3600, 3600, 3600]);
});

it('gives up when the mail is a day old, not before', () => {
  expect(retryAfter({ attempts: 30, createdAt }, new Date(later(24).getTime() - 1))).toBe(3600);
  expect(retryAfter({ attempts: 0, createdAt }, later(24))).toBeNull();
  expect(retryAfter({ attempts: 0, createdAt }, later(1000))).toBeNull();
});

it('tries at least once an hour throughout the day', () => {
  let at = createdAt;
  let attempts = 0;
  for (let pause = retryAfter({ attempts, createdAt }, at); pause !== null; attempts += 1) {
    at = new Date(at.getTime() + pause * 1000);
    pause = retryAfter({ attempts: attempts + 1, createdAt }, at);
  }

  expect(attempts).toBe(31);
});
