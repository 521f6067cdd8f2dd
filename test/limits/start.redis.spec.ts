import { CounterStore } from '../../src/lockout/counter-store.js';
import { RedisProcess } from '../support/redis.js';
import { TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

it('starts without Redis, too, and counts as soon as it is there', async () => {
  const redis = await RedisProcess.start();
  await redis.stop();
  const app = await TestApp.startOwn({ REDIS_URL: redis.url });
  const ready = (await app.request({ url: '/health/ready' })).body;
  await redis.startAgain();
  await until(() => app.get(CounterStore).answers());
  const ann = await app.aCustomer();

  const token = await app.signedIn(ann);
  await app.stop();
  await redis.stop();

  expect(ready).toMatchObject({ status: 'degraded', limits: false });
  expect(token).toContain('.');
});
