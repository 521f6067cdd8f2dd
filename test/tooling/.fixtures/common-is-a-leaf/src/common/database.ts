import { Config } from '../config/index.js';
import { Customer } from '../customer/index.js'; // refused
import { Clock } from './clock.js';

export const database = [Config, Customer, Clock];
