// The product and the limit server, each a process of its own.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '../..');
const DEMO_PASSWORD = 'roni_cost3@example.com';
export const demo = { email: 'roni_cost@example.com', password: DEMO_PASSWORD };

/** After this long without work V8 has given back what the start needed, and collects sooner from then on. */
export const IDLE_MS = 40_000;

/** The demo setup, with limits off unless they are what is measured. */
function setup(limits) {
  return {
    realms: [
      {
        code: 'default',
        policy: { limits },
        stores: [
          {
            code: 'default',
            name: 'Bench',
            mailFrom: 'Bench <bench@demo.example>',
            shopify: { storefrontTokens: [{ token: 'demo-storefront-token' }] },
            adobe: { integrationTokens: ['demo-adobe-integration-token'] },
            commerceLayer: {
              organization: 'demo',
              applications: [
                { kind: 'integration', clientId: 'demo-integration', clientSecret: 'demo-integration-secret' },
                { kind: 'sales_channel', clientId: 'demo-sales-channel' },
              ],
            },
            commonGround: { keys: [{ accessKey: 'demo-cg-access', secretKey: 'demo-cg-secret' }] },
          },
        ],
      },
    ],
    adminTokens: ['demo-admin-token'],
    customers: [{ ...demo, firstName: 'Veronica', lastName: 'Costello' }],
  };
}

/** Starts the product; answers its base URL, the time from start to first answer, and how to end it. */
export async function startProduct(database, folder, port, { limits = 'off', env = {} } = {}) {
  const setupFile = join(folder, 'setup.json');
  writeFileSync(setupFile, JSON.stringify(setup(limits)));
  const began = performance.now();
  const child = spawn(process.execPath, [join(root, 'dist/src/keyturn.cjs'), 'start'], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      DATABASE_URL: database.url,
      KEYS_DIR: join(folder, 'keys'),
      SETUP_FILE: setupFile,
      LOG_LEVEL: 'error',
      LOG_FORMAT: 'json',
      ...env,
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const base = `http://127.0.0.1:${port}`;
  while (!(await answers(`${base}/health/ready`))) {
    if (child.exitCode !== null) throw new Error('the product did not start');
    await pause(20);
  }
  return { base, startMs: performance.now() - began, memoryMib: () => residentMib(child.pid), stop: () => end(child) };
}

export async function startLimit(database, customers, concurrency) {
  const args = [
    join(import.meta.dirname, 'limit-server.mjs'),
    JSON.stringify(database),
    String(customers),
    String(concurrency),
  ];
  const env = { ...process.env, UV_THREADPOOL_SIZE: String(concurrency + 4) };
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env });
  const port = await new Promise((resolve) => createInterface({ input: child.stdout }).once('line', resolve));
  return { base: `http://127.0.0.1:${port}`, stop: () => end(child) };
}

async function answers(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

function residentMib(pid) {
  const [, kib] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) / 1024;
}

async function end(child) {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
