import { DomainError } from '../../src/common/domain-error.js';
import { Housekeeping } from '../../src/common/housekeeping.js';
import { IdempotencyService } from '../../src/idempotency/index.js';
import { TestApp, type Answer } from '../support/test-app.js';
import { until } from '../support/until.js';

const ADMIN = { authorization: 'Bearer demo-admin-token' };

let app: TestApp;
let keys = 0;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

const aKey = (): string => `key-${(keys += 1)}`;

function create(key: string, body: object): Promise<Answer> {
  return app.request({
    method: 'POST',
    url: '/admin/v1/customers',
    headers: { ...ADMIN, 'idempotency-key': key },
    body,
  });
}

const aPerson = (key: string): object => ({ email: `${key}@example.com`, state: 'enabled' });

it('does a request once and answers it again as before', async () => {
  const key = aKey();

  const [first, second] = [await create(key, aPerson(key)), await create(key, aPerson(key))];

  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.body).toEqual(first.body);
  expect([second.headers['location'], second.headers['etag']]).toEqual([
    first.headers['location'],
    first.headers['etag'],
  ]);
  expect([first.headers['idempotency-replayed'], second.headers['idempotency-replayed']]).toEqual([undefined, 'true']);
});

it('lets one of many that come at once do it', async () => {
  const key = aKey();

  const answers = await Promise.all(Array.from({ length: 8 }, () => create(key, aPerson(key))));

  const statuses = new Set(answers.map(({ status }) => status));
  expect([...statuses].filter((status) => status !== 201 && status !== 409)).toEqual([]);
  expect(new Set(answers.filter(({ status }) => status === 201).map(({ body }) => String(body.number))).size).toBe(1);
});

it('refuses the key for another request', async () => {
  const key = aKey();
  await create(key, aPerson(key));

  const other = await create(key, { ...aPerson(key), firstName: 'Ann' });
  const elsewhere = await app.request({
    method: 'POST',
    url: '/admin/v1/customers/1/unlock',
    headers: { ...ADMIN, 'idempotency-key': key },
  });

  expect([other.status, elsewhere.status]).toEqual([422, 422]);
});

it('frees the key after a refusal, which did nothing', async () => {
  const key = aKey();

  const refused = await create(key, { ...aPerson(key), state: 'unknown' });
  const mended = await create(key, aPerson(key));

  expect([refused.status, mended.status]).toEqual([400, 201]);
});

it('keeps the key taken when the answer could not be stored, tells the answer, and stores it as soon as it can', async () => {
  const key = aKey();
  const service = app.get(IdempotencyService);
  const finish = service.finish.bind(service);
  const busy = new DomainError('BUSY', { retryAfterSeconds: 1 });
  jest.spyOn(service, 'finish').mockImplementationOnce((id, answer) => {
    jest.spyOn(app.database, 'transaction').mockRejectedValueOnce(busy);
    return finish(id, answer);
  });

  const first = await create(key, aPerson(key));
  const meanwhile = await create(key, aPerson(key));
  await until(async () => (await create(key, aPerson(key))).status !== 409);
  const later = await create(key, aPerson(key));

  expect([first.status, meanwhile.status, later.status]).toEqual([201, 409, 201]);
  expect(meanwhile.body.detail).toContain('is being worked on');
  expect(later.body).toEqual(first.body);
  expect(later.headers['idempotency-replayed']).toBe('true');
});

it('forgets keys after a day', async () => {
  const key = aKey();
  await create(key, aPerson(key));

  app.clock.advance(24 * 3600 + 1);
  const late = await create(key, aPerson(key));
  await app.get(Housekeeping).run();

  expect(late.status).toBe(409); // done again: the address is taken by now
});

it('keeps a link that it made under seal (SEC-84)', async () => {
  const { number } = await app.aCustomer({ state: 'disabled', password: null });
  const url = `/admin/v1/customers/${number}/activation-url`;
  const headers = { ...ADMIN, 'idempotency-key': aKey() };

  const [first, second] = [
    await app.request({ method: 'POST', url, headers }),
    await app.request({ method: 'POST', url, headers }),
  ];

  const rows = await app.database.select('SELECT sealed_answer AS answer FROM idempotency_key', []);
  const secret = /[A-Za-z0-9]{32}/.exec(String(first.body.url))?.[0] ?? '';
  expect(second.body).toEqual(first.body);
  expect(secret).not.toBe('');
  expect(rows.map(({ answer }) => Buffer.from(answer as Uint8Array).toString('latin1')).join()).not.toContain(secret);
});

it('takes over a request whose instance died', async () => {
  const request = { callerId: 1, key: aKey(), content: 'POST' };
  const begin = (): Promise<{ state: string }> => app.get(IdempotencyService).begin(request);

  const [first, second] = [await begin(), await begin()];
  app.clock.advance(61);
  const later = await Promise.all([begin(), begin()]);

  expect([first.state, second.state]).toEqual(['ours', 'running']);
  expect(later.map(({ state }) => state).sort()).toEqual(['ours', 'running']);
});

it.each(['', ' ', 'a b', 'ä', 'x'.repeat(256)])('refuses the key %j', async (key) => {
  expect((await create(key, { email: 'a@example.com', state: 'enabled' })).status).toBe(400);
});
