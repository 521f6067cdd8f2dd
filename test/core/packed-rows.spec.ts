import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { Database } from '../../src/common/database.js';
import { findOne } from '../../src/common/find-one.js';
import { Customer } from '../../src/customer/customer.entity.js';
import { MailWorker } from '../../src/mail/mail.worker.js';
import { DeliveryWorker } from '../../src/webhook/index.js';
import * as flows from '../audit/flows.js';
import { SecretLedger } from '../audit/secret-ledger.js';
import { TestApp } from '../support/test-app.js';

jest.setTimeout(120_000);

/** JSON's own signs, control characters and all planes of Unicode; what is not Unicode no column takes. */
const sign = fc.constantFrom('"', '\\', '\0', '\n', '\u001f', '\u2028', '😀');
const text = fc.string({
  unit: fc.oneof(sign, fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })),
  maxLength: 100,
});
const time = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true });

let app: TestApp;
let source: DataSource;

beforeAll(async () => {
  app = await TestApp.start();
  source = app.get(DataSource);
});

afterAll(() => app.stop());

it('reads each row of each table as TypeORM does', async () => {
  for (const flow of Object.values(flows)) await flow({ app, ledger: new SecretLedger() });
  await Promise.all([app.get(MailWorker).idle(), app.get(DeliveryWorker).idle()]); // they change rows
  const database = app.get(Database);
  let compared = 0;

  for (const { target, tableName } of source.entityMetadatas.filter(({ tableType }) => tableType === 'regular')) {
    const found = await database.selectOnce(`SELECT ${database.rows.packed(target, 'x')} FROM ${tableName} x`, []);

    expect(found.map((row) => database.rows.hydrate(target, row, 'x'))).toEqual(
      expect.arrayContaining(await source.manager.find(target)),
    );
    compared += found.length;
  }

  expect(compared).toBeGreaterThan(50);
});

it('reads whatever a customer’s columns hold', async () => {
  const { id } = await app.aCustomer();
  const whole = fc.record({
    ...{ firstName: text, lastName: text, reference: text, emailKey: fc.uint8Array({ maxLength: 254 }) },
    ...{ emailConfirmed: fc.boolean(), gender: fc.option(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })) },
    ...{ number: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), tags: fc.array(text, { maxLength: 5 }) },
    ...{ createdAt: time, signIn: fc.record({ failedSignIns: fc.nat(9), lockedUntil: fc.option(time) }) },
  });

  await fc.assert(
    fc.asyncProperty(whole, async (columns) => {
      const emailKey = Buffer.from(columns.emailKey);
      await source.manager.update(Customer, { id }, { ...columns, emailKey });

      expect(await findOne(app.get(Database), Customer, { id })).toMatchObject({ ...columns, emailKey });
    }),
    { numRuns: 200 },
  );
});

it('reads some members of an entity as the whole has them, and nothing else', async () => {
  const ann = await app.aCustomer({ firstName: 'Ann' });
  const database = app.get(Database);
  const part = { entity: Customer, members: ['emailKey', 'firstName', 'createdAt', 'disabledBy'] } as const;

  const sql = `SELECT ${database.rows.packedPart(part, 'x')} FROM customer x WHERE x.id = ?`;
  const [row = {}] = await database.select(sql, [ann.id]);

  const { emailKey, firstName, createdAt, disabledBy } = await source.manager.findOneByOrFail(Customer, { id: ann.id });
  expect(database.rows.hydratePart(part, row, 'x')).toEqual({ emailKey, firstName, createdAt, disabledBy });
});

it('reads no member that is another entity’s, embedded or kept from reads', () => {
  const { rows } = app.get(Database);

  for (const name of ['realm', 'signIn', 'passwordHash'] as const) {
    expect(() => rows.packedPart({ entity: Customer, members: [name] }, 'x')).toThrow('is not a column that is read');
  }
});

it('reads documents as long as a column takes', async () => {
  const { id } = await app.aCustomer();
  const attributes = { commonGround: { notes: '"\\é'.repeat(9_000) } };
  await source.manager.update(Customer, { id }, { attributes });

  expect((await findOne(app.get(Database), Customer, { id }))?.attributes).toEqual(attributes);
});
