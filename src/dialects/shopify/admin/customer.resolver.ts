import { Args, Context, ID, Info, Query } from '@nestjs/graphql';
import type { FastifyRequest } from 'fastify';
import type { GraphQLResolveInfo } from 'graphql';
import { Allow, CurrentCaller, type Caller } from '../../../access/index.js';
import { Clock } from '../../../common/clock.js';
import { CustomerSearchService, CustomerService, type Customer } from '../../../customer/index.js';
import type { Store } from '../../../store/index.js';
import { isGiven } from '../shopify.connections.js';
import { parsedEmail, phoneIn } from '../shopify.input.js';
import { AdminCustomers } from './admin.customers.js';
import { noteSearch } from './admin.extensions.js';
import { toAdminCustomer, toShop } from './admin.mapper.js';
import { AdminResolver } from './admin.schema.js';
import { AdminShop } from './admin.types.js';
import { pageOrderIn, toConnection } from './customer.pages.js';
import { AdminCustomer, AdminCustomerConnection } from './customer.types.js';
import { AdminCustomerIdentifierInput, AdminCustomersArguments } from './input.types.js';
import { criteriaOf } from './search.criteria.js';

/** Customers as the merchant's own apps see them: all of the realm's. */
@AdminResolver()
export class AdminCustomerResolver {
  constructor(
    private readonly found: AdminCustomers,
    private readonly customers: CustomerService,
    private readonly searches: CustomerSearchService,
    private readonly clock: Clock,
  ) {}

  @Allow('staff')
  @Query(() => AdminShop)
  shop(@CurrentCaller() { store }: Caller): AdminShop {
    return toShop(store);
  }

  @Allow('staff')
  @Query(() => AdminCustomer, { nullable: true })
  async customer(
    @Args('id', { type: () => ID }) id: string,
    @CurrentCaller() { store }: Caller,
  ): Promise<AdminCustomer | null> {
    const customer = await this.found.find(id, store);
    return customer && toAdminCustomer(customer);
  }

  /** By exactly one of three; nobody is null. */
  @Allow('staff')
  @Query(() => AdminCustomer, { nullable: true })
  async customerByIdentifier(
    @Args('identifier', { type: () => AdminCustomerIdentifierInput }) given: AdminCustomerIdentifierInput,
    @CurrentCaller() { store }: Caller,
  ): Promise<AdminCustomer | null> {
    const customer = await this.byIdentifier(given, store);
    return customer && toAdminCustomer(customer);
  }

  @Allow('staff')
  @Query(() => AdminCustomerConnection, { name: 'customers' })
  async list(
    @Args() given: AdminCustomersArguments,
    @CurrentCaller() { store }: Caller,
    @Context('req') request: FastifyRequest,
    @Info() { path }: GraphQLResolveInfo,
  ): Promise<AdminCustomerConnection> {
    const page = pageOrderIn(given);
    const query = given.query ?? '';
    const { criteria, warnings } = criteriaOf(query, { store, now: this.clock.now() });
    noteSearch(request, { path: [path.key], query, warnings });
    return toConnection(await this.searches.find(store.realm, criteria, page), page);
  }

  private async byIdentifier(
    { id, emailAddress, phoneNumber }: AdminCustomerIdentifierInput,
    store: Store,
  ): Promise<Customer | null> {
    if (isGiven(id)) return this.found.find(id, store);
    if (isGiven(emailAddress)) {
      const email = parsedEmail(emailAddress, store);
      return email && this.customers.findByEmail(store, email);
    }
    const phone = phoneIn(phoneNumber, store, () => undefined);
    return phone === null ? null : this.customers.findByPhone(store, phone);
  }
}
