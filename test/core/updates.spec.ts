import { DataSource } from 'typeorm';
import { Database } from '../../src/common/database.js';
import { Customer } from '../../src/customer/customer.entity.js';
import { PasswordReset } from '../../src/password-reset/index.js';
import { TestApp } from '../support/test-app.js';

let app: TestApp;
let database: Database;

beforeAll(async () => {
  app = await TestApp.start();
  database = app.get(Database);
});

afterAll(() => app.stop());

const read = (id: number): Promise<Customer> => database.read((manager) => manager.findOneByOrFail(Customer, { id }));

it('changes the rows that have those values, and tells how many', async () => {
  const [ann, bob] = [await app.aCustomer({ firstName: 'Ann' }), await app.aCustomer({ firstName: 'Bob' })];
  const at = new Date('2026-03-04T05:06:07.089Z');
  const changes = { emailConfirmed: false, tags: ['a "b"', 'ü'], updatedAt: at, reference: 'new', middleName: null };

  const matched = [
    await database.updateAlone(Customer, { id: ann.id, firstName: 'Ann' }, changes),
    await database.updateAlone(Customer, { id: bob.id, firstName: 'Ann' }, changes),
  ];

  expect(matched).toEqual([1, 0]);
  expect(await read(ann.id)).toMatchObject(changes);
  expect(await read(bob.id)).toMatchObject({ emailConfirmed: true, firstName: 'Bob' });
});

it('takes bytes and JSON as the entity has them', async () => {
  const { email } = await app.aCustomer();
  await app.adobe('mutation($e:String!){requestPasswordResetEmail(email:$e)}', { e: email });
  const [{ id } = { id: 0 }] = await database.read((manager) => manager.find(PasswordReset, { order: { id: 'DESC' } }));
  const kept = { metadata: { a: [1, 'x'] }, sealedSecret: Buffer.from([0, 255, 7]) };

  await database.updateAlone(PasswordReset, { id }, kept);

  const stored = await database.read((manager) =>
    manager.createQueryBuilder(PasswordReset, 'r').addSelect('r.sealedSecret').where({ id }).getOneOrFail(),
  );
  expect(stored).toMatchObject(kept);
});

it.each<[string, object, object, string]>([
  ['no condition', {}, { firstName: 'X' }, 'of rows that have something'],
  ['nothing to change', { id: 1 }, {}, 'changes something'],
  ['a condition without a value', { id: undefined }, { firstName: 'X' }, 'has no id, or no value'],
  ['a condition that is null', { id: 1, reference: null }, { firstName: 'X' }, 'of rows that have something'],
  ['a member that the entity does not have', { id: 1 }, { nickname: 'X' }, 'has no nickname'],
])('refuses %s (SEC-67)', async (_, where, changes, told) => {
  await expect(database.updateAlone(Customer, where, changes)).rejects.toThrow(told);
});

it('is undone with its transaction', async () => {
  const { id } = await app.aCustomer({ firstName: 'Ann' });
  const failed = database.transaction(async (tx) => {
    await database.update(tx, Customer, { id }, { firstName: 'Bob' });
    throw new Error('after all not');
  });

  await expect(failed).rejects.toThrow('after all not');
  expect((await read(id)).firstName).toBe('Ann');
});

it('is refused in a transaction that has ended', async () => {
  const { id } = await app.aCustomer({ firstName: 'Ann' });
  const ended = await database.transaction((tx) => Promise.resolve(tx));

  await expect(database.update(ended, Customer, { id }, { firstName: 'Bob' })).rejects.toThrow('not under way');
  await expect(database.selectIn(ended, 'SELECT 1 AS one', [])).rejects.toThrow('not under way');
  expect((await read(id)).firstName).toBe('Ann');
});

it('is done and told of after the commit whoever asks TypeORM for a runner meanwhile', async () => {
  const { id } = await app.aCustomer({ firstName: 'Ann' });
  const told = jest.fn();
  const changed = database.transaction(async (tx) => {
    await database.update(tx, Customer, { id }, { firstName: 'Bob' });
    database.afterCommit(tx, told);
    return tx;
  });
  for (let turn = 0; turn < 50; turn += 1) {
    app.get(DataSource).createQueryRunner();
    await Promise.resolve();
  }

  const ended = await changed;

  expect((await read(id)).firstName).toBe('Bob');
  expect(told).toHaveBeenCalledTimes(1);
  await expect(database.selectIn(ended, 'SELECT 1 AS one', [])).rejects.toThrow('not under way');
});
