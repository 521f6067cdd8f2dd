// `npm run verify`: everything a change must pass, one line for each step, until the first failure.
// `--static` leaves the tests out (they also hold the printed schemas and the migrations).
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import lockRules from './lock-rules.cjs';

const root = join(import.meta.dirname, '..');

function script(name) {
  return () => {
    const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', name], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    return { ok: status === 0, output: stdout + stderr, note: name === 'test' ? closingLines(stdout) : '' };
  };
}

/** What was left out, and the counts. */
function closingLines(output) {
  return output.trimEnd().split('\n').slice(-2).reverse().join('. ');
}

/** Every suppression says why: `eslint-disable-next-line <rule> -- <reason>`. */
function suppressions() {
  const folders = ['src', 'libs', 'test', 'scripts'];
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  );
  const faults = [...files, 'ormconfig.ts', 'eslint.config.js']
    .filter((file) => /\.(ts|cts|js|mjs|cjs)$/.test(file))
    .flatMap((file) => withoutReason(file));
  return {
    ok: faults.length === 0,
    output: `A suppression without a reason (-- why):\n${faults.join('\n')}\n`,
    note: '',
  };
}

function withoutReason(file) {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  return lines.flatMap((line, index) =>
    /(?:\/\/|\/\*)\s*eslint-disable(?!.* -- \S)/.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [],
  );
}

/** Everything is locked, and nothing in the lock file is known to be unsafe (SEC-87). */
function lockFile() {
  const faults = lockRules.lockFaults(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  return { ok: faults.length === 0, output: `In package-lock.json:\n${faults.join('\n')}\n`, note: '' };
}

const steps = {
  typecheck: script('typecheck'),
  lint: script('lint'),
  suppressions,
  format: script('format:check'),
  boundaries: script('boundaries'),
  'dead code': script('deadcode'),
  'lock file': lockFile,
  ...(process.argv.includes('--static') ? {} : { tests: script('test') }),
};

for (const [name, run] of Object.entries(steps)) {
  const start = performance.now();
  const { ok, output, note } = run();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${name.padEnd(13)}${ok ? 'ok    ' : 'FAILED'}${seconds.padStart(7)} s${note && `   ${note}`}`);
  if (!ok) {
    console.log(`\n${output.trimEnd()}`);
    process.exitCode = 1;
    break;
  }
}
