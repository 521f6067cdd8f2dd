import { Instances } from './instances.js';

jest.setTimeout(120_000);

let keyturn: Instances;

beforeAll(async () => {
  keyturn = await Instances.start('keyturn_start', [
    { server: 'n1' },
    { server: 'n1', env: { DATABASE_MULTI_PRIMARY: 'true' } },
  ]);
});

afterAll(() => keyturn.stop());

it('warns at the start on a cluster where DATABASE_MULTI_PRIMARY is left out, and nowhere else', () => {
  const warning = 'the database is a cluster of 3 nodes, but DATABASE_MULTI_PRIMARY is not true';

  expect(keyturn.warnings()).toEqual([[warning], []]);
});

it('serves all the same', async () => {
  const ann = await keyturn.aPerson();

  const { body } = await keyturn.admin(1, 'GET', `/customers/${ann.number}`);

  expect(body.email).toBe(ann.email);
});
