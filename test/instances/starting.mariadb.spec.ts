import { BuiltCommand, jsonOf } from '../cli/command.js';
import { Instances } from '../cluster/instances.js';

jest.setTimeout(120_000);

const command = new BuiltCommand();

beforeAll(() => command.build());

afterAll(() => command.clear());

it('migrates once when two instances start together on an empty database, and both serve', async () => {
  const keyturn = await Instances.startPair();

  const ready = [await keyturn.ask(0, '/health/ready'), await keyturn.ask(1, '/health/ready')];
  const ann = await keyturn.aPerson();
  const seen = await keyturn.admin(1, 'GET', `/customers/${ann.number}`);
  await keyturn.stop();

  expect(ready.map(({ status }) => status)).toEqual([200, 200]);
  expect(seen.body.email).toBe(ann.email);
});

it('lets one of two "keyturn migrate up" run the migrations; the other has nothing to do', async () => {
  const env = { DATABASE_URL: await command.aDatabase() };

  const runs = await Promise.all([command.run('migrate up --json', env), command.run('migrate up --json', env)]);

  const { ran } = jsonOf(await command.run('migrate status --json', env)) as { ran: string[] };
  const told = runs.map((run) => (jsonOf(run) as { ran: string[] }).ran);
  expect(runs.map(({ code }) => code)).toEqual([0, 0]);
  expect(told.sort((one, other) => one.length - other.length)).toEqual([[], ran]);
  expect(ran.length).toBeGreaterThan(20);
});
