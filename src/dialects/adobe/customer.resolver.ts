import { Args, Mutation, Query } from '@nestjs/graphql';
import { Allow, CurrentCaller, type Caller } from '../../access/index.js';
import { CustomerService, PasswordService } from '../../customer/index.js';
import { sessionOf, settingsOf } from './adobe.caller.js';
import { isSaid, parsedEmail, passwordRules, refuse, refuseEmpty, required, wellFormedEmail } from './adobe.input.js';
import { toCustomer } from './adobe.mapper.js';
import { AdobeRegistration } from './adobe.registration.js';
import { AdobeResolver } from './adobe.schema.js';
import { AdobeIsEmailAvailableOutput } from './adobe.types.js';
import { profileIn } from './customer.input.js';
import { AdobeCustomer, AdobeCustomerOutput } from './customer.types.js';
import { AdobeCustomerCreateInput, AdobeCustomerInput } from './profile.types.js';

/** The customer: who it is, a new one, another password. */
@AdobeResolver()
export class AdobeCustomerResolver {
  constructor(
    private readonly customers: CustomerService,
    private readonly registration: AdobeRegistration,
    private readonly passwords: PasswordService,
  ) {}

  @Allow('customer')
  @Query(() => AdobeCustomer, { nullable: true })
  customer(@CurrentCaller() caller: Caller): AdobeCustomer {
    return toCustomer(sessionOf(caller).customer, settingsOf(caller.store));
  }

  @Allow('public')
  @Query(() => AdobeIsEmailAvailableOutput, { nullable: true })
  async isEmailAvailable(
    @Args('email', { type: () => String }) email: string,
    @CurrentCaller() { store }: Caller,
  ): Promise<AdobeIsEmailAvailableOutput> {
    const address = parsedEmail(required(email, 'Email must be specified'), store) ?? refuse('Email is invalid');
    if (!settingsOf(store).emailAvailableTruth) return { is_email_available: true };
    return { is_email_available: (await this.customers.findByEmail(store, address)) === null };
  }

  @Allow('public')
  @Mutation(() => AdobeCustomerOutput, { nullable: true })
  async createCustomerV2(
    @Args('input', { type: () => AdobeCustomerCreateInput }) input: AdobeCustomerCreateInput,
    @CurrentCaller() caller: Caller,
  ): Promise<AdobeCustomerOutput> {
    return this.create(caller, input);
  }

  @Allow('public')
  @Mutation(() => AdobeCustomerOutput, { nullable: true, deprecationReason: 'use createCustomerV2' })
  async createCustomer(
    @Args('input', { type: () => AdobeCustomerInput }) input: AdobeCustomerInput,
    @CurrentCaller() caller: Caller,
  ): Promise<AdobeCustomerOutput> {
    refuseEmpty(input, '"input" value should be specified');
    return this.create(caller, input);
  }

  @Allow('customer')
  @Mutation(() => AdobeCustomer, { nullable: true })
  async changeCustomerPassword(
    @Args('currentPassword', { type: () => String }) currentPassword: string,
    @Args('newPassword', { type: () => String }) newPassword: string,
    @CurrentCaller() caller: Caller,
  ): Promise<AdobeCustomer> {
    const { store, trail } = caller;
    const customer = await this.passwords.changePassword({
      store,
      trail,
      session: sessionOf(caller),
      currentPassword: required(currentPassword, 'Specify the "currentPassword" value.'),
      newPassword: required(newPassword, 'Specify the "newPassword" value.'),
      rules: passwordRules(store, true),
    });
    return toCustomer(customer, settingsOf(store));
  }

  private async create(
    caller: Caller,
    input: AdobeCustomerCreateInput | AdobeCustomerInput,
  ): Promise<AdobeCustomerOutput> {
    const { store } = caller;
    const email = isSaid(input.email) ? wellFormedEmail(input.email, store) : null;
    const profile = profileIn(input, settingsOf(store));
    if (!email) refuse('The email address is required to create a customer account.');
    const customer = await this.registration.register(caller, { email, password: input.password ?? null, profile });
    return { customer: toCustomer(customer, settingsOf(store)) };
  }
}
