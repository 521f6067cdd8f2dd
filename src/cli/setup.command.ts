import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { withValues, type Config } from '../config/index.js';
import { Output } from './output.js';

interface Options {
  readonly json?: boolean;
}

/** `keyturn setup check|apply FILE` */
export function setupCommand(config: () => Config): Command {
  const command = new Command('setup').description('realms, stores and credentials from a file').showHelpAfterError();
  command
    .command('check')
    .argument('<file>', 'JSON or YAML')
    .description('tell every fault of a setup file')
    .option('--json', 'print JSON')
    .action(async (file: string, { json }: Options) => {
      const { readSetup } = await import('../store/index.js');
      const setup = readSetup(readFileSync(file, 'utf8'), config());
      const stores = setup.realms.flatMap((realm) => realm.stores.map(({ code }) => `${realm.code}/${code}`));
      new Output(json ?? false).print({ stores }, ['the setup is good', ...stores]);
    });
  command
    .command('apply')
    .argument('<file>', 'JSON or YAML')
    .description('bring the database in line with a setup file; nothing is deleted')
    .option('--json', 'print JSON')
    .action(async (file: string, { json }: Options) => {
      const { applySetup } = await import('./apply-setup.js');
      await applySetup(withValues(config(), { setupFile: file }));
      new Output(json ?? false).print({ applied: file }, ['applied']);
    });
  return command;
}
