import { MeetingPoint } from './meeting-point.js';

let othersCome: boolean;
let point: MeetingPoint;
let gone: number[];

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
  othersCome = true;
  gone = [];
  point = new MeetingPoint(3, () => othersCome);
});

afterEach(() => jest.useRealTimers());

async function come(who: number): Promise<void> {
  void point.meet().then(() => gone.push(who));
  await settled();
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('lets everybody go on at once while nobody else is about to come', async () => {
  othersCome = false;

  await come(1);
  await come(2);

  expect(gone).toEqual([1, 2]);
});

it('lets all go on when there are enough, and begins anew', async () => {
  await come(1);
  await come(2);
  const before = [...gone];
  await come(3);
  const met = [...gone];
  await come(4);

  expect([before, met, gone]).toEqual([[], [1, 2, 3], [1, 2, 3]]);
});

it('lets all go on when the last of those who were to come is there', async () => {
  await come(1);
  othersCome = false;
  await come(2);

  expect(gone).toEqual([1, 2]);
});

it('lets nobody wait longer than 60 ms, whoever comes meanwhile', async () => {
  await come(1);
  jest.advanceTimersByTime(20);
  await come(2);
  jest.advanceTimersByTime(39);
  await settled();
  const before = [...gone];
  jest.advanceTimersByTime(1);
  await settled();

  expect([before, gone]).toEqual([[], [1, 2]]);
});

it('gives those who come after the others have left a time of their own', async () => {
  for (const who of [1, 2]) await come(who);
  jest.advanceTimersByTime(20);
  await come(3);
  await come(4);
  jest.advanceTimersByTime(59);
  await settled();
  const before = [...gone];
  jest.advanceTimersByTime(1);
  await settled();

  expect([before, gone]).toEqual([
    [1, 2, 3],
    [1, 2, 3, 4],
  ]);
});
