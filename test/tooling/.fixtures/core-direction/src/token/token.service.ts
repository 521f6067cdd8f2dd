import type { Door as Customer } from '../customer/index.js'; // refused
import { Door as Mail } from '../mail/index.js'; // refused
import { Door as Store } from '../store/index.js';

export type Service = [Customer, Mail, Store];
