import { Get } from '@nestjs/common';
import { CurrentCaller, type Caller } from '../../../access/index.js';
import { sessionOf } from '../adobe.caller.js';
import { RestCustomers } from './rest.customers.js';
import { RestController, Self } from './rest.route.js';
import type { AdobeRestCustomer } from './rest.types.js';

/** The customer whose token is presented. */
@RestController('customers/me')
export class AdobeRestMeController {
  constructor(private readonly customers: RestCustomers) {}

  @Self()
  @Get()
  me(@CurrentCaller() caller: Caller): Promise<AdobeRestCustomer> {
    return this.customers.shown(sessionOf(caller).customer);
  }
}
