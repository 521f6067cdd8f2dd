import { clientOf, operations } from '../adobe/wire.js';
import type { TestApp } from '../support/test-app.js';

export const KINDS = [
  ...['known', 'unknown', 'unverified', 'locked', 'disabled', 'invited', 'withoutPassword', 'disabledByStaff'],
  ...['cheapHash'],
] as const; // prettier-ignore
export type Kind = (typeof KINDS)[number];

/** Of "Latchkey-Demo-1", as an imported shop had it: far cheaper than one of ours. */
const MD5 = '80e0d9f5d10af89f5be5d1ddfbb9350e:aZ09bY18cX27dW36eV45fU54gT63hS72:0';

/** Addresses of accounts of every kind that a stranger must not be able to tell apart, all of the same length. */
export async function oneOfEachKind(app: TestApp, round: string): Promise<Record<Kind, string>> {
  const emails = Object.fromEntries(
    KINDS.map((kind) => [kind, `${kind.padEnd(16, '0').toLowerCase()}-${round}@example.com`]),
  ) as Record<Kind, string>;
  const make = (kind: Kind, more: object = {}): Promise<{ number: number }> => app.aCustomer({ email: emails[kind], ...more }); // prettier-ignore
  await make('known');
  await make('unverified', { emailConfirmed: false });
  await make('locked');
  await make('disabled', { state: 'disabled' });
  await make('invited', { state: 'invited' });
  await make('withoutPassword', { password: null });
  await make('cheapHash', { password: null, passwordHash: MD5 });
  const { number } = await make('disabledByStaff');
  await app.admin('POST', `/customers/${number}/disable`);
  for (let tries = 0; tries < 10; tries += 1) {
    await clientOf(app)(operations.generateCustomerToken, { email: emails.locked, password: 'not the password' });
  }
  return emails;
}
