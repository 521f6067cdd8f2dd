import 'reflect-metadata';
import { Command } from 'commander';
import { loadConfig, withDevelopmentSecrets, type Config } from '../config/index.js';
import { keysCommand } from './keys.command.js';
import { migrateCommand } from './migrate.command.js';
import { setupCommand } from './setup.command.js';
import { Output } from './output.js';

function readConfig(): Config {
  return withDevelopmentSecrets(loadConfig());
}

/** Runs a command line; the exit code is 1 when it fails. Each command loads what it needs only when it runs. */
export async function run(argv: readonly string[]): Promise<void> {
  const program = new Command('keyturn')
    .description('Customer accounts and credential recovery for commerce backends')
    .showHelpAfterError();
  program
    .command('start')
    .description('start the service')
    .action(async () => {
      const config = loadConfig();
      const { serve } = await import('../serve.js');
      await serve(config);
    });
  program.addCommand(migrateCommand(readConfig));
  program.addCommand(setupCommand(readConfig));
  program.addCommand(keysCommand(readConfig));
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    new Output(argv.includes('--json')).fail(error);
    process.exit(1);
  }
}
