import { connect, createServer, type Socket } from 'node:net';

/** A way to a server that can be cut (connections break and are refused) or made to hang (nothing passes). */
export class Cuttable {
  private readonly sockets = new Set<Socket>();
  private hangs = false;
  private port = 0;
  private readonly server = createServer((client) => this.join(client));

  constructor(
    private readonly host: string,
    private readonly target: number,
  ) {}

  /** The local port that leads there; the same each time. */
  async open(): Promise<number> {
    this.hangs = false;
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
    const address = this.server.address();
    this.port = typeof address === 'object' && address ? address.port : 0;
    return this.port;
  }

  async cut(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  /** Connections stay, and new ones are taken, but nothing comes through any more. */
  hang(): void {
    this.hangs = true;
    for (const socket of this.sockets) socket.pause();
  }

  /** What was held back goes on its way. */
  goOn(): void {
    this.hangs = false;
    for (const socket of this.sockets) socket.resume();
  }

  private join(client: Socket): void {
    const server = connect(this.target, this.host);
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.sockets.add(one);
      one.on('data', (data) => other.write(data));
      one.on('error', () => undefined);
      one.on('close', () => {
        this.sockets.delete(one);
        other.destroy();
      });
      if (this.hangs) one.pause();
    }
  }
}
