import { hkdfSync } from 'node:crypto';
import { Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Redis } from 'ioredis';
import { DomainError } from '../common/domain-error.js';
import { masterKeyOf, type Config } from '../config/index.js';
import { CounterStore, type Count, type RunningCount } from './counter-store.js';

/** A request waits no longer than this for its counters. */
const COMMAND_MS = 250;
/** Without a word from the server for so long a connection is given up, and another one is tried. */
const SILENCE_MS = 1000;
const CONNECT_MS = 2000;
const RETRY_MS = 500;
const RETRY_AFTER_SECONDS = 5;
/** Keys outlive their window a little: instances' clocks differ by seconds. */
const SLACK_MS = 60_000;

/** KEYS: counters. ARGV: now, slack, then the end of each window if it begins now; in milliseconds. Answers as FIND does. */
const ADD = `
local counted = {}
for i, key in ipairs(KEYS) do
  local ends = redis.call('HGET', key, 'ends')
  if ends and tonumber(ends) > tonumber(ARGV[1]) then
    redis.call('HINCRBY', key, 'uses', 1)
  else
    redis.call('HSET', key, 'uses', 1, 'ends', ARGV[i + 2])
    redis.call('PEXPIRE', key, tonumber(ARGV[i + 2]) - tonumber(ARGV[1]) + tonumber(ARGV[2]))
  end
  counted[i] = redis.call('HMGET', key, 'uses', 'ends')
end
return counted`;

/** KEYS: counters. Answers uses and end of each. */
const FIND = `
local found = {}
for i, key in ipairs(KEYS) do
  found[i] = redis.call('HMGET', key, 'uses', 'ends')
end
return found`;

/**
 * Counters in Redis (one server, or a primary behind one address; not a cluster, whose scripts may not touch keys of
 * several slots). When it is down or slow every question is refused at once or after a quarter of a second; the client
 * connects again by itself.
 */
export class RedisCounters extends CounterStore implements OnModuleInit, OnApplicationShutdown {
  private readonly log = new Logger('limits');
  private readonly client: Redis;
  /** Other installations may use the same server; all instances of this one have one SECRET_KEY. */
  private readonly prefix: string;
  private isDown = false;

  constructor(url: string, config: Config) {
    super();
    const name = Buffer.from(hkdfSync('sha256', masterKeyOf(config), Buffer.alloc(0), 'rate counters', 8));
    this.prefix = `keyturn:${name.toString('hex')}:limit:`;
    this.client = new Redis(url, {
      lazyConnect: true,
      connectTimeout: CONNECT_MS,
      commandTimeout: COMMAND_MS,
      socketTimeout: SILENCE_MS,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      disableClientInfo: true,
      retryStrategy: () => RETRY_MS,
    });
    this.client.on('error', (error) => this.noteDown(error));
    this.client.on('close', () => this.noteDown(new Error('the connection was closed')));
    this.client.on('ready', () => this.noteUp());
  }

  /** Starts without it, too: the service can be read, and counts as soon as it answers. */
  async onModuleInit(): Promise<void> {
    await this.client.connect().catch((error: unknown) => this.noteDown(error));
  }

  onApplicationShutdown(): void {
    this.client.removeAllListeners('close');
    this.client.disconnect();
  }

  override async add(counts: readonly Count[], at: Date): Promise<readonly RunningCount[]> {
    const digests = counts.map(({ digest }) => digest);
    const ends = counts.map(({ endsAt }) => endsAt.getTime());
    return this.counted(ADD, digests, at, [at.getTime(), SLACK_MS, ...ends]);
  }

  override async count(counts: readonly Count[], at: Date): Promise<void> {
    await this.add(counts, at);
  }

  override find(digests: readonly Buffer[], at: Date): Promise<readonly RunningCount[]> {
    return this.counted(FIND, digests, at, []);
  }

  override async remove(digests: readonly Buffer[]): Promise<void> {
    await this.asked(() => this.client.del(...digests.map((digest) => this.keyOf(digest))));
  }

  override async answers(): Promise<boolean> {
    try {
      await this.client.ping();
      return true;
    } catch {
      return false;
    }
  }

  /** What a script answers of the counters. */
  private async counted(
    script: string,
    digests: readonly Buffer[],
    at: Date,
    parameters: readonly number[],
  ): Promise<readonly RunningCount[]> {
    const keys = digests.map((digest) => this.keyOf(digest));
    const found = await this.asked(() => this.client.eval(script, keys.length, ...keys, ...parameters));
    const rows: readonly unknown[] = Array.isArray(found) ? found : [];
    return digests.flatMap((digest, index) => {
      const [uses, ends] = numbersIn(rows[index]);
      return uses && ends && ends > at.getTime() ? [{ digest, uses, endsAt: new Date(ends) }] : [];
    });
  }

  private keyOf(digest: Buffer): string {
    return this.prefix + digest.toString('base64url');
  }

  private async asked<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      this.noteDown(error);
      throw new DomainError('BUSY', { retryAfterSeconds: RETRY_AFTER_SECONDS });
    }
  }

  /** Once for each outage, however many requests it meets. The address is left out: it may hold a password. */
  private noteDown(error: unknown): void {
    if (this.isDown) return;
    this.isDown = true;
    const reason = error instanceof Error ? error.message : String(error);
    this.log.error(`Redis does not answer (${reason}): what is limited is refused until it does`);
  }

  private noteUp(): void {
    if (this.isDown) this.log.log('Redis answers again');
    this.isDown = false;
  }
}

function numbersIn(row: unknown): readonly number[] {
  return Array.isArray(row) ? row.map(Number) : [];
}
