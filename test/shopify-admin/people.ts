import type { TestApp } from '../support/test-app.js';
import { aRecord, ask, LIST } from './admin.js';

const PEOPLE = [
  {
    email: 'how@gmail.com',
    firstName: 'Howard',
    lastName: 'Stone',
    tags: ['vip', 'big spender'],
    phone: '+16134505293',
  },
  {
    email: 'ann.lee@kiln.example',
    firstName: 'Ann',
    lastName: 'Lee',
    tags: ['VIP', 'gmail'],
    addresses: [{ city: 'Ottawa', country: 'Canada', provinceCode: 'ON' }],
  },
  { email: 'lee@kiln.example', firstName: 'Lee', lastName: "O'Hara-Smith", note: 'how' },
  { email: 'nameless@example.org', addresses: [{ address1: '5 Kiln Road', city: 'Graz', countryCode: 'AT' }] },
  { email: 'per_cent%@example.org', firstName: 'Zoë', lastName: '100% pure_x', tags: ['50%', 'a"b'] },
] as const;

/** In the order in which they were made. */
export const ALL = ['how', 'ann.lee', 'lee', 'nameless', 'per_cent%'];

/** Makes them, a day after one another, and invites the first. The answer is their numbers. */
export async function makePeople(app: TestApp): Promise<Map<string, number>> {
  const numbers = new Map<string, number>();
  for (const input of PEOPLE) {
    const { legacyResourceId } = await aRecord(app, input);
    numbers.set(input.email, Number(legacyResourceId));
    app.clock.advance(24 * 3600);
  }
  await app.admin('POST', `/customers/${numbers.get('how@gmail.com')}/invite`);
  return numbers;
}

/** The local parts of who is found, in the order of the answer. */
export async function found(app: TestApp, query: string, more: object = { sortKey: 'CREATED_AT' }): Promise<string[]> {
  return localParts(await ask(app, LIST, { first: 50, query, ...more }));
}

/** Of a page; the demo setup's customer is left out. */
export function localParts({ nodes }: { readonly nodes: readonly { readonly email: string }[] }): string[] {
  return nodes.map(({ email }) => email.split('@')[0] ?? '').filter((name) => name !== 'roni_cost');
}
