// `npm run bench [-- --customers 1000 --clients 32 --rounds 3 --seconds 2 --database sqlite|mariadb --wires adobe,…
// --instances 1 --resistance]`: the product's speed as ratios to limits that are measured in the same run, alternating, on a temporary
// database (BENCH_DATABASE names the one on MariaDB). With more instances (MariaDB only) there are as many limits, and
// requests are spread over them. Build first (the script does).
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { dropDatabase, emailOf, emptyDatabase, fill, hasMariadb, openDatabase } from './database.mjs';
import { demo, IDLE_MS, pause, startLimit, startProduct } from './processes.mjs';
import { measureResistance } from './resistance.mjs';
import { wires } from './wires.mjs';

const { values: options } = parseArgs({
  options: {
    customers: { type: 'string', default: '1000' },
    // so many that neither side has to wait for them; fewer tell how long an answer takes rather than how many there are
    clients: { type: 'string', default: '32' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string' },
    database: { type: 'string' },
    wires: { type: 'string', default: Object.keys(wires).join() },
    instances: { type: 'string', default: '1' },
    resistance: { type: 'boolean', default: false },
  },
});
const customers = Number(options.customers);
const rounds = Number(options.rounds);
const seconds = Number(options.seconds ?? (options.resistance ? 30 : 2));
const instances = Number(options.instances);
const clients = Number(options.clients);
const PAIRS = 100;
/** They take little time, and by a hundred the median of the same product was up to 3 % off. */
const RESET_PAIRS = 250;
/** So many customers read in turn, each by a token of their own. */
const SESSIONS = 16;
/** So many sign in: with fewer each of them would soon have as many sessions as she may have. */
const SIGNING_IN = 1000;
/** Before each row, of product and limit: servers run for weeks, and what V8 has not compiled yet is not compared here. */
const WARM_SECONDS = 4;
/** Not counted at the beginning of each measurement: from then on as much is under way as there will be at its end. */
const RAMP_MS = 500;
const PORT = Number(process.env.BENCH_PORT ?? 3977);
const concurrency = availableParallelism();
/** What instances behind one address have in common, the issuer of their tokens above all. */
const ONE_SERVICE = { PUBLIC_URL: `http://localhost:${PORT}` };
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

/** What GraphQL refuses with status 200. */
const REFUSAL = /"errors":|UserErrors":\[\{|"customer":null/;

const median = (list) => [...list].sort((one, other) => one - other)[Math.floor(list.length / 2)];
const fixed = (number) => number.toFixed(2);

/** Requests a second that were answered well by all of them together. */
async function rate(servers, requests, duration = seconds) {
  const rates = await Promise.all(servers.map(({ base }) => rateOfOne(base, requests, duration)));
  return rates.reduce((sum, one) => sum + one, 0);
}

/** Each connection begins elsewhere in the list: those who come at the same time are different customers. */
function spread(requests, connections) {
  let begun = 0;
  return (client) => {
    const from = Math.floor((requests.length / connections) * begun);
    begun += 1;
    client.setRequests([...requests.slice(from), ...requests.slice(0, from)]);
  };
}

/** A run with refusals is no measurement. */
async function rateOfOne(base, requests, duration) {
  const verifyBody = (body) => !REFUSAL.test(body);
  const connections = clients / instances;
  const setupClient = spread(requests, connections);
  const whole = duration + RAMP_MS / 1000;
  const load = autocannon({ url: base, connections, duration: whole, requests, setupClient, verifyBody });
  const began = performance.now();
  let answered = 0;
  load.on('response', () => {
    const at = performance.now() - began - RAMP_MS;
    if (at >= 0 && at < duration * 1000) answered += 1;
  });
  const result = await load;
  const refusals = result.non2xx + result.mismatches;
  if (refusals > 0 || result.errors > 0) {
    const { status, body } = await send(base, requests[0]);
    const example = `${status} ${JSON.stringify(body).slice(0, 300)}`;
    throw new Error(`${refusals} refusals, ${result.errors} errors at ${base}${requests[0].path}, such as ${example}`);
  }
  return answered / duration;
}

/** As `rate`, of requests each of which is good for once; autocannon would send each on every connection. */
async function rateOfEach(servers, requests) {
  const left = [...requests];
  const began = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async (_, at) => {
      const { base } = servers[at % servers.length];
      for (let next = left.pop(); next; next = left.pop()) {
        const { status, body } = await send(base, next);
        if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)} at ${base}${next.path}`);
      }
    }),
  );
  return requests.length / ((performance.now() - began) / 1000);
}

/** Either leaves the database something to be done afterwards, so that each follows the other as often. */
const TURNS = ['product', 'limit', 'limit', 'product'];

/** The median ratio of the products' rate to the limits', in turns. */
async function ratio(products, requests, limits, limitRequests, prepare) {
  const ratios = [];
  if (!prepare) {
    await rate(limits, limitRequests, WARM_SECONDS);
    await rate(products, requests, WARM_SECONDS);
  }
  for (let round = 0; round < rounds; round += 1) {
    const sums = { limit: 0, product: 0 };
    let once = [];
    for (const side of TURNS) {
      const isLimit = side === 'limit';
      if (prepare && !isLimit) once = await prepare((request) => send(products[0].base, request));
      const [servers, asked] = isLimit ? [limits, limitRequests] : [products, requests];
      const made = isLimit ? once.map(() => limitRequests[0]) : once;
      sums[side] += prepare ? await rateOfEach(servers, made) : await rate(servers, asked);
    }
    ratios.push(sums.product / sums.limit);
  }
  return median(ratios);
}

async function send(base, { method, path, headers, body }) {
  const answer = await fetch(base + path, { method, headers, body });
  return { status: answer.status, body: await answer.json() };
}

/**
 * The median time of the one kind of request by the other's, one at a time. Which of a pair goes first changes from pair
 * to pair: what an answered request leaves to be done, such as its mail, falls into the time of the next one.
 */
async function compared(base, pairs, kinds) {
  const times = [[], []];
  for (let at = 0; at < pairs; at += 1) {
    const sides = at % 2 === 0 ? [0, 1] : [1, 0];
    for (const side of sides) {
      const began = performance.now();
      await send(base, kinds[side](at));
      times[side].push(performance.now() - began);
    }
  }
  return median(times[0]) / median(times[1]);
}

const many = (make, most = 200) => Array.from({ length: Math.min(customers, most) }, (_, at) => make(emailOf(at)));
const silent = Object.keys(wires).filter((name) => !wires[name].tellsUnknown);
/** Addresses that no link was asked for yet, as none was for those of nobody; the first ones have had many. */
const unaskedOf = (name, at) => emailOf(Math.max(customers - 1 - at - RESET_PAIRS * silent.indexOf(name), 0));
const nobody = (at) => `nobody-${at}@example.com`;

/** One thing of each answer, asked for one after the other. */
async function answersOf({ base }, requests, pick) {
  const found = [];
  for (const request of requests) found.push(pick((await send(base, request)).body));
  return found;
}

async function measureWire(name, wire, products, limits) {
  const [product] = products;
  const password = demo.password;
  const limitJson = { method: 'POST', headers: { 'content-type': 'application/json' } };
  const everybody = (make) => many(make, SIGNING_IN);
  const signIn = everybody((email) => wire.signIn(email, password));
  const limitSignIn = everybody((email) => ({
    ...limitJson,
    path: '/sign-in',
    body: JSON.stringify({ email, password }),
  }));
  const rows = [{ wire: name, work: 'sign-in', ratio: await ratio(products, signIn, limits, limitSignIn) }];

  const machine = wire.machine ? (await send(product.base, wire.machine)).body.access_token : undefined;
  const tokens = machine
    ? [machine]
    : await answersOf(product, signIn.slice(0, SESSIONS), (body) => wire.tokenIn(body));
  const made =
    wire.read &&
    (await answersOf(product, many((email) => wire.reset(email, machine)).slice(0, SESSIONS), ({ data }) => data.id));
  const read = made ? made.map((id) => wire.read(machine, id)) : tokens.map((token) => wire.whoAmI(token));
  const { digests } = await (await fetch(`${limits[0].base}/digests/${SESSIONS}`)).json();
  const limitRead = digests.map((digest) => ({ method: 'GET', path: `/who-am-i/${digest}` }));
  const work = made ? 'read a reset' : 'who am I';
  rows.push({ wire: name, work, ratio: await ratio(products, read, limits, limitRead) });
  for (const reads of wire.reads?.(
    tokens,
    digests,
    customers,
    many((email) => email),
    made,
  ) ?? []) {
    const measured = await ratio(products, reads.requests, limits, reads.limit, reads.prepare);
    rows.push({ wire: name, work: reads.work, ratio: measured });
  }
  const limitReset = [{ ...limitJson, path: '/reset', body: '{}' }];
  rows.push({
    wire: name,
    work: 'reset',
    ratio: await ratio(
      products,
      many((email) => wire.reset(email, machine)),
      limits,
      limitReset,
    ),
  });
  await pause(2000); // the mails of the last round are out

  const wrong = (email) => wire.signIn(email, 'a wrong password');
  const tries = [(at) => wrong(emailOf(at)), (at) => wrong(nobody(at))];
  rows.push({ wire: name, work: 'sign-in, known / unknown', ratio: await compared(product.base, PAIRS, tries) });
  if (!wire.tellsUnknown) {
    const asked = [(at) => wire.reset(unaskedOf(name, at)), (at) => wire.reset(nobody(at))];
    rows.push({ wire: name, work: 'reset, known / unknown', ratio: await compared(product.base, RESET_PAIRS, asked) });
  }
  return rows;
}

async function measure(kind) {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-bench-'));
  const database = await emptyDatabase(kind, folder);
  await (await startProduct(database, folder, PORT)).stop(); // migrations and keys are made; what follows is a normal start
  const filler = openDatabase(database);
  await fill(filler, customers);
  await filler.close();
  const products = await Promise.all(each((at) => startProduct(database, folder, PORT + at, { env: ONE_SERVICE })));
  await pause(IDLE_MS);
  const memory = Math.max(...products.map((product) => product.memoryMib()));
  const startMs = Math.max(...products.map((product) => product.startMs));
  const limits = await Promise.all(each(() => startLimit(database, customers, concurrency)));
  try {
    const rows = [];
    for (const name of options.wires.split(',')) rows.push(...(await measureWire(name, wires[name], products, limits)));
    return { kind, rows, startMs, memory };
  } finally {
    await Promise.all([...limits, ...products].map((server) => server.stop()));
    await dropDatabase(database);
    rmSync(folder, { recursive: true, force: true });
  }
}

const each = (make) => Array.from({ length: instances }, (_, at) => make(at));

function verdict({ work, ratio: value }) {
  if (!(value > 0 && value < Infinity)) return 'not measured: one side gave no answer in time';
  const target = TARGETS[work];
  if (target) return `>= ${fixed(target)}  ${value >= target ? 'met' : 'short'}`;
  return `0.95-1.05  ${value >= 0.95 && value <= 1.05 ? 'met' : 'short'}`;
}

function print({ kind, rows, startMs, memory }) {
  console.log(
    `\n${kind === 'sqlite' ? 'SQLite' : 'MariaDB'}, ${customers} customers, ${clients} clients, instances: ${instances}, ratio to as many limits (median of ${rounds} rounds)\n`,
  );
  for (const row of rows) {
    console.log(`  ${row.wire.padEnd(15)} ${row.work.padEnd(25)} ${fixed(row.ratio)}   target ${verdict(row)}`);
  }
  console.log(
    `  start to first answer ${(startMs / 1000).toFixed(1)} s (target <= 2.0), memory ${Math.round(memory)} MiB after ${IDLE_MS / 1000} s of idleness (target <= 160)`,
  );
}

if (!(instances >= 1 && clients % instances === 0)) throw new Error(`--instances must divide ${clients} (--clients)`);
if (instances > 1 && options.database !== 'mariadb') throw new Error('more instances than one need --database mariadb');
const kinds = options.database ? [options.database] : ['sqlite', ...((await hasMariadb()) ? ['mariadb'] : [])];
for (const kind of kinds) {
  if (options.resistance) await measureResistance({ kind, customers, seconds, port: PORT });
  else print(await measure(kind));
}
if (!options.database && kinds.length === 1) console.log('\nMariaDB was left out: none answers.');
