import fc from 'fast-check';
import { ResourceRegistry } from '../../src/dialects/commerce-layer/resource.registry.js';
import { TestApp } from '../support/test-app.js';
import { DescribedBodies, encoded, jsonApiBody, queryOf, rarely, scalarOf } from './bodies.js';
import { aWorld, type World } from './callers.js';
import { hostileBody, hostileHeaders, hostileText, type Draw } from './hostile.js';
import { fuzz, judged, type Sent, type Tally } from './judge.js';

/** For how many routes: some remove what is there. */
const WORLD_LASTS = 25;

let app: TestApp;
let world: World;
let routes: string[];

const rest = new DescribedBodies('adobe-rest');
const admin = new DescribedBodies('admin');

beforeAll(async () => {
  app = await TestApp.startOwn();
  await app.setUp({ policy: { limits: 'off' }, commerceLayer: { mailResets: true, webhookPrivateTargets: false } });
  world = await aWorld(app);
  routes = [...new Set(app.routes)];
});

afterAll(() => app.stop());

/** The surfaces, each with the callers that it knows and with bodies that it would almost take. */
interface Surface {
  readonly name: string;
  readonly paths: RegExp;
  readonly runs: number;
  /** The part of the answers that must not be refusals, or nothing beyond the first check was tried. */
  readonly accepted: number;
  /** The parameters that it knows in URLs; left out: any. */
  readonly query?: RegExp;
  readonly callers: (world: World) => readonly Record<string, string>[];
  readonly body?: (path: string, method: string, draw: Draw) => { type: string; text: string } | null;
}

const json = (value: unknown, type = 'application/json'): { type: string; text: string } => ({
  type,
  text: JSON.stringify(value),
});

function described(bodies: DescribedBodies, prefix: RegExp): NonNullable<Surface['body']> {
  return (path, method, draw) => {
    const schema = bodies.schemaOf(path.replace(prefix, ''), method);
    return schema && json(bodies.make(schema, draw, world));
  };
}

function form(names: readonly string[]): NonNullable<Surface['body']> {
  return (_path, _method, draw) => {
    const pairs = draw(fc.array(fc.constantFrom(...names), { maxLength: names.length })).map(
      (name) => `${name}=${encoded(String(scalarOf('text', name, draw, world)))}`,
    );
    return { type: 'application/x-www-form-urlencoded', text: pairs.join('&') };
  };
}

function oauthBody(_path: string, _method: string, draw: Draw): { type: string; text: string } {
  const isMachine = draw(fc.boolean());
  const good = {
    grant_type: draw(fc.constantFrom('password', 'client_credentials', 'client_credentials', 'refresh_token')),
    client_id: isMachine ? 'demo-integration' : 'demo-sales-channel',
    ...(isMachine ? { client_secret: 'demo-integration-secret' } : {}),
    ...{ username: world.email, password: world.password, scope: 'market:all', refresh_token: 'x', token: 'x' },
  };
  const given = Object.entries(good).map(([name, value]) => [name, rarely(draw, value)]);
  if (draw(fc.boolean())) return json(Object.fromEntries(given));
  return {
    type: 'application/x-www-form-urlencoded',
    text: given
      .map(([name, value]) => `${String(name)}=${encoded(typeof value === 'string' ? value : JSON.stringify(value))}`)
      .join('&'),
  };
}

function resourceBody(path: string, method: string, draw: Draw): { type: string; text: string } | null {
  const resource = app.get(ResourceRegistry).find(/^\/api\/(\w+)/.exec(path)?.[1] ?? '');
  if (!resource || !/POST|PATCH/.test(method)) return null;
  const id = path.includes(':id') ? draw(fc.constantFrom(...world.known)) : '';
  return json(jsonApiBody(resource.declaration, id, draw, world), 'application/vnd.api+json');
}

const surfaces: readonly Surface[] = [
  { name: 'Adobe REST', paths: /^\/rest\//, query: /^searchC|^serv/, runs: 3, accepted: 0.01, callers: ({ adobe }) => adobe, body: described(rest, /^\/rest(?:\/:store)?/) }, // prettier-ignore
  { name: 'Commerce Layer', paths: /^\/api\/(?!:version)/, query: /^(?:filter|page|sort|include|fields)/, runs: 3, accepted: 0.01, callers: ({ commerceLayer }) => commerceLayer, body: resourceBody }, // prettier-ignore
  { name: 'OAuth', paths: /^\/oauth\//, query: /^$/, runs: 100, accepted: 0.01, callers: () => [{}], body: oauthBody },
  { name: 'the admin API', paths: /^\/admin\/v1\//, query: /^(?:cursor|limit|email)/, runs: 5, accepted: 0.01, callers: (all) => all.admin, body: described(admin, /^\/admin\/v1/) }, // prettier-ignore
  {
    name: 'the pages',
    paths: /^\/(?:account|customer)\//,
    runs: 10,
    accepted: 0.01,
    callers: () => [{}],
    body: form(['csrf', 'password', 'email', 'confirmation', '__proto__']),
  },
  { name: 'what else we serve', paths: /^\/(?:$|\.well-known|graphiql|health|assets|dev|metrics)/, runs: 5, accepted: 0.1, callers: () => [{}] }, // prettier-ignore
  {
    name: 'the GraphQL envelopes',
    paths: /graphql(?:\.json)?$/,
    runs: 20,
    accepted: 0.01,
    callers: (all) => [...all.adobe, ...all.shopify, ...all.shopifyAdmin, ...all.commonGroundAdmin],
    body: (_path, _method, draw) =>
      json({
        query: draw(fc.oneof(fc.constantFrom('{__typename}', 'mutation{__typename}', '{a:__typename}'), hostileText)),
        ...(draw(fc.boolean()) ? { variables: draw(fc.oneof(fc.constant({}), fc.jsonValue())) } : {}),
        ...(draw(fc.boolean()) ? { operationName: draw(fc.oneof(fc.constant(null), fc.jsonValue())) } : {}),
      }),
  },
];

const hasBody = (method: string): boolean => ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method);

/** A request that a route takes, or nearly. */
function requestTo(route: string, surface: Surface, draw: Draw): Sent {
  const [verb = 'GET', path = '/'] = route.split(' ');
  const method = verb as NonNullable<Sent['method']>;
  const segment = (): string =>
    encoded(draw(fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...world.known) }, { weight: 1, arbitrary: hostileText }))); // prettier-ignore
  const url = path
    .replace(/:store\b/, () => draw(fc.constantFrom('default', 'all', 'x')))
    .replace(/:version/, '2026-04');
  const own = hasBody(method) && draw(fc.integer({ min: 0, max: 5 })) > 0 ? surface.body?.(path, method, draw) : null;
  const body = own ?? (draw(fc.integer({ min: 0, max: 2 })) === 0 || method === 'POST' ? draw(hostileBody) : null);
  const sends = body && !['GET', 'HEAD'].includes(method);
  const headers = {
    ...draw(fc.constantFrom(...surface.callers(world))),
    ...(draw(fc.integer({ min: 0, max: 2 })) === 0 ? draw(hostileHeaders) : {}),
    ...(sends && body.type !== '' ? { 'content-type': body.type } : {}),
  };
  return {
    method,
    url: url.replace(/:\w+|\*$/g, segment) + queryOf(draw, world, surface.query),
    headers,
    ...(sends ? { body: body.text } : {}),
  };
}

it('knows a surface for every route, so that none is left out', () => {
  const lost = routes.filter((route) => !surfaces.some(({ paths }) => paths.test(route.split(' ')[1] ?? '')));

  expect(lost).toEqual([]);
  expect(routes.length).toBeGreaterThan(250);
});

it.each(surfaces)(
  'answers whatever comes to $name without a fault, in time, telling nothing of the inside (SEC-1, SEC-3, SEC-4, SEC-68)',
  async (surface) => {
    const tally: Tally = { sent: 0, accepted: 0 };

    for (const [at, route] of routes.filter((one) => surface.paths.test(one.split(' ')[1] ?? '')).entries()) {
      if (at % WORLD_LASTS === 0) world = await aWorld(app);
      await fuzz(surface.runs, (draw) => judged(app, requestTo(route, surface, draw), tally));
    }

    expect(tally.accepted / tally.sent).toBeGreaterThan(surface.accepted);
  },
  60_000 * FUZZ,
);

it('answers any method at any path', async () => {
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;

  await fuzz(200, (draw) => {
    const segments = draw(
      fc.array(fc.oneof(fc.constantFrom('api', 'rest', 'V1', 'admin', 'graphql', 'cg'), hostileText)),
    );
    const method = draw(fc.constantFrom(...methods));
    const body = draw(hostileBody);
    const headers = { ...draw(hostileHeaders), ...(body.type === '' ? {} : { 'content-type': body.type }) };
    const request = { method, url: `/${segments.map(encoded).join('/')}${queryOf(draw, world)}`, headers };
    return judged(app, method === 'GET' || method === 'HEAD' ? request : { ...request, body: body.text });
  });
});

it('is alive after all that', async () => {
  expect((await app.request({ url: '/health/ready' })).status).toBe(200);
  expect(await app.signedIn({ number: 0, id: 0, email: world.email, password: world.password }).catch(String)).toEqual(expect.any(String)); // prettier-ignore
});
