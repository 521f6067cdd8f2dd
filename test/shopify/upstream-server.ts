import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { applySetup } from '../setup/apply-setup.js';
import type { TestApp } from '../support/test-app.js';
import { withShopify } from './multipass.js';

interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export const CATALOGUE = 'query P($n: Int!) { products(first: $n) { nodes { id } } }';
export const UPSTREAM_TOKEN = 'the-upstreams-own-token';
export const JSON_TYPE = { 'content-type': 'application/json' };
export const PRODUCTS = { data: { products: { nodes: [{ id: 'gid://shopify/Product/1' }] } } };

const respond = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(PRODUCTS));
};

/** A storefront API of somebody else's. */
export class UpstreamServer {
  readonly received: Received[] = [];
  /** What it does with the next requests. */
  respond = respond;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<UpstreamServer> {
    const server = createServer();
    const upstream = new UpstreamServer(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method, url, headers } = request;
        upstream.received.push({ method, url, headers, text: Buffer.concat(chunks).toString() });
        upstream.respond(response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return upstream;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Puts it behind the demo store. */
  serve(app: TestApp, more: object = {}): Promise<void> {
    const upstream = { url: `${this.url}/api/2026-04/graphql.json`, token: UPSTREAM_TOKEN, timeoutMs: 1000, ...more };
    return applySetup(app, withShopify({ upstream }));
  }

  /** As it was at the start. */
  reset(): void {
    this.received.length = 0;
    this.respond = respond;
  }

  /** Answers with a status, headers and a text. */
  says(status: number, headers: Record<string, string>, text: string): void {
    this.respond = (response) => void response.writeHead(status, headers).end(text);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
