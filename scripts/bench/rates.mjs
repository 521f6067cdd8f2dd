// How often servers answer, and how two kinds of requests compare.
import autocannon from 'autocannon';
import { clients, rounds, seconds } from './options.mjs';

/** Before each row, of product and limit: servers run for weeks, and what V8 has not compiled yet is not compared here. */
const WARM_SECONDS = 4;
/** Not counted at the beginning of each measurement: from then on as much is under way as there will be at its end. */
const RAMP_MS = 500;

/** What GraphQL refuses with status 200. */
const REFUSAL = /"errors":|UserErrors":\[\{|"customer":null/;

const median = (list) => [...list].sort((one, other) => one - other)[Math.floor(list.length / 2)];

/** Requests a second that were answered well by all of them together. */
async function rate(servers, requests, duration = seconds, askers = clients) {
  const connections = askers / servers.length;
  const rates = await Promise.all(servers.map(({ base }) => rateOfOne(base, requests, duration, connections)));
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
async function rateOfOne(base, requests, duration, connections) {
  const verifyBody = (body) => !REFUSAL.test(body);
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

/**
 * The median ratio of the products' rate to the limits', in turns.
 * `prepare`: makes requests of which each is good for once, instead of those given.
 */
export async function ratio(products, requests, limits, limitRequests, prepare) {
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

/** The median ratio of the products' rate of sign-ins to the checks of a password that bare loops make, in turns. */
export async function ratioToChecks(products, requests, limits) {
  const ratios = [];
  for (let round = 0; round < rounds; round += 1) {
    const loops = await Promise.all(
      limits.map(({ base }) => send(base, { method: 'GET', path: `/checks/${2 * seconds}` })),
    );
    const checks = loops.reduce((sum, { body }) => sum + body.perSecond, 0);
    ratios.push((await rate(products, requests, 2 * seconds)) / checks);
  }
  return median(ratios);
}

/**
 * The median ratio of the one side's rate to the other's, both asked at the same time by half of the clients: what the database
 * and its disk have to do falls on both. Asked in turns, two that were alike came out up to 15 % apart with resets; so, 2 %
 * (sign-ins and reads up to 7 %).
 */
export async function sideBySide(ones, requests, others, otherRequests) {
  const half = clients / 2;
  const ratios = [];
  const both = (duration) =>
    Promise.all([rate(ones, requests, duration, half), rate(others, otherRequests, duration, half)]);
  await both(2 * WARM_SECONDS);
  for (let round = 0; round < rounds; round += 1) {
    const [one, other] = await both(2 * seconds);
    ratios.push(one / other);
  }
  return median(ratios);
}

export async function send(base, { method, path, headers, body }) {
  const answer = await fetch(base + path, { method, headers, body });
  return { status: answer.status, body: await answer.json() };
}

/**
 * The median time of the one kind of request by the other's, one at a time. Which of a pair goes first changes from pair
 * to pair: what an answered request leaves to be done, such as its mail, falls into the time of the next one.
 */
export async function compared(base, pairs, kinds) {
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
