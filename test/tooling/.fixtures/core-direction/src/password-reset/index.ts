import { Door as Customer } from '../customer/index.js';
import { Door as Token } from '../token/index.js';
import { Door as Event } from '../event/index.js';
import { Clock } from '../common/clock.js';
import { Config } from '../config/index.js';
import { AccessGuard } from '../access/access.guard.js'; // refused

export const reset = [Customer, Token, Event, Clock, Config, AccessGuard];
