import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

function rootAbove(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : rootAbove(dirname(folder));
}

/** The folder of the product's package.json, wherever the compiled files lie below it. */
export const packageRoot: string = rootAbove(__dirname);
