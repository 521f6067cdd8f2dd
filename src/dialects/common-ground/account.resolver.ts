import { Args, Mutation } from '@nestjs/graphql';
import { Allow, CurrentCaller, type Caller } from '../../access/index.js';
import { Clock } from '../../common/clock.js';
import { QuietRegistrationService } from '../../customer/index.js';
import { EmailConfirmationService } from '../../email-confirmation/index.js';
import { newAddresses } from './address.input.js';
import { refuse } from './common-ground.errors.js';
import { clientEmail, credentials, passwordRules } from './common-ground.input.js';
import { ClientResolver } from './common-ground.schema.js';
import { buyerSession } from './session.terms.js';
import { CommonGroundRegisterArguments, CommonGroundVerifyArguments } from './user.arguments.js';
import { registeredProfile } from './user.input.js';
import { toRegistered, toSession } from './user.mapper.js';
import { CommonGroundRegistered, CommonGroundVerified } from './user.types.js';

const CONFIRMED = 'Your email address is confirmed.';

/** Opening an account, and proving that its address is the buyer's. */
@ClientResolver()
export class CommonGroundAccountResolver {
  constructor(
    private readonly registrations: QuietRegistrationService,
    private readonly confirmations: EmailConfirmationService,
    private readonly clock: Clock,
  ) {}

  /** One answer whether the address is taken or not, made of the request alone (SEC-75). */
  @Allow('public')
  @Mutation(() => CommonGroundRegistered, { nullable: true })
  async register(
    @Args() sent: CommonGroundRegisterArguments,
    @CurrentCaller() { store, trail }: Caller,
  ): Promise<CommonGroundRegistered> {
    const given = credentials(sent.email, sent.password, store);
    await this.registrations.register({
      ...given,
      store,
      trail,
      rules: passwordRules(store),
      profile: registeredProfile(sent),
      required: ['firstName', 'lastName'],
      state: 'enabled',
      emailConfirmed: false,
      confirmThrough: 'commonGround',
      confirmBy: sent.withVerificationCode ? 'code' : 'link',
      addresses: newAddresses(sent.addresses ?? []),
    });
    return toRegistered(sent, given.email.display, this.clock.now());
  }

  /** By the token of a mailed link, which also starts a session, or by a mailed code and the address that it went to. */
  @Allow('public')
  @Mutation(() => CommonGroundVerified, { nullable: true })
  async userVerify(
    @Args() { token, code, email }: CommonGroundVerifyArguments,
    @CurrentCaller() { store, trail }: Caller,
  ): Promise<CommonGroundVerified> {
    const [hasToken, hasCode] = [token ?? null, code ?? null].map((one) => one !== null);
    if (hasToken === hasCode) refuse('Either a token or a code must be given.');
    if (typeof token === 'string') {
      const confirmed = await this.confirmations.confirm({ secret: token, store, trail, token: buyerSession(store) });
      const session = confirmed.token && toSession({ ...confirmed.token, customer: confirmed.customer });
      return { session, message: CONFIRMED, checkout: null };
    }
    const address = clientEmail(email ?? refuse('A code needs the email address that it was sent to.'), store);
    await this.confirmations.confirmCode({ code: String(code), email: address, store, trail });
    return { session: null, message: CONFIRMED, checkout: null };
  }
}
