import { FakeClock } from '../../test/support/fake-clock.js';
import { PaceService, type Pace } from './pace.service.js';

const LIMIT = { max: 10, seconds: 60 };

let clock: FakeClock;
let paces: PaceService;

beforeEach(() => {
  clock = new FakeClock();
  paces = new PaceService(clock);
});

const take = (by = 'somebody'): Pace => paces.take(by, LIMIT);

it('tells what is left, and refuses what is too much until the oldest use is a window old', () => {
  const left = Array.from({ length: 12 }, () => take().left);

  expect(left).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0, -1, -1]);
  expect(take().seconds).toBe(60);
  clock.advance(59.999);
  expect(take().left).toBe(-1);
  clock.advance(0.001);
  expect(take().left).toBe(9);
});

it('has no edge over which twice the number fits', () => {
  clock.advance(59);
  for (let i = 0; i < 10; i += 1) take();
  clock.advance(2);

  expect(take()).toMatchObject({ left: -1, seconds: 58 });
});

it('never lets more through in any stretch of the window, however uses are spread', () => {
  const let_through: number[] = [];
  let at = 0;
  for (let i = 0; i < 3000; i += 1) {
    const wait = ((i * 7919) % 997) / 1000; // up to a second, without pattern
    clock.advance(wait);
    at += wait;
    if (take().left >= 0) let_through.push(at);
  }

  const most = Math.max(
    ...let_through.map((from) => let_through.filter((one) => one >= from && one < from + LIMIT.seconds - 0.01).length),
  );
  expect(most).toBe(LIMIT.max);
  expect(let_through.length).toBeGreaterThan((at / LIMIT.seconds) * LIMIT.max * 0.9);
});

it('does not count what it refused', () => {
  for (let i = 0; i < 10; i += 1) take();
  for (let i = 0; i < 59; i += 1) {
    clock.advance(1);
    take();
  }
  clock.advance(1);

  expect(take().left).toBe(9);
});

it('forgets whom it has not heard of for long when there are too many, and keeps little of each', () => {
  const busy = { max: 1_000_000, seconds: 60 };
  for (let i = 0; i < 10; i += 1) take('the one');
  for (let i = 0; i < 5000; i += 1) take(`passer-by ${i}`);
  expect(take('the one').left).toBe(-1);
  for (let i = 0; i < 9999; i += 1) take(`another ${i}`);
  expect(take('the one').left).toBe(-1);
  for (let i = 0; i < 10_000; i += 1) take(`a third ${i}`);
  expect(take('the one').left).toBe(9);

  for (let i = 0; i < 20_000; i += 1) {
    clock.advance(0.01);
    paces.take('busy', busy);
  }
  const windows: unknown = Reflect.get(paces, 'windows');
  if (!(windows instanceof Map)) throw new Error('the windows are kept elsewhere now');
  const steps: unknown = windows.get('busy');
  expect([windows.size, Array.isArray(steps) && steps.length <= 31]).toEqual([10_000, true]);
});
