import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { packageRoot } from '../common/package-root.cjs';
import { strengthScript } from './pages.strength.js';

/** The commonest of each list: 175 kB on the wire and 50 ms to read, where all of them would be 830 kB and half a second. */
const WORDS = 20_000;

/** Where the scripts of one build are; a name changes with the content. */
export interface StrengthScripts {
  /** What a page loads. */
  readonly script: string;
  /** What that script loads when it is needed: the estimate and its dictionary. */
  readonly words: string;
}

/** The scripts that estimate a password's strength, made of what the npm packages ship; kept compressed, from first use on. */
@Injectable()
export class StrengthAssets {
  private readonly require = createRequire(join(packageRoot, 'package.json'));
  private readonly contents = new Map<string, Buffer>();
  private building: Promise<StrengthScripts> | null = null;

  scripts(): Promise<StrengthScripts> {
    this.building ??= this.build();
    return this.building;
  }

  /** The script at a path that `scripts` names, or null for any other. */
  async find(path: string, isGzipWelcome: boolean): Promise<Buffer | null> {
    await this.scripts();
    const packed = this.contents.get(path);
    if (!packed || isGzipWelcome) return packed ?? null;
    return promisify(gunzip)(packed);
  }

  private async build(): Promise<StrengthScripts> {
    const [script, words] = await Promise.all([
      this.keep('strength', strengthScript),
      this.keep('strength-words', await this.estimate()),
    ]);
    return { script, words };
  }

  /** Any other instance of the same version makes the same name. */
  private async keep(name: string, content: string): Promise<string> {
    const path = `/assets/${name}-${createHash('sha256').update(content).digest('hex').slice(0, 16)}.js`;
    this.contents.set(path, await promisify(gzip)(content, { level: 9 }));
    return path;
  }

  /** `zxcvbnts.core` as it is shipped for browsers, with the dictionary and keyboards beside it. */
  private async estimate(): Promise<string> {
    const words = {
      passwords: await this.listIn('language-common/src/passwords.json'),
      commonWords: await this.listIn('language-en/src/commonWords.json'),
      firstnames: await this.listIn('language-en/src/firstnames.json'),
    };
    const core = (await this.read('core/dist/zxcvbn-ts.js')).replace(/^\/\/# sourceMappingURL=.*$/m, '');
    const graphs = await this.read('language-common/src/adjacencyGraphs.json');
    return `${core}\nzxcvbnts.words=${JSON.stringify(words)};\nzxcvbnts.graphs=${graphs};\n`;
  }

  /** Lists are ordered by how common a word is; words have no line breaks. */
  private async listIn(file: string): Promise<string> {
    const list: unknown = JSON.parse(await this.read(file));
    return Array.isArray(list) ? list.slice(0, WORDS).join('\n') : '';
  }

  private read(file: string): Promise<string> {
    return readFile(this.require.resolve(`@zxcvbn-ts/${file}`), 'utf8');
  }
}
