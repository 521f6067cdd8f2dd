import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ObjectLiteral } from 'typeorm';
import type { Parameter } from './parameter.js';
import { DomainError } from './domain-error.js';
import { Lookup } from './lookup.js';

interface Read {
  readonly sql: string;
  readonly parameters: readonly Parameter[];
  readonly end: (rows: ObjectLiteral[] | Error) => void;
}

/** A database that answers when it is told to. */
class Database {
  readonly reads: Read[] = [];

  readonly select = (sql: string, parameters: readonly Parameter[]): Promise<ObjectLiteral[]> =>
    new Promise((resolve, reject) => {
      const end = (rows: ObjectLiteral[] | Error): void => (rows instanceof Error ? reject(rows) : resolve(rows));
      this.reads.push({ sql, parameters, end });
    });

  /** Lets the reads that are due begin. */
  async settle(): Promise<void> {
    await nextTurn();
    await nextTurn();
  }

  /** What was asked for, by the parameters of each read. */
  get asked(): readonly (readonly Parameter[])[] {
    return this.reads.map(({ parameters }) => parameters);
  }
}

const pets = { head: () => 'SELECT p.owner AS lookup_key, p.name FROM pet p WHERE p.owner' };
const pet = (owner: Buffer | number, name: string): ObjectLiteral => ({ lookup_key: owner, name });

let database: Database;

beforeEach(() => {
  database = new Database();
});

it('reads what is looked for at the same time by one statement, and gives each its own rows', async () => {
  const lookup = new Lookup<number>(database, pets);

  const found = Promise.all([7, 8, 9].map((owner) => lookup.find(owner)));
  await database.settle();
  database.reads[0]?.end([pet(9, 'Rex'), pet(7, 'Tom'), pet(9, 'Kit')]);

  expect(await found).toEqual([[pet(7, 'Tom')], [], [pet(9, 'Rex'), pet(9, 'Kit')]]);
  expect(database.reads).toHaveLength(1);
  expect(database.reads[0]?.sql).toBe(`${pets.head()} IN (?, ?, ?, ?)`);
});

it('fills up the list with the last key, so that one text serves several numbers of them', async () => {
  const lookup = new Lookup<number>(database, pets);

  for (const owner of [7, 8, 9]) void lookup.find(owner);
  await database.settle();

  expect(database.asked).toEqual([[7, 8, 9, 9]]);
});

it('reads no more than 16 keys at a time', async () => {
  const lookup = new Lookup<number>(database, pets);
  const owners = Array.from({ length: 17 }, (_, at) => at + 1);

  for (const owner of owners) void lookup.find(owner);
  await database.settle();
  database.reads[0]?.end([]);
  await database.settle();

  expect(database.asked).toEqual([owners.slice(0, 16), [17]]);
});

it('finds by bytes, and only by all of them', async () => {
  const lookup = new Lookup<Buffer>(database, pets);
  const [key, longer] = [Buffer.from('key'), Buffer.from('keys')];

  const found = lookup.find(key);
  await database.settle();
  database.reads[0]?.end([pet(Buffer.from('key'), 'Tom'), pet(longer, 'Rex')]);

  expect(await found).toEqual([pet(key, 'Tom')]);
});

it('asks again for whoever comes after a read was sent, so that nothing found is older than the question', async () => {
  const lookup = new Lookup<number>(database, pets);

  const before = lookup.find(7);
  await database.settle();
  const after = lookup.find(7);
  database.reads[0]?.end([pet(7, 'Tom')]);
  await database.settle();
  database.reads[1]?.end([]);

  expect(await Promise.all([before, after])).toEqual([[pet(7, 'Tom')], []]);
});

it('makes the parameters that follow the list for each read', async () => {
  let born = 2000;
  const tail = { tail: ' AND p.born > ?', tailParameters: () => [(born += 1)] };
  const lookup = new Lookup<number>(database, { ...pets, ...tail });

  for (const owner of [7, 8]) {
    void lookup.find(owner);
    await database.settle();
    database.reads.at(-1)?.end([]);
    await database.settle();
  }

  expect(database.asked).toEqual([
    [7, 2001],
    [8, 2002],
  ]);
  expect(database.reads[0]?.sql).toBe(`${pets.head()} IN (?) AND p.born > ?`);
});

it('looks for each by itself when the statement for all fails', async () => {
  const lookup = new Lookup<number>(database, pets);

  const found = Promise.all([7, 8].map((owner) => lookup.find(owner)));
  await database.settle();
  database.reads[0]?.end(new Error('a number is too long'));
  await database.settle();
  for (const read of database.reads.slice(1)) read.end([pet(8, 'Rex')]);

  expect(await found).toEqual([[], [pet(8, 'Rex')]]);
  expect(database.asked).toEqual([[7, 8], [7], [8]]);
});

it('tells all of them when the database does not answer', async () => {
  const lookup = new Lookup<number>(database, pets);

  const found = Promise.allSettled([7, 8].map((owner) => lookup.find(owner)));
  await database.settle();
  database.reads[0]?.end(new DomainError('BUSY', { retryAfterSeconds: 1 }));

  expect((await found).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(database.reads).toHaveLength(1);
});

it('reads rows of another shape along, by the same statement', async () => {
  const along = (): string => 'SELECT f.owner, f.name FROM fish f WHERE f.owner';
  const lookup = new Lookup<number>(database, { ...pets, tail: ' AND p.age > ?', tailParameters: () => [3], along });

  const found = Promise.all([lookup.find(7), lookup.find(8)]);
  await database.settle();
  database.reads[0]?.end([pet(7, 'Tom'), pet(8, 'Rex'), pet(7, 'Dory')]);

  expect(await found).toEqual([[pet(7, 'Tom'), pet(7, 'Dory')], [pet(8, 'Rex')]]);
  expect(database.reads[0]?.sql).toBe(`${pets.head()} IN (?, ?) AND p.age > ? UNION ALL ${along()} IN (?, ?)`);
  expect(database.asked).toEqual([[7, 8, 3, 7, 8]]);
});
