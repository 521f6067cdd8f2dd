import fc from 'fast-check';
import { TestApp } from '../support/test-app.js';
import { aWorld, type World } from './callers.js';
import { Documents } from './documents.js';
import { hostileHeaders } from './hostile.js';
import { fuzz, judged, type Tally } from './judge.js';

/** For how many root fields: some remove what is there. */
const WORLD_LASTS = 25;

let app: TestApp;
let world: World;

beforeAll(async () => {
  app = await TestApp.startOwn();
  await app.setUp({ policy: { limits: 'off' } });
});

afterAll(() => app.stop());

const endpoints = [
  { name: 'Adobe', schema: 'adobe', url: '/graphql', runs: 3, callers: ({ adobe }: World) => adobe },
  { name: "Shopify's storefront", schema: 'shopify', url: '/api/2026-04/graphql.json', runs: 3, callers: ({ shopify }: World) => shopify }, // prettier-ignore
  { name: "Shopify's admin", schema: 'shopify-admin', url: '/admin/api/2026-04/graphql.json', runs: 5, callers: (all: World) => all.shopifyAdmin }, // prettier-ignore
  { name: "Common Ground's client surface", schema: 'common-ground-client', url: '/cg/client/graphql', runs: 5, callers: (all: World) => all.commonGround }, // prettier-ignore
  { name: "Common Ground's admin surface", schema: 'common-ground-admin', url: '/cg/admin/graphql', runs: 5, callers: (all: World) => all.commonGroundAdmin }, // prettier-ignore
];

it.each(endpoints)(
  'answers documents of the schema of $name, with whatever values, without a fault, in time, telling nothing of the inside (SEC-1, SEC-3, SEC-4, SEC-68)',
  async ({ schema, url, runs, callers }) => {
    const tally: Tally = { sent: 0, accepted: 0 };
    const documents = new Documents(schema);

    for (const [at, field] of documents.rootFields.entries()) {
      if (at % WORLD_LASTS === 0) world = await aWorld(app);
      await fuzz(runs, (draw) => {
        const caller = draw(fc.constantFrom(...callers(world)));
        const headers = { ...caller, ...(draw(fc.integer({ min: 0, max: 9 })) === 0 ? draw(hostileHeaders) : {}) };
        return judged(app, { method: 'POST', url, headers, body: documents.make(field, draw, world) }, tally);
      });
    }

    expect(tally.accepted / tally.sent).toBeGreaterThan(0.1);
  },
  60_000 * FUZZ,
);
