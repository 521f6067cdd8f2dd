import { PasswordHasher } from '../../libs/password-hash/src/index.js';
import type { TestApp } from './test-app.js';

/** Sign-ins whose passwords have been compared when the last of them has, and when what happens `meanwhile` has happened. */
export async function together<T>(
  app: TestApp,
  signIns: readonly (() => Promise<T>)[],
  meanwhile?: () => Promise<unknown>,
): Promise<T[]> {
  const hasher = app.get(PasswordHasher);
  const verify = hasher.verify.bind(hasher);
  const gates: (() => void)[] = [];
  let arrive = (): void => undefined;
  const reached = new Promise<void>((resolve) => (arrive = resolve));
  const spy = jest.spyOn(hasher, 'verify').mockImplementation(async (stored, given) => {
    const fits = await verify(stored, given);
    if (gates.length === signIns.length) return fits;
    await new Promise<void>((resolve) => {
      gates.push(resolve);
      if (gates.length === signIns.length) arrive();
    });
    return fits;
  });
  const answers = signIns.map((signIn) => signIn());
  await reached;
  await meanwhile?.();
  spy.mockRestore();
  app.statements.length = 0;
  for (const letGo of gates) letGo();
  return Promise.all(answers);
}
