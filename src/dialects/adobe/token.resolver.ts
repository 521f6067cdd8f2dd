import { Args, Mutation } from '@nestjs/graphql';
import { Allow, CurrentCaller, type Caller } from '../../access/index.js';
import { SessionService } from '../../customer/index.js';
import { sessionOf } from './adobe.caller.js';
import { refuse } from './adobe.input.js';
import { AdobeResolver } from './adobe.schema.js';
import { AdobeTokens } from './adobe.tokens.js';
import { AdobeCustomerToken, AdobeRevokeCustomerTokenOutput } from './adobe.types.js';

/** Customer tokens: getting one, and ending all. */
@AdobeResolver()
export class AdobeTokenResolver {
  constructor(
    private readonly tokens: AdobeTokens,
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

  /** The vendor ends all tokens of the customer, not only the presented one. */
  @Allow('customer')
  @Mutation(() => AdobeRevokeCustomerTokenOutput, { nullable: true })
  async revokeCustomerToken(@CurrentCaller() caller: Caller): Promise<AdobeRevokeCustomerTokenOutput> {
    await this.sessions.endAll(sessionOf(caller).customer, caller.store, caller.trail);
    return { result: true };
  }
}
