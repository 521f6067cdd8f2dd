import { CounterStore } from '../../src/lockout/counter-store.js';
import { LimitRepository } from '../../src/lockout/limit.repository.js';
import { TestApp } from '../support/test-app.js';
import { counterStoreContract } from './counter-store.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

it('are kept in the database where no other store is named', () => {
  expect(app.get(CounterStore)).toBeInstanceOf(LimitRepository);
});

counterStoreContract(() => app.get(CounterStore));
