import { Args, Mutation } from '@nestjs/graphql';
import { Allow, CurrentCaller, type Caller } from '../../access/index.js';
import { DomainError } from '../../common/domain-error.js';
import { SessionService, SignInService, type Customer } from '../../customer/index.js';
import type { TokenTerms } from '../../token/index.js';
import { CUSTOMER_TOKEN_SECONDS, sessionOf } from './adobe.caller.js';
import { parsedEmail, refuse } from './adobe.input.js';
import { AdobeResolver } from './adobe.schema.js';
import { AdobeCustomerToken, AdobeRevokeCustomerTokenOutput } from './adobe.types.js';

/** The vendor's mark of a customer's token, beside administrators (2) and integrations (1). */
const CUSTOMER_TOKEN = 3;
/** The vendor's own limit of failures for a name. */
const NAME_LIMIT = { max: 6, seconds: 1800 };

/** Customer tokens: getting one, and ending all. */
@AdobeResolver()
export class AdobeTokenResolver {
  constructor(
    private readonly signIns: SignInService,
    private readonly sessions: SessionService,
  ) {}

  @Allow('public')
  @Mutation(() => AdobeCustomerToken, { nullable: true })
  async generateCustomerToken(
    @Args('email', { type: () => String }) email: string,
    @Args('password', { type: () => String }) password: string,
    @CurrentCaller() { store, trail }: Caller,
  ): Promise<AdobeCustomerToken> {
    if (email === '') refuse('Specify the "email" value.');
    if (password === '') refuse('Specify the "password" value.');
    const address = parsedEmail(email, store);
    if (!address) throw new DomainError('EMAIL_INVALID');
    const tokenFor = (customer: Customer): TokenTerms => ({
      surface: 'adobe',
      form: 'jwt',
      scope: store.realm.code,
      lifetime: CUSTOMER_TOKEN_SECONDS,
      claims: { uid: customer.id, utypid: CUSTOMER_TOKEN },
    });
    const { token } = await this.signIns.signIn({
      store,
      trail,
      email: address,
      password,
      nameLimit: NAME_LIMIT,
      token: tokenFor,
    });
    return { token };
  }

  /** The vendor ends all tokens of the customer, not only the presented one. */
  @Allow('customer')
  @Mutation(() => AdobeRevokeCustomerTokenOutput, { nullable: true })
  async revokeCustomerToken(@CurrentCaller() caller: Caller): Promise<AdobeRevokeCustomerTokenOutput> {
    await this.sessions.endAll(sessionOf(caller).customer, caller.store, caller.trail);
    return { result: true };
  }
}
