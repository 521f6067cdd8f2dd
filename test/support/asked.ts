import { DataSource } from 'typeorm';
import type { Parameter } from '../../src/common/parameter.js';
import type { TestApp } from './test-app.js';

/** A statement, and the values that it was asked with. */
export interface Asked {
  readonly sql: string;
  readonly parameters: readonly Parameter[];
}

/** All statements that were asked of the database while something ran, in their order. */
export async function askedDuring(app: TestApp, run: () => Promise<void>): Promise<readonly Asked[]> {
  const log = jest.spyOn(app.get(DataSource).logger, 'logQuery');
  await run();
  const asked = log.mock.calls.map(([sql, given]) => ({ sql, parameters: Array.isArray(given) ? given : [] }));
  log.mockRestore();
  return asked;
}
