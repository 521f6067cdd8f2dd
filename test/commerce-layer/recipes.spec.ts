import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { toShortId } from '../../src/common/public-id.js';
import { selfSigned } from '../support/certificate.js';
import { freePort } from '../support/free-port.js';
import { TestApp } from '../support/test-app.js';
import { otherStore } from './wire.js';

const [AUTH, DEMO, OTHER] = ['auth.keyturn.test', 'demo.keyturn.test', 'other.keyturn.test'];
const ACTING = { clientId: 'acting', clientSecret: 'acting-secret' };

let app: TestApp;
let proxy: Server;
let folder: string;
let base: string;
const asked = new Set<string>();

/** TLS is the proxy's job: one that stands before the listening service, with a certificate for the vendor's two hosts. */
function startProxy(port: number): Promise<void> {
  const { cert, key } = selfSigned(AUTH, DEMO, OTHER);
  writeFileSync(join(folder, 'authority.pem'), cert);
  proxy = createServer({ cert, key }, (request, response) => {
    const { url = '/', method, headers } = request;
    asked.add(`${String(headers.host).split(':')[0]} ${url.split(/[/?]/, 3).join('/')}`);
    const onward = httpRequest(new URL(url, base), { method, headers: { ...headers, 'x-forwarded-for': '192.0.2.7' } });
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  return new Promise((resolve) => proxy.listen(port, '127.0.0.1', resolve));
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-recipes-'));
  const [port, tls] = [await freePort(), await freePort()];
  app = await TestApp.startOwn({
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    ISSUER_URL: `https://${AUTH}:${tls}`,
  });
  await app.setUp({
    stores: [otherStore],
    commerceLayer: {
      applications: [
        { kind: 'integration', clientId: 'demo-integration', clientSecret: 'demo-integration-secret' },
        { kind: 'sales_channel', clientId: 'demo-sales-channel' },
        { kind: 'sales_channel', ...ACTING, jwtBearer: true },
      ],
    },
  });
  base = await app.listen();
  await startProxy(tls);
});

afterAll(async () => {
  proxy.closeAllConnections();
  await new Promise((resolve) => proxy.close(resolve));
  await app.stop();
  rmSync(folder, { recursive: true, force: true });
});

it("serves the vendor's clients under its own host names, unchanged and checking certificates", async () => {
  const { email, password, number } = await app.aCustomer();
  const { port: tls } = proxy.address() as AddressInfo;
  const domain = `keyturn.test:${tls}`;
  const told = {
    ...{ domain, base, acting: ACTING, ownerId: toShortId(number) },
    integration: { clientId: 'demo-integration', clientSecret: 'demo-integration-secret' },
    channel: { clientId: 'demo-sales-channel' },
    customer: { username: email, password },
  };

  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(process.cwd(), 'test/commerce-layer/storefront.mjs'), JSON.stringify(told)],
    { env: { PATH: process.env['PATH'], NODE_EXTRA_CA_CERTS: join(folder, 'authority.pem') } },
  );

  expect(JSON.parse(stdout)).toEqual({
    byName: {
      endpoint: `https://demo.${domain}`,
      emails: [email],
      self: `https://demo.${domain}/api/customers/${toShortId(number)}`,
      limit: '100',
    },
    verified: [true, `https://auth.${domain}`, 'integration:guest'],
    forged: 'InvalidTokenError',
    intercepted: ['demo', [`demo.${domain}`]],
    told: ['demo', 'demo', 'INVALID_TOKEN'],
    shop: {
      types: ['guest', 'customer', 'guest'],
      isCached: true,
      kind: true,
      owner: [true, email],
      ...{ logout: null, afterLogout: 'INVALID_TOKEN', refreshAfterLogout: 'invalid_grant' },
      keys: ['cl_guest-demo-sales-channel-market:all'],
    },
    machine: { type: 'guest', revoked: null, isNew: true, first: 'INVALID_TOKEN', second: 'allowed' },
    delegated: {
      owner: ['customer', true],
      claim: { tier: 'gold ?>~ é 日本' },
      verified: { tier: 'gold ?>~ é 日本' },
      ...{ refused: 'invalid_assertion', revoked: null, dead: 'INVALID_TOKEN' },
    },
  });
  expect([...asked].sort()).toEqual([
    ...[`${AUTH} /.well-known/jwks.json`, `${AUTH} /oauth/revoke`, `${AUTH} /oauth/token`],
    ...[`${DEMO} /api/customers`, `${DEMO} /api/organization`, `${OTHER} /api/organization`],
  ]);
});
