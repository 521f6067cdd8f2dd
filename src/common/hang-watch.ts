import { Socket } from 'node:net';
import { Logger } from '@nestjs/common';
import { createConnection, type ConnectionOptions, type Pool, type QueryError } from 'mysql2';

const TICK_MS = 1_000;
/** After so long without a byte from the server, while it owes an answer, it is asked by another connection. */
const SILENT_TICKS = 2;
const PATIENCE_MS = 3_000;

type Taken = Parameters<Pool['getConnection']>[0];

/** What we use of mysql2's lists. */
interface Queue {
  readonly length: number;
  get(at: number): unknown;
  shift(): unknown;
}

const log = new Logger('database');

/**
 * Notices that the server hangs, though its connections stay: a network that drops packets, a server that is paused.
 * Then whoever waits for it is refused, and so is whoever comes, until it answers again.
 *
 * A statement that is slow, or waits for a lock, is no such case: a connection of the watch's own is answered meanwhile.
 */
export class HangWatch {
  private readonly timer: NodeJS.Timeout;
  private silentTicks = 0;
  private bytes = 0;
  private hangs = false;
  private isAsking = false;

  constructor(
    private readonly pool: Pool,
    private readonly options: ConnectionOptions,
  ) {
    const getConnection = pool.getConnection.bind(pool);
    pool.getConnection = (taken: Taken) => (this.hangs ? refuse(taken) : getConnection(taken));
    this.timer = setInterval(() => void this.tick(), TICK_MS).unref();
  }

  private async tick(): Promise<void> {
    if (Reflect.get(this.pool, '_closed') === true) clearInterval(this.timer);
    else if (!this.isAsking && (this.hangs || this.isSilent())) await this.look();
  }

  private isSilent(): boolean {
    const connections = this.connections();
    const bytes = connections.reduce((sum, { stream }) => sum + stream.bytesRead, 0);
    this.silentTicks = bytes === this.bytes && connections.some(({ isOwed }) => isOwed) ? this.silentTicks + 1 : 0;
    this.bytes = bytes;
    return this.silentTicks >= SILENT_TICKS;
  }

  private async look(): Promise<void> {
    this.isAsking = true;
    const hangs = !(await answers(this.options));
    this.isAsking = false;
    this.silentTicks = 0;
    if (hangs === this.hangs) return;
    this.hangs = hangs;
    if (hangs) this.giveUp();
    else log.log('the database answers again');
  }

  /** Connections on which something was asked must not answer to somebody else later. */
  private giveUp(): void {
    log.warn('the database does not answer: its connections are given up');
    const waiting = queueOf(this.pool, '_connectionQueue');
    for (let taken = waiting.shift(); taken !== undefined; taken = waiting.shift()) refuse(taken);
    for (const { stream } of this.connections()) stream.destroy(silence());
  }

  private connections(): { readonly stream: Socket; readonly isOwed: boolean }[] {
    const all = queueOf(this.pool, '_allConnections');
    return Array.from({ length: all.length }, (_, at) => all.get(at)).flatMap((connection) => {
      if (typeof connection !== 'object' || connection === null || !('stream' in connection)) return [];
      const { stream } = connection;
      return stream instanceof Socket ? [{ stream, isOwed: Boolean(Reflect.get(connection, '_command')) }] : [];
    });
  }
}

/** Whether a connection of its own gets an answer soon; a refusal is one. */
function answers({ host, port, user, password, database, socketPath, ssl }: ConnectionOptions): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = createConnection({ host, port, user, password, database, socketPath, ssl, connectTimeout: 0 });
    // what has arrived while this process was busy is read first
    const timer = setTimeout(() => setImmediate(() => end(false)), PATIENCE_MS);
    const end = (answered: boolean): void => {
      clearTimeout(timer);
      connection.destroy();
      resolve(answered);
    };
    const said = (error: QueryError | null): void => end(!error || Number(error.errno) > 0);
    connection.on('error', said);
    connection.query('SELECT 1', said);
  });
}

function silence(): Error {
  return Object.assign(new Error('the database does not answer'), { code: 'ETIMEDOUT' });
}

/** Later, as mysql2 does. */
function refuse(taken: unknown): void {
  if (typeof taken === 'function') process.nextTick(() => void Reflect.apply(taken, undefined, [silence()]));
}

function queueOf(pool: Pool, name: string): Queue {
  const queue: unknown = Reflect.get(pool, name);
  if (!isQueue(queue)) throw new Error(`mysql2 has no ${name}`);
  return queue;
}

function isQueue(queue: unknown): queue is Queue {
  return typeof queue === 'object' && queue !== null && 'shift' in queue && 'get' in queue;
}
