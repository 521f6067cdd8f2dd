// `npm run bench [-- --customers 1000 --clients 32 --rounds 3 --seconds 2 --database sqlite|mariadb --wires adobe,…
// --instances 1 --resistance]`: the product's speed as ratios to limits that are measured in the same run, alternating, on a temporary
// database (BENCH_DATABASE names the one on MariaDB). With more instances (MariaDB only) there are as many limits, and
// requests are spread over them. With more customers than a thousand the same product on a database of a thousand is measured
// beside it. Build first (the script does).
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { activeOf, dropDatabase, emailOf, emptyDatabase, fill, hasMariadb, openDatabase } from './database.mjs';
import {
  clients,
  customers,
  database as only,
  FEW,
  instances,
  isLarge,
  resistance,
  rounds,
  seconds,
  wireNames,
} from './options.mjs';
import { demo, IDLE_MS, pause, startLimit, startProduct } from './processes.mjs';
import { compared, ratio, ratioToChecks, send, sideBySide } from './rates.mjs';
import { measureResistance } from './resistance.mjs';
import { wires } from './wires.mjs';

const PAIRS = 100;
/** They take little time, and by a hundred the median of the same product was up to 3 % off. */
const RESET_PAIRS = 250;
/** So many customers read in turn, each by a token of their own. */
const SESSIONS = 16;
/** So many ask for resets, again and again. */
const ASKING = 200;
const PORT = Number(process.env.BENCH_PORT ?? 3977);
const concurrency = availableParallelism();
const TARGETS = {
  'sign-in': 0.9,
  'who am I': 0.5,
  'with two addresses': 0.5,
  'read a reset': 0.5,
  'find an address': 0.5,
  'find the newest': 0.5,
  reset: 0.5,
  'create a reset': 0.5,
  'change a reset': 0.5,
  'finish a reset': 0.9,
  'with its wallet': 0.5,
  'page 40': 0.5,
};
const SIZE_TARGET = 0.9;
const BARE = 'sign-in, to bare checks';
/** By then the mails of the last requests are out. */
const MAILS_MS = 2000;

const fixed = (number) => number.toFixed(2);
const silent = Object.keys(wires).filter((name) => !wires[name].tellsUnknown);
/** Addresses that no link was asked for yet, as none was for those of nobody; the active ones have had many. */
const unaskedOf = (name, at) => emailOf(Math.max(customers - 1 - at - RESET_PAIRS * silent.indexOf(name), 0));
const nobody = (at) => `nobody-${at}@example.com`;
const each = (make) => Array.from({ length: instances }, (_, at) => make(at));

/** One thing of each answer, asked for one after the other. */
async function answersOf({ base }, requests, pick) {
  const found = [];
  for (const request of requests) found.push(pick((await send(base, request)).body));
  return found;
}

const readIn = (wire) => (wire.read ? 'read a reset' : 'who am I');
const signInsOf = (wire, { emails }) => emails.map((email) => wire.signIn(email, demo.password));

/** What is asked once customers have signed in: tokens of before may be among those that were too many. */
async function signedIn(wire, { products: [product], emails }) {
  const machine = wire.machine ? (await send(product.base, wire.machine)).body.access_token : undefined;
  const readers = emails.slice(0, SESSIONS).map((email) => wire.signIn(email, demo.password));
  const tokens = machine ? [machine] : await answersOf(product, readers, (body) => wire.tokenIn(body));
  const resets = emails.slice(0, ASKING).map((email) => wire.reset(email, machine));
  const made = wire.read && (await answersOf(product, resets.slice(0, SESSIONS), ({ data }) => data.id));
  const reads = made ? made.map((id) => wire.read(machine, id)) : tokens.map((token) => wire.whoAmI(token));
  return { tokens, made, reads, resets };
}

/** The same work with many customers and with few; both have been asked for the same before. */
async function measureSize(name, side, few) {
  const wire = wires[name];
  const compare = async (work, requests, fewRequests) => ({
    wire: name,
    work,
    isSize: true,
    ratio: await sideBySide(side.products, requests, few.products, fewRequests),
  });
  const signIn = await compare('sign-in', signInsOf(wire, side), signInsOf(wire, few));
  const [asked, fewAsked] = [await signedIn(wire, side), await signedIn(wire, few)];
  const read = await compare(readIn(wire), asked.reads, fewAsked.reads);
  const reset = await compare('reset', asked.resets, fewAsked.resets);
  await pause(MAILS_MS);
  return [signIn, read, reset];
}

async function measureWire(name, { products, emails }, limits) {
  const wire = wires[name];
  const rows = [];
  const compare = async (work, ours, theirs, prepare) =>
    rows.push({ wire: name, work, ratio: await ratio(products, ours, limits, theirs, prepare) });
  const post = { method: 'POST', headers: { 'content-type': 'application/json' } };
  const { password } = demo;
  const signIns = signInsOf(wire, { emails });
  const bodies = emails.map((email) => JSON.stringify({ email, password }));
  await compare(
    'sign-in',
    signIns,
    bodies.map((body) => ({ ...post, path: '/sign-in', body })),
  );
  rows.push({ wire: name, work: BARE, ratio: await ratioToChecks(products, signIns, limits) });

  const asked = await signedIn(wire, { products, emails });
  const { digests } = await (await fetch(`${limits[0].base}/digests/${SESSIONS}`)).json();
  await compare(
    readIn(wire),
    asked.reads,
    digests.map((digest) => ({ method: 'GET', path: `/who-am-i/${digest}` })),
  );
  await compare('reset', asked.resets, [{ ...post, path: '/reset', body: '{}' }]);
  await pause(MAILS_MS);
  rows.push(...(await compareUnknown(name, products[0])));
  // last, for what lists leave to be done goes on for seconds where there are many customers
  const more = wire.reads?.(asked.tokens, digests, customers, emails.slice(0, ASKING), asked.made) ?? [];
  for (const { work, requests, limit, prepare } of more) await compare(work, requests, limit, prepare);
  return rows;
}

async function compareUnknown(name, { base }) {
  const wire = wires[name];
  const wrong = (email) => wire.signIn(email, 'a wrong password');
  const tries = [(at) => wrong(emailOf(at)), (at) => wrong(nobody(at))];
  const rows = [{ wire: name, work: 'sign-in, known / unknown', ratio: await compared(base, PAIRS, tries) }];
  if (wire.tellsUnknown) return rows;
  const asked = [(at) => wire.reset(unaskedOf(name, at)), (at) => wire.reset(nobody(at))];
  return [...rows, { wire: name, work: 'reset, known / unknown', ratio: await compared(base, RESET_PAIRS, asked) }];
}

/** The product, started on a database of its own that has so many customers. */
async function startSide(kind, count, suffix, port) {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-bench-'));
  const database = await emptyDatabase(kind, folder, suffix);
  const env = { PUBLIC_URL: `http://localhost:${port}` }; // what instances have in common, the issuer of tokens above all
  await (await startProduct(database, folder, port)).stop(); // migrations and keys are made; what follows is a normal start
  const filler = openDatabase(database);
  await fill(filler, count);
  await filler.close();
  const products = await Promise.all(each((at) => startProduct(database, folder, port + at, { env })));
  const stop = async () => {
    await Promise.all(products.map((product) => product.stop()));
    await dropDatabase(database);
    rmSync(folder, { recursive: true, force: true });
  };
  return { database, products, emails: activeOf(count).map(emailOf), stop };
}

async function measure(kind) {
  const side = await startSide(kind, customers, '', PORT);
  await pause(IDLE_MS);
  const memory = Math.max(...side.products.map((one) => one.memoryMib()));
  const startMs = Math.max(...side.products.map((one) => one.startMs));
  const rows = [];
  try {
    if (isLarge) rows.push(...(await measureSizes(kind, side)));
    rows.push(...(await measureWires(side)));
  } finally {
    await side.stop();
  }
  return { kind, rows, startMs, memory };
}

async function measureSizes(kind, side) {
  const few = await startSide(kind, FEW, '_few', PORT + instances);
  try {
    const rows = [];
    for (const name of wireNames) rows.push(...(await measureSize(name, side, few)));
    return rows;
  } finally {
    await few.stop();
  }
}

async function measureWires(side) {
  const limits = await Promise.all(each(() => startLimit(side.database, customers, concurrency)));
  try {
    const rows = [];
    for (const name of wireNames) rows.push(...(await measureWire(name, side, limits)));
    return rows;
  } finally {
    await Promise.all(limits.map((limit) => limit.stop()));
  }
}

function verdict({ work, isSize, ratio: value }) {
  if (!(value > 0 && value < Infinity)) return 'not measured: one side gave no answer in time';
  if (work === BARE) return 'none: a loop of hashes answers nobody';
  const target = isSize ? SIZE_TARGET : TARGETS[work];
  if (target) return `>= ${fixed(target)}  ${value >= target ? 'met' : 'short'}`;
  return `0.95-1.05  ${value >= 0.95 && value <= 1.05 ? 'met' : 'short'}`;
}

function print({ kind, rows, startMs, memory }) {
  console.log(
    `\n${kind === 'sqlite' ? 'SQLite' : 'MariaDB'}, ${customers} customers, ${clients} clients, instances: ${instances}, ratio to as many limits (median of ${rounds} rounds)\n`,
  );
  for (const row of rows) {
    const work = row.isSize ? `${row.work}, to ${FEW} customers` : row.work;
    console.log(`  ${row.wire.padEnd(15)} ${work.padEnd(31)} ${fixed(row.ratio)}   target ${verdict(row)}`);
  }
  console.log(
    `  start to first answer ${(startMs / 1000).toFixed(1)} s (target <= 2.0), memory ${Math.round(memory)} MiB after ${IDLE_MS / 1000} s of idleness (target <= 160)`,
  );
}

const kinds = only ? [only] : ['sqlite', ...((await hasMariadb()) ? ['mariadb'] : [])];
for (const kind of kinds) {
  if (resistance) await measureResistance({ kind, customers, seconds, port: PORT });
  else print(await measure(kind));
}
if (!only && kinds.length === 1) console.log('\nMariaDB was left out: none answers.');
