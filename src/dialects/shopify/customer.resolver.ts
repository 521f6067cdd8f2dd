import { Args, Mutation, Query } from '@nestjs/graphql';
import { ReminderService, type ReminderOrder } from '../../activation/index.js';
import { Allow, CurrentCaller, type Caller } from '../../access/index.js';
import { isDomainError } from '../../common/domain-error.js';
import {
  passwordRulesOf,
  PasswordPolicy,
  ProfileService,
  RegistrationService,
  type Customer,
} from '../../customer/index.js';
import { EmailChangeRequestService } from '../../email-confirmation/index.js';
import { newCustomerIn, profileChangeIn } from './customer.input.js';
import { ShopifyCustomer, ShopifyCustomerCreateInput, ShopifyCustomerUpdateInput } from './customer.types.js';
import { ShopifyCustomerCreatePayload, ShopifyCustomerUpdatePayload } from './payload.types.js';
import { ShopifyCaller } from './shopify.caller.js';
import { activationMailed, ShopifyInputError } from './shopify.errors.js';
import { payload, toAccessToken, toCustomer, type Refusals } from './shopify.mapper.js';
import { ShopifyResolver } from './shopify.schema.js';
import { tokenFor } from './token.resolver.js';

/** The customer: who it is, a new one, and what it says about itself. */
@ShopifyResolver()
export class ShopifyCustomerResolver {
  constructor(
    private readonly caller: ShopifyCaller,
    private readonly registration: RegistrationService,
    private readonly profiles: ProfileService,
    private readonly policy: PasswordPolicy,
    private readonly reminders: ReminderService,
    private readonly emails: EmailChangeRequestService,
  ) {}

  /** A token that is dead, or was never one, is nobody's; the vendor makes no error of it. */
  @Allow('storefront')
  @Query(() => ShopifyCustomer, { nullable: true })
  async customer(
    @Args('customerAccessToken', { type: () => String }) token: string,
    @CurrentCaller() caller: Caller,
  ): Promise<ShopifyCustomer | null> {
    const session = await this.caller.sessionOf(caller, token);
    return session && toCustomer(session.customer);
  }

  @Allow('storefront')
  @Mutation(() => ShopifyCustomerCreatePayload, { nullable: true })
  customerCreate(
    @Args('input', { type: () => ShopifyCustomerCreateInput }) input: ShopifyCustomerCreateInput,
    @CurrentCaller() { store, trail }: Caller,
  ): Promise<ShopifyCustomerCreatePayload> {
    const nothing: Omit<ShopifyCustomerCreatePayload, keyof Refusals> = { customer: null };
    return payload('customerCreate', nothing, async () => {
      await this.registration.refuseThrottled(store, trail);
      const entry = newCustomerIn(input, store, this.policy);
      const order = { ...entry, store, trail, password: input.password, rules: passwordRulesOf(store) } as const;
      const customer = await this.unlessRecorded(order, () =>
        this.registration.register({
          ...order,
          uniquePhone: true,
          state: 'enabled',
          emailConfirmed: true,
          welcome: true,
        }),
      );
      return { customer: toCustomer(customer) };
    });
  }

  /**
   * A new password ends all sessions, the asking one too; the payload has the one that takes their place. A new address
   * is only asked for, after the password that would void it.
   */
  @Allow('storefront')
  @Mutation(() => ShopifyCustomerUpdatePayload, { nullable: true })
  customerUpdate(
    @Args('customer', { type: () => ShopifyCustomerUpdateInput }) input: ShopifyCustomerUpdateInput,
    @Args('customerAccessToken', { type: () => String }) presented: string,
    @CurrentCaller() caller: Caller,
  ): Promise<ShopifyCustomerUpdatePayload> {
    const { store, trail } = caller;
    const nothing: Omit<ShopifyCustomerUpdatePayload, keyof Refusals> = { customer: null, customerAccessToken: null };
    return payload('customerUpdate', nothing, async () => {
      const { customer: owner } = await this.caller.getSession(caller, presented);
      const { changes, email, password: text } = profileChangeIn(input, owner, store, this.policy);
      const password =
        text === null ? {} : { password: { text, rules: passwordRulesOf(store), token: tokenFor(store) } };
      const order = { customer: owner, changes, uniquePhone: true, store, trail, ...password };
      const { customer, token } = await this.profiles.update(order);
      if (email) await this.emails.request({ customer, email, store, origin: 'shopify', trail });
      return { customer: toCustomer(customer), customerAccessToken: token && toAccessToken(token) };
    });
  }

  /** Where there is a record without account its owner is mailed a link, and what was entered now is forgotten. */
  private async unlessRecorded(reminder: ReminderOrder, register: () => Promise<Customer>): Promise<Customer> {
    try {
      return await register();
    } catch (error) {
      if (!isDomainError(error) || !error.is('EMAIL_TAKEN')) throw error;
      const outcome = await this.reminders.remind(reminder);
      throw outcome === 'open' ? error : new ShopifyInputError([activationMailed(reminder.email.display)]);
    }
  }
}
