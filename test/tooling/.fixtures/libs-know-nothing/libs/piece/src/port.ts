import type { Customer } from '../../../src/customer/index.js'; // refused
import { TestApp } from '../../../test/support/test-app.js'; // refused

export type Port = Customer | TestApp;
