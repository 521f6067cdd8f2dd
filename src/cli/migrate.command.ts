import { Command } from 'commander';
import { openDataSource } from '../../ormconfig.js';
import { Output } from './output.js';

type Source = Awaited<ReturnType<typeof openDataSource>>;

interface Options {
  readonly json?: boolean;
}

/** `keyturn migrate up|down|status` */
export function migrateCommand(config: () => unknown): Command {
  const command = new Command('migrate').description('bring the database up to date, or back');
  const withSource =
    (act: (source: Source) => Promise<string[]>) =>
    async ({ json }: Options) => {
      config(); // a faulty configuration is told before the database is touched
      const source = await openDataSource();
      try {
        const names = await act(source);
        new Output(json ?? false).print({ migrations: names }, names.length > 0 ? names : ['nothing to do']);
      } finally {
        await source.destroy();
      }
    };
  command
    .command('up')
    .description('run the migrations that are missing')
    .option('--json', 'print JSON')
    .action(withSource(async (source) => (await source.runMigrations()).map(({ name }) => `ran ${name}`)));
  command
    .command('down')
    .description('undo the newest migration')
    .option('--json', 'print JSON')
    .action(
      withSource(async (source) => {
        await source.undoLastMigration();
        return ['undid the newest migration'];
      }),
    );
  command
    .command('status')
    .description('tell whether migrations are missing')
    .option('--json', 'print JSON')
    .action(
      withSource(async (source) => [
        (await source.showMigrations()) ? 'migrations are missing' : 'the database is up to date',
      ]),
    );
  return command;
}
