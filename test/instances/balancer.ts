import { Agent, createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const PROBE_MS = 100;

/** A load balancer as simple as they come: it asks for readiness, keeps connections, and never tries a request again. */
export class Balancer {
  /** How many requests each instance was given. */
  readonly given: number[];
  private readonly ready: boolean[];
  private readonly agent = new Agent({ keepAlive: true });
  private readonly server: Server;
  private readonly probes: NodeJS.Timeout;
  private turn = 0;

  /** @param urls where the instances are now; an instance that starts again is somewhere else */
  private constructor(private readonly urls: readonly (() => string)[]) {
    this.given = urls.map(() => 0);
    this.ready = urls.map(() => false);
    this.server = createServer((asked, answer) => this.pass(asked, answer));
    this.probes = setInterval(() => urls.forEach((_, at) => void this.probe(at)), PROBE_MS);
  }

  static async start(urls: readonly (() => string)[]): Promise<Balancer> {
    const balancer = new Balancer(urls);
    await new Promise<void>((resolve) => balancer.server.listen(0, '127.0.0.1', resolve));
    return balancer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  isReady(at: number): boolean {
    return this.ready[at] === true;
  }

  async stop(): Promise<void> {
    clearInterval(this.probes);
    this.agent.destroy();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async probe(at: number): Promise<void> {
    const answer = await fetch(`${this.urls[at]?.()}/health/ready`).catch(() => null);
    await answer?.arrayBuffer();
    this.ready[at] = answer?.status === 200;
  }

  private pass(asked: IncomingMessage, answer: ServerResponse): void {
    const at = this.next();
    if (at === null) return void answer.writeHead(502).end('nobody is ready');
    this.given[at] = (this.given[at] ?? 0) + 1;
    const { method, headers, url = '/' } = asked;
    const sent = request(`${this.urls[at]?.()}${url}`, { method, headers, agent: this.agent }, (response) => {
      answer.writeHead(response.statusCode ?? 502, { 'content-type': response.headers['content-type'] });
      response.pipe(answer);
    });
    sent.once('error', (error) => answer.writeHead(502).end(String(error)));
    asked.pipe(sent);
  }

  private next(): number | null {
    const open = this.urls.map((_, at) => at).filter((at) => this.ready[at]);
    return open[(this.turn += 1) % open.length] ?? null;
  }
}
