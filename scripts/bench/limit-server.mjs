// The limits that the product is compared with: bare Fastify routes doing the least that the work needs.
// Arguments: database as JSON, model e-mail, customers, hash concurrency. Prints its port.
import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import fastify from 'fastify';
import { emailOf, madeAt, openDatabase } from './database.mjs';
import { demo } from './processes.mjs';

const [databaseJson, customersText, concurrencyText] = process.argv.slice(2);
const database = openDatabase(JSON.parse(databaseJson));
const customers = Number(customersText);
const free = { slots: Number(concurrencyText), waiting: [] };
let turn = 0;
/** The number of the newest reset that was made here. */
let ownReset;
/** Public numbers, drawn by lot as the product's are, so that several limits do not meet. */
const newNumber = () => randomBytes(6).readUIntBE(0, 6);
/** The product's defaults. */
const HASH = { memoryCost: 19456, timeCost: 2, parallelism: 1 };

/** The same bound on parallel hashes as the product has. */
async function hashing(task) {
  if (free.slots === 0) await new Promise((resolve) => free.waiting.push(resolve));
  else free.slots -= 1;
  try {
    return await task();
  } finally {
    const next = free.waiting.shift();
    if (next) next();
    else free.slots += 1;
  }
}

const text = (at) => at.toISOString().slice(0, 23).replace('T', ' ');
const isSqlite = JSON.parse(databaseJson).kind === 'sqlite';
const time = (at) => (isSqlite ? text(at) : at);

const app = fastify();

app.post('/sign-in', async ({ body }) => {
  const [row] = await database.select('SELECT id, password_hash FROM customer WHERE realm_id = ? AND email_key = ?', [
    1,
    Buffer.from(body.email),
  ]);
  return { ok: await hashing(() => verify(row.password_hash, body.password)) };
});

/** Checks a second of one password by as many loops as there are hashes at a time: no request, no database. */
app.get('/checks/:seconds', async ({ params }) => {
  const [row] = await database.select('SELECT password_hash FROM customer ORDER BY id LIMIT 1', []);
  const began = performance.now();
  const until = began + Number(params.seconds) * 1000;
  let checks = 0;
  const check = async () => {
    while (performance.now() < until) {
      await verify(row.password_hash, demo.password);
      checks += 1;
    }
  };
  await Promise.all(Array.from({ length: Number(concurrencyText) }, check));
  return { perSecond: checks / ((performance.now() - began) / 1000) };
});

app.get('/who-am-i/:digest', async ({ params }) => {
  const rows = await database.select(
    'SELECT t.id, t.expires_at, t.revoked_at, c.email, c.first_name, c.last_name FROM access_token t JOIN customer c ON c.id = t.customer_id WHERE t.digest = ?',
    [Buffer.from(params.digest, 'hex')],
  );
  return rows[0];
});

app.get('/with-addresses/:digest', async ({ params }) => {
  const [customer] = await database.select(
    'SELECT t.id, t.expires_at, t.revoked_at, c.* FROM access_token t JOIN customer c ON c.id = t.customer_id WHERE t.digest = ?',
    [Buffer.from(params.digest, 'hex')],
  );
  return { customer, addresses: await addressesOf([customer]) };
});

app.get('/search/by-address/:email', async ({ params }) => {
  const customers = await database.select('SELECT * FROM customer WHERE realm_id = ? AND email_key = ?', [
    1,
    Buffer.from(params.email),
  ]);
  return { customers, addresses: await addressesOf(customers), total: customers.length };
});

app.get('/search/newest/:since/:size', async ({ params }) => {
  const since = time(madeAt(Number(params.since)));
  const where = 'WHERE realm_id = ? AND created_at >= ?';
  const customers = await database.select(
    `SELECT * FROM customer ${where} ORDER BY created_at DESC LIMIT ${Number(params.size)}`,
    [1, since],
  );
  const [{ total }] = await database.select(`SELECT COUNT(*) AS total FROM customer ${where}`, [1, since]);
  return { customers, addresses: await addressesOf(customers), total };
});

async function addressesOf(customers) {
  const places = customers.map(() => '?').join();
  return database.select(
    `SELECT * FROM customer_address WHERE customer_id IN (${places})`,
    customers.map(({ id }) => id),
  );
}

app.post('/reset', async () => {
  const at = time(new Date());
  const email = emailOf(turn++ % customers);
  const reset = [newNumber(), 1, 1, randomBytes(32), Buffer.from(email), 1, at, at, at];
  const mail = [newNumber(), 1, 1, 'limit', email, 'en', randomBytes(300), 'sent', 0, at, at];
  await database.transaction([
    [
      'INSERT INTO password_reset (number, customer_id, store_id, digest, email_key, password_version, created_at, updated_at, expires_at) VALUES (?,?,?,?,?,?,?,?,?)',
      reset,
    ],
    [
      'INSERT INTO mail_message (number, store_id, customer_id, kind, recipient, locale, payload, status, attempts, due_at, created_at) VALUES (?,?,?,?,?,?,?,?,?,?,?)',
      mail,
    ],
  ]);
  return { ok: true };
});

const DAY = 24 * 3600 * 1000;
const EVENT =
  'INSERT INTO event (number, type, store_id, customer_id, subject, origin, network, request_id, created_at) VALUES (?,?,?,?,?,?,?,?,?)';
const eventRow = (type, at) => [newNumber(), type, 1, 1, 1, 'limit', '127.0.0.1', 'limit', at];

/** A reset and the event that tells of it. */
app.post('/create-reset', async () => {
  const at = time(new Date());
  const until = time(new Date(Date.now() + DAY));
  const email = emailOf(turn++ % customers);
  const number = newNumber();
  ownReset = number;
  await database.transaction([
    [
      'INSERT INTO password_reset (number, customer_id, store_id, digest, email_key, password_version, created_at, updated_at, expires_at) VALUES (?,?,?,?,?,?,?,?,?)',
      [number, 1, 1, randomBytes(32), Buffer.from(email), 1, at, at, until],
    ],
    [EVENT, eventRow('reset_requested', at)],
  ]);
  return { ok: true };
});

app.post('/change-reset', async () => {
  const [{ id }] = await database.select('SELECT * FROM password_reset ORDER BY id LIMIT 1', []);
  const changed = ['bench', time(new Date()), id];
  await database.transaction([['UPDATE password_reset SET reference = ?, updated_at = ? WHERE id = ?', changed]]);
  const [reset] = await database.select('SELECT * FROM password_reset WHERE id = ?', [id]);
  return reset;
});

/** One hash, and in one transaction: a reset of our own is spent, the password set, the sessions ended, the event told. */
app.post('/finish-reset', async () => {
  const [{ id }] = await database.select('SELECT * FROM password_reset WHERE number = ?', [ownReset]);
  const passwordHash = await hashing(() => hash(demo.password, HASH));
  const at = time(new Date());
  const customer = 1 + (turn++ % customers);
  await database.transaction([
    ['UPDATE password_reset SET used_at = ? WHERE id = ?', [at, id]],
    ['UPDATE customer SET password_hash = ?, updated_at = ? WHERE id = ?', [passwordHash, at, customer]],
    ['UPDATE access_token SET revoked_at = ? WHERE customer_id = ? AND revoked_at IS NULL', [at, customer]],
    [EVENT, eventRow('reset_completed', at)],
  ]);
  return { ok: true };
});

app.get('/wallet/:digest/:number', async ({ params }) => {
  const [token] = await database.select('SELECT * FROM access_token WHERE digest = ?', [
    Buffer.from(params.digest, 'hex'),
  ]);
  const customers = await database.select('SELECT * FROM customer WHERE realm_id = ? AND number = ?', [
    1,
    Number(params.number),
  ]);
  return { customers, addresses: await addressesOf(customers), isKnown: token !== undefined };
});

app.get('/page/:number/:size', async ({ params }) => {
  const [size, number] = [Number(params.size), Number(params.number)];
  const offset = (number - 1) * size;
  const customers = await database.select(
    `SELECT * FROM customer WHERE realm_id = ? ORDER BY created_at DESC LIMIT ${size} OFFSET ${offset}`,
    [1],
  );
  const [{ total }] = await database.select('SELECT COUNT(*) AS total FROM customer WHERE realm_id = ?', [1]);
  return { customers, total: Number(total) };
});

app.get('/digests/:count', async ({ params }) => {
  const rows = await database.select(
    `SELECT digest FROM access_token WHERE customer_id IS NOT NULL ORDER BY id DESC LIMIT ${Number(params.count)}`,
    [],
  );
  return { digests: rows.map(({ digest }) => Buffer.from(digest).toString('hex')) };
});

await app.listen({ port: 0, host: '127.0.0.1' });
console.log(app.server.address().port);
