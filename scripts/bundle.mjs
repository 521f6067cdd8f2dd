// The end of `npm run build`: packs what `keyturn` runs into few files, which start in two thirds of the time that some
// 4,000 small ones take. Argument: the folder that the compiler wrote (`dist`); the files go to its folder `bundle`.
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';

/** They have binaries, or threads that begin with a file of their own, and find both by where they lie. */
const APART = ['@node-rs/argon2', '@node-rs/bcrypt', 'argon2', 'libsql', 'pino', 'pino-pretty'];

/** What CommonJS finds in the scope of each file. */
const SCOPE = `import { dirname as __dirnameOf } from 'node:path';
import { fileURLToPath as __filenameOf } from 'node:url';
const __filename = __filenameOf(import.meta.url);
const __dirname = __dirnameOf(__filename);`;

/** It asks at run time, so that all of TypeORM would be loaded once more, for two classes that TypeORM 1 has no more. */
const withoutOldTypeorm = {
  name: 'without-old-typeorm',
  load: {
    filter: { id: /@nestjs\/typeorm\/dist\/common\/typeorm-compat\.js$/ },
    handler: () => 'export const Connection = undefined;\nexport const AbstractRepository = undefined;',
  },
};

/** What stays beyond ASCII after `charset` stands in comments: names in licenses. */
const asciiOnly = {
  name: 'ascii-only',
  generateBundle(_options, files) {
    for (const file of Object.values(files)) file.code = file.code?.replace(/[^\0-\x7F]/g, escaped);
  },
};
const escaped = (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;

const built = resolve(process.argv[2] ?? join(import.meta.dirname, '../dist'));

/** Packages name others that they work with where those are installed; what our own files name is there. */
const isOptional = ({ code, id }) => code === 'UNRESOLVED_IMPORT' && !id.startsWith(built);

const bundle = await rolldown({
  input: join(built, 'src/cli/cli.js'),
  platform: 'node',
  external: APART,
  plugins: [withoutOldTypeorm, asciiOnly],
  onLog: (_level, log, show) => {
    if (!isOptional(log)) show('error', log);
  },
});
await bundle.write({
  dir: join(built, 'bundle'),
  banner: SCOPE,
  keepNames: true,
  // one letter beyond Latin-1, on Node 24 beyond ASCII, makes V8 keep the whole file in twice the memory
  charset: 'ascii',
  comments: { legal: true, annotation: false, jsdoc: false },
});
await bundle.close();
