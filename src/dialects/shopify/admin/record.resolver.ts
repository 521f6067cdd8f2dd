import { Args, Mutation } from '@nestjs/graphql';
import { Allow, CurrentCaller, type Caller } from '../../../access/index.js';
import { Clock } from '../../../common/clock.js';
import {
  passwordRulesOf,
  CustomerService,
  RecordService,
  RegistrationService,
  RemovalService,
} from '../../../customer/index.js';
import { addressListIn } from './address.input.js';
import { AdminCustomers } from './admin.customers.js';
import { toAdminCustomer, toShop } from './admin.mapper.js';
import { adminPayload } from './admin.payload.js';
import { AdminResolver } from './admin.schema.js';
import { newRecordIn, Reading, recordChangesIn } from './customer.input.js';
import {
  AdminCustomerCreatePayload,
  AdminCustomerDeletePayload,
  AdminCustomerUpdatePayload,
} from './customer.types.js';
import { AdminCustomerDeleteInput, AdminCustomerInput } from './input.types.js';

const NOBODY: Pick<AdminCustomerCreatePayload, 'customer'> = { customer: null };

/** Records of customers, written by the merchant's own apps. */
@AdminResolver()
export class AdminRecordResolver {
  constructor(
    private readonly found: AdminCustomers,
    private readonly customers: CustomerService,
    private readonly registration: RegistrationService,
    private readonly records: RecordService,
    private readonly removals: RemovalService,
    private readonly clock: Clock,
  ) {}

  /** A record without an account; an activation or an invitation leads to one. */
  @Allow('staff')
  @Mutation(() => AdminCustomerCreatePayload, { nullable: true })
  customerCreate(
    @Args('input', { type: () => AdminCustomerInput }) input: AdminCustomerInput,
    @CurrentCaller() { store, trail }: Caller,
  ): Promise<AdminCustomerCreatePayload> {
    return adminPayload('customerCreate', NOBODY, async () => {
      const customer = await this.registration.register({
        ...newRecordIn(input, store, this.clock.now()),
        store,
        trail,
        password: null,
        rules: passwordRulesOf(store),
        uniquePhone: true,
        state: 'disabled',
        emailConfirmed: true,
        machine: true,
      });
      return { customer: toAdminCustomer(customer) };
    });
  }

  @Allow('staff')
  @Mutation(() => AdminCustomerUpdatePayload, { nullable: true })
  customerUpdate(
    @Args('input', { type: () => AdminCustomerInput }) input: AdminCustomerInput,
    @CurrentCaller() { store, trail }: Caller,
  ): Promise<AdminCustomerUpdatePayload> {
    return adminPayload('customerUpdate', NOBODY, async () => {
      const customer = await this.found.get(input.id, store);
      const reading = new Reading();
      const { email, changes } = recordChangesIn(input, customer, store, reading);
      const { firstName = customer.firstName, lastName = customer.lastName } = changes;
      const kept = input.addresses ? await this.customers.addressesOf(customer) : [];
      const addresses = input.addresses
        ? addressListIn(input.addresses, { firstName, lastName }, kept, reading.refuse)
        : null;
      reading.check();
      const order = { customer, changes, uniquePhone: true, store, trail };
      const changed = await this.records.update({
        ...order,
        ...(email ? { email } : {}),
        ...(addresses ? { addresses } : {}),
      });
      return { customer: toAdminCustomer(changed) };
    });
  }

  @Allow('staff')
  @Mutation(() => AdminCustomerDeletePayload, { nullable: true })
  customerDelete(
    @Args('input', { type: () => AdminCustomerDeleteInput }) { id }: AdminCustomerDeleteInput,
    @CurrentCaller() { store, trail }: Caller,
  ): Promise<AdminCustomerDeletePayload> {
    const nothing: Omit<AdminCustomerDeletePayload, 'userErrors'> = { deletedCustomerId: null, shop: toShop(store) };
    return adminPayload('customerDelete', nothing, async () => {
      const customer = await this.found.get(id, store);
      await this.removals.remove(customer, store, trail);
      return { ...nothing, deletedCustomerId: toAdminCustomer(customer).id };
    });
  }
}
