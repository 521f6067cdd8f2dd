import { Args, Mutation } from '@nestjs/graphql';
import { Allow, CurrentCaller, type Caller } from '../../access/index.js';
import { DomainError } from '../../common/domain-error.js';
import { CustomerService, SessionService } from '../../customer/index.js';
import { sessionOf } from './adobe.caller.js';
import { parsedEmail, refuse, required } from './adobe.input.js';
import { AdobeResolver } from './adobe.schema.js';
import { AdobeTokens } from './adobe.tokens.js';
import {
  AdobeCustomerToken,
  AdobeRevokeCustomerTokenOutput,
  AdobeTokenAsAdminInput,
  AdobeTokenAsAdminOutput,
} from './adobe.types.js';

/** Customer tokens: getting one, and ending all. */
@AdobeResolver()
export class AdobeTokenResolver {
  constructor(
    private readonly tokens: AdobeTokens,
    private readonly customers: CustomerService,
    private readonly sessions: SessionService,
  ) {}

  @Allow('public')
  @Mutation(() => AdobeCustomerToken, { nullable: true })
  async generateCustomerToken(
    @Args('email', { type: () => String }) email: string,
    @Args('password', { type: () => String }) password: string,
    @CurrentCaller() caller: Caller,
  ): Promise<AdobeCustomerToken> {
    if (email === '') refuse('Specify the "email" value.');
    if (password === '') refuse('Specify the "password" value.');
    return { token: await this.tokens.forCustomer(caller, email, password) };
  }

  /** Open to everybody only because the vendor complains of the address before it looks at who asks. */
  @Allow('public')
  @Mutation(() => AdobeTokenAsAdminOutput, { nullable: true })
  async generateCustomerTokenAsAdmin(
    @Args('input', { type: () => AdobeTokenAsAdminInput }) { customer_email: given }: AdobeTokenAsAdminInput,
    @CurrentCaller() caller: Caller,
  ): Promise<AdobeTokenAsAdminOutput> {
    const name = required(given, 'Specify the "customer email" value.');
    if (caller.client?.kind !== 'adobe-admin') throw new DomainError('NOT_ALLOWED');
    const email = parsedEmail(name, caller.store);
    const customer = email && (await this.customers.findByEmail(caller.store, email));
    if (!customer) refuse('Customer email provided does not exist');
    return { customer_token: await this.tokens.forStaff(caller, customer) };
  }

  /** The vendor ends all tokens of the customer, not only the presented one. */
  @Allow('customer')
  @Mutation(() => AdobeRevokeCustomerTokenOutput, { nullable: true })
  async revokeCustomerToken(@CurrentCaller() caller: Caller): Promise<AdobeRevokeCustomerTokenOutput> {
    await this.sessions.endAll(sessionOf(caller).customer, caller.store, caller.trail);
    return { result: true };
  }
}
