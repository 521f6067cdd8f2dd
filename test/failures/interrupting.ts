import { connect, createServer, type Socket } from 'node:net';

/** What is sent when something is changed; of MySQL's protocol, as the text of a command. */
const CHANGES = /^(?:ALTER|COMMIT|CREATE|DELETE|DROP|INSERT|REPLACE|START|UPDATE)\b/i;
const QUERY = 3;
const HEADER = 4;

interface Plan {
  /** Which of the changing statements, from 1. */
  readonly at: number;
  /** Whether the server gets it; its answer is lost in either case. */
  readonly isDone: boolean;
  readonly act: () => void;
}

/** A way to MariaDB on which everything breaks off at a chosen statement, just before it or just after it was carried out. */
export class Interrupting {
  /** The statements at which it broke off, each with what became of it. */
  readonly met: string[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer((client) => this.join(client));
  private plan: Plan | null = null;
  private passed = 0;

  constructor(private readonly target: URL) {}

  /** The address of the database by that way. */
  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const address = this.server.address();
    const port = typeof address === 'object' && address ? String(address.port) : '';
    return Object.assign(new URL(this.target), { hostname: '127.0.0.1', port }).href;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.breakOff();
    await closed;
  }

  /** What breaks off is all that passes here; the count begins now. */
  next(plan: Plan): void {
    this.plan = plan;
    this.passed = 0;
  }

  private join(client: Socket): void {
    const server = connect(Number(this.target.port || 3306), this.target.hostname);
    let input = Buffer.alloc(0);
    let isLast = false;
    client.on('data', (data) => {
      input = Buffer.concat([input, data]);
      for (let size = packetIn(input); size > 0 && !isLast; size = packetIn(input)) {
        isLast = this.isWanted(input.subarray(0, size));
        if (!isLast || this.plan?.isDone) server.write(input.subarray(0, size));
        if (isLast && !this.plan?.isDone) this.end();
        input = input.subarray(size);
      }
    });
    server.on('data', (data) => {
      if (isLast) this.end();
      else client.write(data);
    });
    for (const [one, other] of [[client, server], [server, client]] as const) this.tie(one, other); // prettier-ignore
  }

  private tie(one: Socket, other: Socket): void {
    this.sockets.add(one);
    one
      .on('error', () => undefined)
      .on('close', () => {
        this.sockets.delete(one);
        other.destroy();
      });
  }

  private isWanted(packet: Buffer): boolean {
    const statement = packet[HEADER] === QUERY ? packet.subarray(HEADER + 1).toString() : '';
    if (!this.plan || !CHANGES.test(statement)) return false;
    this.passed += 1;
    if (this.passed !== this.plan.at) return false;
    this.met.push(`${/^\w+/.exec(statement)?.[0].toUpperCase()} ${this.plan.isDone ? 'done' : 'not done'}`);
    return true;
  }

  private end(): void {
    this.plan?.act();
    this.plan = null;
    this.breakOff();
  }

  private breakOff(): void {
    for (const socket of this.sockets) socket.destroy();
  }
}

/** The length of the packet at the beginning, its header included; 0 while it is not there as a whole. */
function packetIn(input: Buffer): number {
  const size = input.length < HEADER ? Infinity : input.readUIntLE(0, 3) + HEADER;
  return input.length < size ? 0 : size;
}
