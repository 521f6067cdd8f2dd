import { EventService, ownTrail } from '../../src/event/index.js';
import { ResetAlarm } from '../../src/password-reset/reset-alarm.js';
import { StoreDirectory } from '../../src/store/index.js';
import { CRATE } from '../common-ground/operations.js';
import { TestApp } from '../support/test-app.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
});

afterAll(() => app.stop());

const alarms = async (): Promise<unknown[]> => {
  const rows = await app.database.select("SELECT data FROM event WHERE type = 'reset_alarm' ORDER BY id", []);
  return rows.map(({ data }) => JSON.parse(String(data)) as unknown);
};

/** As a reset that was asked for leaves it, without the work; or one that a limit on mails suppressed. */
async function ask(
  times: number,
  type: 'reset_requested' | 'reset_suppressed' = 'reset_requested',
  storeId = app.get(StoreDirectory).defaultStore.id,
): Promise<void> {
  const event = { type, trail: ownTrail, storeId, customerId: null, subject: null } as const;
  await app.database.transaction(async (tx) => {
    for (let time = 0; time < times; time += 1) await app.get(EventService).record(event, tx);
  });
}

it('is raised above a thousand resets of a store in an hour, once an hour, and refuses nothing', async () => {
  await ask(999);
  const { email } = await app.aCustomer();
  await app.adobe('mutation($e:String!){requestPasswordResetEmail(email:$e)}', { e: email });
  await app.get(ResetAlarm).look();
  const atTheNumber = await alarms();
  await ask(1);
  await app.get(ResetAlarm).look();
  await app.get(ResetAlarm).look();

  const answer = await app.adobe('mutation($e:String!){requestPasswordResetEmail(email:$e)}', { e: email });

  expect(atTheNumber).toEqual([]);
  expect(await alarms()).toEqual([{ requests: 1001 }]);
  expect(app.logged.filter((line) => line.includes('unusually many resets'))).toHaveLength(1);
  expect(answer.body).toEqual({ data: { requestPasswordResetEmail: true } });
  expect(await app.mailsTo(email)).toHaveLength(2);
});

it('is quiet an hour later, and raised anew when there are as many again', async () => {
  app.clock.advance(3601);
  await app.get(ResetAlarm).look();
  const quiet = (await alarms()).length;
  await ask(1001);
  await app.get(ResetAlarm).look();

  expect([quiet, (await alarms()).length]).toEqual([1, 2]);
});

it('counts what limits suppressed as well, and each store by itself', async () => {
  app.clock.advance(7200);
  await app.setUp({ policy: { limits: 'off' }, stores: [CRATE] });
  const before = (await alarms()).length;
  const other = app.get(StoreDirectory).findByCode(CRATE.code)?.id;
  await ask(600);
  await ask(600, 'reset_suppressed', other);
  await app.get(ResetAlarm).look();
  const apart = (await alarms()).length;
  await ask(401, 'reset_requested', other);
  await app.get(ResetAlarm).look();

  expect(apart).toBe(before);
  expect((await alarms()).slice(before)).toEqual([{ requests: 1001 }]);
});

it('is looked for every minute, until the application ends', () => {
  jest.useFakeTimers();
  const alarm = new ResetAlarm(app.database, app.get(EventService), app.clock);
  const look = jest.spyOn(alarm, 'look').mockResolvedValue();

  alarm.onApplicationBootstrap();
  jest.advanceTimersByTime(3 * 60_000);
  alarm.onApplicationShutdown();
  jest.advanceTimersByTime(5 * 60_000);
  jest.useRealTimers();

  expect(look).toHaveBeenCalledTimes(3);
});
