import { createHash } from 'node:crypto';
import { QueryFailedError, QueryResult, type DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { databaseKind } from '../config/index.js';
import { isUnavailable } from './unavailable.js';

type Direction = 'up' | 'down';

interface Statement {
  readonly query: string;
  readonly parameters?: unknown[];
}

/** How far a migration has come: whatever is before this step, and before this statement of it, is done. */
interface Note {
  readonly migration: string;
  readonly direction: Direction;
  /** Which of the migration's changes of the schema, from 1. */
  readonly step: number;
  /** Digest of what the migration asked for; the statements are what TypeORM made of it, while the schema was as it was. */
  readonly asked: string;
  readonly statements: readonly Statement[];
  readonly at: number;
  /** Whether the statement may have been carried out. */
  readonly inDoubt: boolean;
}

type Method = (...given: unknown[]) => Promise<unknown>;
type MigrationClass = new () => MigrationInterface;

/** Of statements that MySQL and MariaDB commit by themselves, with all that was before them. */
const FINAL = /^\s*(?:ALTER|ANALYZE|CREATE|DROP|OPTIMIZE|RENAME|TRUNCATE)\b/i;
const READS = /^\s*(?:DESCRIBE|EXPLAIN|SELECT|SET|SHOW|WITH)\b/i;

/** Methods of a QueryRunner that change the schema; `query` aside. */
const CHANGES = [
  'createDatabase', 'dropDatabase', 'createTable', 'dropTable', 'createView', 'dropView', 'renameTable',
  'changeTableComment', 'addColumn', 'addColumns', 'renameColumn', 'changeColumn', 'changeColumns', 'dropColumn',
  'dropColumns', 'createPrimaryKey', 'updatePrimaryKeys', 'dropPrimaryKey', 'createForeignKey', 'createForeignKeys',
  'dropForeignKey', 'dropForeignKeys', 'createIndex', 'createIndices', 'dropIndex', 'dropIndices',
]; // prettier-ignore

/**
 * What the server says of a change that is there already: of a foreign key (1005, 121), a table (1050, 1051, 1146), a
 * column (1054, 1060), an index (1061, 1091, 1176), a primary key (1068), a constraint (1826), a view (4092).
 */
const DONE = new Set([1050, 1051, 1054, 1060, 1061, 1068, 1091, 1146, 1176, 1826, 4092]);
const NO_SUCH_TABLE = 1146;
const CANNOT_CREATE = 1005;

const CREATE_NOTES =
  'CREATE TABLE IF NOT EXISTS migration_step (id TINYINT PRIMARY KEY, note LONGTEXT NOT NULL) ENGINE=InnoDB';
const READ_NOTE = 'SELECT note FROM migration_step';
const WRITE_NOTE = 'REPLACE INTO migration_step (id, note) VALUES (1, ?)';
const REMOVE_NOTE = 'DELETE FROM migration_step';

/**
 * A migration that goes on where it was interrupted, for servers on which each change of the schema is final by itself.
 *
 * Before each such change a note of it is committed, together with the rows that were changed since the one before. The
 * next run skips what is before the note, and forgives the one statement whose answer nobody heard for being done.
 */
export function resumable(migration: MigrationClass): MigrationClass {
  return class extends migration {
    override readonly name = migration.name;

    override up(runner: QueryRunner): Promise<void> {
      return new Steps(runner, this.name, 'up').run(() => super.up(runner));
    }

    override down(runner: QueryRunner): Promise<void> {
      return new Steps(runner, this.name, 'down').run(() => super.down(runner));
    }
  };
}

/** Which way the migration went that was interrupted; null when none was, as on SQLite, which takes back half of one. */
export async function interrupted({ manager }: DataSource): Promise<Direction | null> {
  if (databaseKind === 'sqlite') return null;
  return (await noteOf((sql) => manager.query<unknown>(sql)))?.direction ?? null;
}

/** One run of one migration. */
class Steps {
  private readonly ask: Method;
  private steps = 0;
  private isPlanning = false;
  /** Where the run before was interrupted, until this one is there. */
  private left: Note | null = null;

  constructor(
    private readonly runner: QueryRunner,
    private readonly migration: string,
    private readonly direction: Direction,
  ) {
    this.ask = methodOf(runner, 'query');
  }

  /** All that the migration asks of its runner comes through here; what it asks through `runner.manager` too. */
  async run(work: () => Promise<void>): Promise<void> {
    if (!this.runner.isTransactionActive) throw new Error(`${this.migration} has to run in a transaction`);
    this.left = await this.begun();
    Reflect.set(this.runner, 'query', (...given: unknown[]) => this.query(...given));
    for (const name of CHANGES) Reflect.set(this.runner, name, this.stepOf(name));
    try {
      await work();
    } finally {
      for (const name of ['query', ...CHANGES]) Reflect.deleteProperty(this.runner, name);
    }
    if (this.left) throw this.changed();
    await this.ask(REMOVE_NOTE); // with the rows that were changed last, and TypeORM's record of the migration
  }

  private async begun(): Promise<Note | null> {
    const note = await noteOf(this.ask);
    if (!note) await this.makeTable();
    if (!note || (note.migration === this.migration && note.direction === this.direction)) return note;
    throw new Error(`${note.migration} was interrupted: run "keyturn migrate ${note.direction}" to finish it first`);
  }

  private async makeTable(): Promise<void> {
    await this.ask(CREATE_NOTES);
    await this.ask('START TRANSACTION');
  }

  private async query(...given: unknown[]): Promise<unknown> {
    const [query, parameters, isStructured] = given;
    const sql = String(query);
    if (this.isPlanning) return this.ask(...given);
    if (FINAL.test(sql)) {
      const statement = Array.isArray(parameters) ? { query: sql, parameters } : { query: sql };
      await this.step(sql, () => Promise.resolve([statement]));
      return nothing(isStructured);
    }
    if (!this.left) return this.ask(...given);
    // what is read before that place decides nothing any more, and may be gone
    return READS.test(sql) ? this.ask(...given).catch(() => nothing(isStructured)) : nothing(isStructured);
  }

  private stepOf(name: string): Method {
    const change = methodOf(this.runner, name);
    return async (...given) => {
      if (this.isPlanning) await change(...given);
      else await this.step(name + JSON.stringify(given), () => this.planned(() => change(...given)));
    };
  }

  /** The statements that TypeORM would make of a change. It looks at the schema for that, which only reads. */
  private async planned(change: () => Promise<unknown>): Promise<readonly Statement[]> {
    this.isPlanning = true;
    this.runner.enableSqlMemory();
    try {
      await change();
      return this.runner
        .getMemorySql()
        .upQueries.map(({ query, parameters }) => ({ query, ...(parameters ? { parameters } : {}) }));
    } finally {
      this.runner.disableSqlMemory();
      this.isPlanning = false;
    }
  }

  private async step(what: string, plan: () => Promise<readonly Statement[]>): Promise<void> {
    this.steps += 1;
    const { left, steps: step, migration, direction } = this;
    if (left && step < left.step) return;
    const asked = createHash('sha256').update(what).digest('hex');
    const isSame = left?.asked === asked;
    // a change that was refused may have been corrected since
    if (left && !isSame && (left.inDoubt || left.at > 0)) throw this.changed();
    this.left = null;
    const statements = left && isSame ? left.statements : await plan();
    for (let at = left?.at ?? 0; at < statements.length; at += 1) {
      const isRepeated = left?.inDoubt === true && at === left.at;
      await this.carryOut({ migration, direction, step, asked, statements, at, inDoubt: true }, isRepeated);
    }
  }

  private async carryOut(note: Note, isRepeated: boolean): Promise<void> {
    const { query = '', parameters } = note.statements[note.at] ?? {};
    if (!FINAL.test(query)) {
      await this.ask(query, parameters); // is committed with the next note
      return;
    }
    await this.write(note);
    await this.ask('COMMIT');
    try {
      await this.ask(query, parameters);
    } catch (error) {
      if (!isRepeated || !saysDone(error)) {
        if (!isUnavailable(error)) await this.write({ ...note, inDoubt: false });
        throw error;
      }
    }
    await this.ask('START TRANSACTION');
  }

  private async write(note: Note): Promise<void> {
    await this.ask(WRITE_NOTE, [JSON.stringify(note)]);
  }

  private changed(): Error {
    return new Error(
      `${this.migration} was interrupted, and is not the same any more: go on with the version that began it, or restore the database`,
    );
  }
}

/** What a statement that is skipped answers. */
function nothing(isStructured: unknown): QueryResult | [] {
  return isStructured === true ? Object.assign(new QueryResult(), { raw: [], affected: 0 }) : [];
}

function methodOf(runner: QueryRunner, name: string): Method {
  const method: unknown = Reflect.get(runner, name);
  if (typeof method !== 'function') throw new Error(`TypeORM has no ${name}`);
  return (...given) => Promise.resolve(Reflect.apply(method, runner, given));
}

async function noteOf(ask: (sql: string) => Promise<unknown>): Promise<Note | null> {
  try {
    const rows = await ask(READ_NOTE);
    const row: unknown = Array.isArray(rows) ? rows[0] : null;
    const note: unknown = hasNote(row) ? JSON.parse(row.note) : null;
    return isNote(note) ? note : null;
  } catch (error) {
    if (numberOf(error) === NO_SUCH_TABLE) return null;
    throw error;
  }
}

function hasNote(row: unknown): row is { readonly note: string } {
  return typeof row === 'object' && row !== null && 'note' in row;
}

/** Nobody else writes there. */
function isNote(note: unknown): note is Note {
  return typeof note === 'object' && note !== null && 'statements' in note;
}

function saysDone(error: unknown): boolean {
  const number = numberOf(error);
  return DONE.has(number) || (number === CANNOT_CREATE && String(error).includes('errno: 121'));
}

function numberOf(error: unknown): number {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : null;
  return typeof cause === 'object' && cause !== null && 'errno' in cause ? Number(cause.errno) : 0;
}
