import { Command } from 'commander';
import { SystemClock } from '../common/clock.js';
import type { Config } from '../config/index.js';
import { Output } from './output.js';

interface Options {
  readonly json?: boolean;
}

/** `keyturn keys generate|rotate|list` */
export function keysCommand(config: () => Config): Command {
  const command = new Command('keys').description('the keys that sign tokens').showHelpAfterError();
  const generate = async ({ json }: Options): Promise<void> => {
    const { generateKey } = await import('../token/index.js');
    const { kid, file } = generateKey(config().keysDir, new SystemClock().now());
    new Output(json ?? false).print({ kid, file }, [
      `made ${file} (kid ${kid}); it signs after 10 minutes, a lone key at once`,
    ]);
  };
  command.command('generate').description('make a key').option('--json', 'print JSON').action(generate);
  command
    .command('rotate')
    .description('make the next key; the old ones go on verifying until their files are removed')
    .option('--json', 'print JSON')
    .action(generate);
  command
    .command('list')
    .description('list the keys, oldest first')
    .option('--json', 'print JSON')
    .action(async ({ json }: Options) => {
      const { readKeys } = await import('../token/index.js');
      const keys = readKeys(config().keysDir).map(({ kid, file }) => ({ kid, file }));
      new Output(json ?? false).print(
        { keys },
        keys.map(({ kid, file }) => `${file}  ${kid}`),
      );
    });
  return command;
}
