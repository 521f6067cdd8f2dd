import { Args, Mutation, Query } from '@nestjs/graphql';
import type { EmailAddress } from '#lib/email-address';
import { ReminderService, type ReminderOrder } from '../../activation/index.js';
import { Allow, CurrentCaller, type Caller } from '../../access/index.js';
import { isDomainError } from '../../common/domain-error.js';
import { PasswordPolicy, RegistrationService, type Customer, type Profile } from '../../customer/index.js';
import type { Store } from '../../store/index.js';
import { ShopifyCustomer, ShopifyCustomerCreateInput } from './customer.types.js';
import { ShopifyCustomerCreatePayload } from './payload.types.js';
import { ShopifyCaller } from './shopify.caller.js';
import { activationMailed, BLANK_PASSWORD, ShopifyInputError, type UserFault } from './shopify.errors.js';
import { emailIn, nameIn, passwordRules, phoneIn, type Report } from './shopify.input.js';
import { payload, toCustomer, userFaultOf } from './shopify.mapper.js';
import { ShopifyResolver } from './shopify.schema.js';

/** What the core is told of a new customer. */
interface Entry {
  readonly email: EmailAddress;
  readonly profile: Profile;
}

/** The customer: who it is, and a new one. */
@ShopifyResolver()
export class ShopifyCustomerResolver {
  constructor(
    private readonly caller: ShopifyCaller,
    private readonly registration: RegistrationService,
    private readonly policy: PasswordPolicy,
    private readonly reminders: ReminderService,
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
    return payload<Pick<ShopifyCustomerCreatePayload, 'customer'>>('customerCreate', { customer: null }, async () => {
      const entry = this.read(input, store);
      const customer = await this.unlessRecorded({ store, trail, email: entry.email }, () =>
        this.registration.register({
          ...entry,
          store,
          trail,
          password: input.password,
          rules: passwordRules(store),
          state: 'enabled',
          emailConfirmed: true,
          welcome: true,
        }),
      );
      return { customer: toCustomer(customer) };
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

  /** @throws ShopifyInputError with all that is wrong */
  private read(input: ShopifyCustomerCreateInput, store: Store): Entry {
    const faults: UserFault[] = [];
    const report: Report = (fault) => void faults.push(fault);
    const email = emailIn(input.email, store, report);
    const profile = {
      firstName: nameIn(input.firstName, 'firstName', report),
      lastName: nameIn(input.lastName, 'lastName', report),
      phone: phoneIn(input.phone, report),
      acceptsMarketing: input.acceptsMarketing ?? false,
    };
    this.checkPassword(input, store, report);
    if (!email || faults.length > 0) throw new ShopifyInputError(faults);
    return { email, profile };
  }

  private checkPassword({ password, email }: ShopifyCustomerCreateInput, store: Store, report: Report): void {
    if (password.trim() === '') return report(BLANK_PASSWORD);
    try {
      this.policy.check(password, passwordRules(store), email.trim());
    } catch (error) {
      if (!isDomainError(error)) throw error;
      report(userFaultOf(error, 'customerCreate'));
    }
  }
}
