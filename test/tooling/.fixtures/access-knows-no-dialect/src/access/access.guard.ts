import { Customer } from '../customer/index.js';
import { callerOf } from '../dialects/adobe/adobe.caller.js'; // refused
import { LimitService } from '../lockout/index.js'; // refused
import { staff } from '../admin/admin.caller.js'; // refused

export const guard = [Customer, callerOf, LimitService, staff];
