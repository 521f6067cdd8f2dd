import { loadConfig } from '../../src/config/index.js';
import { CustomerSetup } from '../../src/customer/index.js';
import { readSetup, SetupService } from '../../src/store/index.js';
import type { TestApp } from '../support/test-app.js';

/** What every start does with its setup file. */
export async function applySetup(app: TestApp, setup: object): Promise<void> {
  const checked = readSetup(JSON.stringify(setup), loadConfig());
  await app.get(SetupService).apply(checked);
  await app.get(CustomerSetup).apply(checked);
}
