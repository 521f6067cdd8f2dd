// `npm run bench -- --resistance`: what signed-in customers notice of somebody who tries passwords. Wrong ones come at a fixed
// rate from ever new networks, each for another account, so that neither limits nor locks stop them: only the hashing queue does.
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { dropDatabase, emailOf, emptyDatabase, fill, openDatabase } from './database.mjs';
import { demo, IDLE_MS, pause, startProduct } from './processes.mjs';
import { wires } from './wires.mjs';

const WRONG_PER_SECOND = 200;
const READS_PER_SECOND = 50;
/** The beginning of an attack, shown by itself: code runs for the first time, and the hashing queue fills at once. */
const BEGIN_SECONDS = 2;
const MAX_RATIO = 3;
/** What docs/performance.md tells operators to plan for an instance, attacks included. */
const MAX_MIB = 384;
/** Hashing leaves one core to everybody else, as the documentation recommends. */
const HASH_CONCURRENCY = Math.max(1, availableParallelism() - 1);
const agent = new Agent({ keepAlive: true, maxSockets: 512 });

/** Sends a request and answers its status and how long it took, in milliseconds. */
function send(base, { method, path, headers, body }) {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const sent = request(base + path, { method, headers, agent }, (answer) => {
      answer.resume();
      answer.once('end', () =>
        resolve({ status: answer.statusCode, retry: answer.headers['retry-after'], ms: performance.now() - began }),
      );
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

/** Sends at a fixed rate, however slow the answers are; answers what came of each. */
async function atRate(perSecond, seconds, ask) {
  const answers = [];
  const began = performance.now();
  for (let at = 0; at < perSecond * seconds; at += 1) {
    const wait = began + (at * 1000) / perSecond - performance.now();
    if (wait > 0) await pause(wait);
    answers.push(ask(at));
  }
  return Promise.all(answers);
}

const quantile = (list, part) => {
  const sorted = [...list].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
};

const networkOf = (at) => `10.${(at >> 16) & 255}.${(at >> 8) & 255}.${at & 255}`;

async function tokenFor(base, wire) {
  const { method, path, headers, body } = wire.signIn(demo.email, demo.password);
  const answer = await fetch(base + path, { method, headers, body });
  return wire.tokenIn(await answer.json());
}

/** The most memory that was seen while something ran. */
async function watched(product, run) {
  let most = product.memoryMib();
  const timer = setInterval(() => (most = Math.max(most, product.memoryMib())), 100);
  try {
    return [await run(), most];
  } finally {
    clearInterval(timer);
  }
}

async function measureWire(name, product, { customers, seconds, round }) {
  const wire = wires[name];
  const whole = BEGIN_SECONDS + seconds;
  const read = wire.whoAmI(await tokenFor(product.base, wire));
  const wrong = (at) => {
    const { headers, ...rest } = wire.signIn(emailOf(at % customers), 'a wrong password');
    const from = networkOf(round * WRONG_PER_SECOND * whole + at);
    return send(product.base, { ...rest, headers: { ...headers, 'x-forwarded-for': from } });
  };
  const mine = (at) => ({ ...read.headers, 'x-forwarded-for': `172.${16 + round}.${(at >> 8) & 255}.${at & 255}` });
  const readsFor = (duration) =>
    atRate(READS_PER_SECOND, duration, (at) => send(product.base, { ...read, headers: mine(at) }));
  await readsFor(seconds); // warm
  const idle = await readsFor(seconds);
  const [[attack, loaded], memory] = await watched(product, () =>
    Promise.all([atRate(WRONG_PER_SECOND, whole, wrong), readsFor(whole)]),
  );
  const times = (answers) => answers.map(({ ms }) => ms);
  const begun = BEGIN_SECONDS * READS_PER_SECOND;
  const [idleP99, beginP99, p99] = [idle, loaded.slice(0, begun), loaded.slice(begun)].map((answers) =>
    quantile(times(answers), 0.99),
  );
  const busy = attack.filter(({ retry }) => retry !== undefined);
  const failed = loaded.filter(({ status }) => status !== 200).length;
  return { name, idleP99, beginP99, p99, memory, failed, tried: attack.length, busy: times(busy) };
}

function print({ name, idleP99, beginP99, p99, memory, failed, tried, busy }) {
  const ratio = p99 / idleP99;
  const good = ratio <= MAX_RATIO && failed === 0 && memory <= MAX_MIB;
  const refused =
    busy.length > 0
      ? `${busy.length} refused as busy (median ${quantile(busy, 0.5).toFixed(0)} ms)`
      : 'none refused as busy';
  console.log(
    `  ${name.padEnd(15)} who am I p99 ${idleP99.toFixed(1)} ms idle, ${p99.toFixed(1)} ms under attack: ${ratio.toFixed(1)} times ` +
      `(${(beginP99 / idleP99).toFixed(1)} in its first ${BEGIN_SECONDS} s), ${failed} failed; at most ${Math.round(memory)} MiB; of ${tried} tries ${refused}   ${good ? 'met' : 'short'}`,
  );
}

/** Prints a row for each wire that customers sign in to. */
export async function measureResistance({ kind, customers, seconds, port }) {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-bench-'));
  const database = await emptyDatabase(kind, folder);
  const options = {
    limits: 'default',
    env: { TRUSTED_PROXIES: '127.0.0.1', HASH_CONCURRENCY: String(HASH_CONCURRENCY) },
  };
  await (await startProduct(database, folder, port, options)).stop();
  const filler = openDatabase(database);
  await fill(filler, customers);
  await filler.close();
  const product = await startProduct(database, folder, port, options);
  await pause(IDLE_MS);
  console.log(
    `\n${kind === 'sqlite' ? 'SQLite' : 'MariaDB'}: ${WRONG_PER_SECOND} wrong passwords and ${READS_PER_SECOND} reads a second for ` +
      `${seconds} s (HASH_CONCURRENCY ${HASH_CONCURRENCY}); target: p99 <= ${MAX_RATIO} times idle, memory <= ${MAX_MIB} MiB\n`,
  );
  try {
    const names = Object.keys(wires).filter((name) => !wires[name].read);
    for (const [round, name] of names.entries()) print(await measureWire(name, product, { customers, seconds, round }));
  } finally {
    agent.destroy();
    await product.stop();
    await dropDatabase(database);
    rmSync(folder, { recursive: true, force: true });
  }
}
