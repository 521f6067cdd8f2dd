// What the command line asks of the benchmark.
import { parseArgs } from 'node:util';
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

export const customers = Number(options.customers);
export const rounds = Number(options.rounds);
export const seconds = Number(options.seconds ?? (options.resistance ? 30 : 2));
export const instances = Number(options.instances);
export const clients = Number(options.clients);
export const wireNames = options.wires.split(',');
export const { database, resistance } = options;

/** What a database with more customers is compared with, at the same time. */
export const FEW = 1000;
export const isLarge = customers > FEW;

const shares = isLarge ? 2 * instances : instances;
if (!(instances >= 1 && clients % shares === 0)) throw new Error(`${shares} must divide ${clients} (--clients)`);
if (instances > 1 && database !== 'mariadb') throw new Error('more instances than one need --database mariadb');
