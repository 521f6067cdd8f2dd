import { Args, Mutation } from '@nestjs/graphql';
import { Allow, CurrentCaller, type Caller } from '../../access/index.js';
import { EmailService, ProfileService, RemovalService, type Customer } from '../../customer/index.js';
import { sessionOf, settingsOf } from './adobe.caller.js';
import { refuse, refuseEmpty, wellFormedEmail } from './adobe.input.js';
import { toCustomer } from './adobe.mapper.js';
import { AdobeResolver } from './adobe.schema.js';
import { changesIn } from './customer.input.js';
import { AdobeCustomerOutput } from './customer.types.js';
import { AdobeCustomerInput, AdobeCustomerUpdateInput } from './profile.types.js';

const EMPTY = '"input" value should be specified';

/** What customers change of themselves, to the end. */
@AdobeResolver()
export class AdobeProfileResolver {
  constructor(
    private readonly profiles: ProfileService,
    private readonly emails: EmailService,
    private readonly removal: RemovalService,
  ) {}

  /** A new address wants the current password; without a new address a password that comes along is ignored. */
  @Allow('customer')
  @Mutation(() => AdobeCustomerOutput, { nullable: true, deprecationReason: 'use updateCustomerV2' })
  async updateCustomer(
    @Args('input', { type: () => AdobeCustomerInput }) input: AdobeCustomerInput,
    @CurrentCaller() caller: Caller,
  ): Promise<AdobeCustomerOutput> {
    refuseEmpty(input, EMPTY);
    const { email = null } = input;
    const isMoving = email !== null && email !== sessionOf(caller).customer.email;
    const changed = isMoving ? this.moved(caller, input, email) : this.changed(caller, input);
    return { customer: toCustomer(await changed, settingsOf(caller.store)) };
  }

  @Allow('customer')
  @Mutation(() => AdobeCustomerOutput, { nullable: true })
  async updateCustomerV2(
    @Args('input', { type: () => AdobeCustomerUpdateInput }) input: AdobeCustomerUpdateInput,
    @CurrentCaller() caller: Caller,
  ): Promise<AdobeCustomerOutput> {
    refuseEmpty(input, EMPTY);
    return { customer: toCustomer(await this.changed(caller, input), settingsOf(caller.store)) };
  }

  @Allow('customer')
  @Mutation(() => Boolean, { nullable: true })
  async deleteCustomer(@CurrentCaller() caller: Caller): Promise<boolean> {
    await this.removal.remove(sessionOf(caller).customer, caller.store, caller.trail);
    return true;
  }

  private async changed(caller: Caller, input: AdobeCustomerInput | AdobeCustomerUpdateInput): Promise<Customer> {
    const { store, trail } = caller;
    const { customer } = sessionOf(caller);
    const changes = changesIn(input, customer, settingsOf(store));
    return (await this.profiles.update({ customer, changes, store, trail })).customer;
  }

  private moved(caller: Caller, input: AdobeCustomerInput, email: string): Promise<Customer> {
    const { store, trail } = caller;
    const session = sessionOf(caller);
    const currentPassword = input.password || refuse('Provide the current "password" to change "email".');
    const wanted = () => ({
      email: wellFormedEmail(email, store),
      changes: changesIn(input, session.customer, settingsOf(store)),
    });
    return this.emails.changeEmail({ session, currentPassword, wanted, store, trail });
  }
}
