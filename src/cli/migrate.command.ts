import { Command } from 'commander';
import type { openDataSource } from '../../ormconfig.js';
import { migrateDown, migrateUp } from '../common/migrate.js';
import { Output } from './output.js';

type Source = Awaited<ReturnType<typeof openDataSource>>;

interface Options {
  readonly json?: boolean;
}

/** What a command tells scripts, and what it tells people. */
interface Told {
  readonly data: Readonly<Record<string, readonly string[]>>;
  readonly lines: readonly string[];
}

/** `keyturn migrate up|down|status` */
export function migrateCommand(config: () => unknown): Command {
  const command = new Command('migrate').description('bring the database up to date, or back').showHelpAfterError();
  const withSource =
    (act: (source: Source) => Promise<Told>) =>
    async ({ json }: Options) => {
      config(); // a faulty configuration is told before the database is touched
      const { openDataSource: open } = await import('../../ormconfig.js');
      const source = await open();
      try {
        const { data, lines } = await act(source);
        new Output(json ?? false).print(data, lines.length > 0 ? lines : ['nothing to do']);
      } finally {
        await source.destroy();
      }
    };
  const verbs: readonly [name: string, description: string, act: (source: Source) => Promise<Told>][] = [
    ['up', 'run the migrations that are missing', up],
    ['down', 'undo the newest migration', down],
    ['status', 'tell which migrations are missing', status],
  ];
  for (const [name, description, act] of verbs) {
    command.command(name).description(description).option('--json', 'print JSON').action(withSource(act));
  }
  return command;
}

async function up(source: Source): Promise<Told> {
  const ran = (await migrateUp(source)).map(({ name }) => name);
  return { data: { ran }, lines: ran.map((name) => `ran ${name}`) };
}

async function down(source: Source): Promise<Told> {
  const before = await ranIn(source);
  if (before.length > 0) await migrateDown(source);
  const after = new Set(await ranIn(source));
  const undone = before.filter((name) => !after.has(name));
  return { data: { undone }, lines: undone.map((name) => `undid ${name}`) };
}

async function status(source: Source): Promise<Told> {
  const ran = await ranIn(source);
  const missing = source.migrations.map(({ name, constructor }) => name ?? constructor.name).filter((name) => !ran.includes(name)); // prettier-ignore
  const lines = missing.length > 0 ? missing.map((name) => `missing: ${name}`) : ['the database is up to date'];
  return { data: { ran, missing }, lines };
}

/** Names of the migrations that have run, oldest first. */
async function ranIn(source: Source): Promise<string[]> {
  await source.showMigrations(); // makes the table where there is none
  const rows = await source.query<{ name: string }[]>('SELECT name FROM migrations ORDER BY id');
  return rows.map(({ name }) => name);
}
