import { Args, Mutation, Query } from '@nestjs/graphql';
import { Allow, CurrentCaller, type Caller } from '../../access/index.js';
import { isDomainError } from '../../common/domain-error.js';
import { PasswordPolicy } from '../../customer/index.js';
import { PasswordResetService, ResetRequestService, type ConfirmOrder } from '../../password-reset/index.js';
import { tellsAll } from '../../store/index.js';
import { clientEmail, lonePassword, passwordRules } from './common-ground.input.js';
import { ClientResolver } from './common-ground.schema.js';
import { toUser, toUserOfLink } from './user.mapper.js';
import { CommonGroundUser } from './user.types.js';

const ON_ITS_WAY = 'If an account exists for this address, a message is on its way.';
const UPDATED = 'Your password has been updated.';

/** A forgotten password: the mail, the look at its link, and the new password. */
@ClientResolver()
export class CommonGroundRecoveryResolver {
  constructor(
    private readonly requests: ResetRequestService,
    private readonly resets: PasswordResetService,
    private readonly policy: PasswordPolicy,
  ) {}

  /** One text whatever happened; a short code is not offered, for nothing would tell whose it is. */
  @Allow('public')
  @Mutation(() => String, { nullable: true })
  async userCreatePasswordToken(
    @Args('email', { type: () => String }) email: string,
    @Args('withVerificationCode', { type: () => Boolean, nullable: true }) _withCode: boolean | null,
    @CurrentCaller() { store, trail }: Caller,
  ): Promise<string> {
    await this.requests.request({ store, trail, email: clientEmail(email, store), origin: 'commonGround' });
    return ON_ITS_WAY;
  }

  @Allow('public')
  @Query(() => CommonGroundUser, { nullable: true })
  async userPasswordSession(
    @Args('token', { type: () => String }) token: string,
    @CurrentCaller() { store, trail }: Caller,
  ): Promise<CommonGroundUser> {
    const { customer } = await this.resets.inspect({ secret: token, store, trail });
    return tellsAll(store) ? toUser(customer) : toUserOfLink(customer);
  }

  @Allow('public')
  @Mutation(() => String, { nullable: true })
  async userPasswordReset(
    @Args('password', { type: () => String }) password: string,
    @Args('token', { type: () => String }) token: string,
    @CurrentCaller() { store, trail }: Caller,
  ): Promise<string> {
    const plain = lonePassword(password, store);
    await this.confirmed({ store, trail, secret: token, password: plain, rules: passwordRules });
    return UPDATED;
  }

  /** Of a bad password and a bad token the password is told first, whichever the core has met. */
  private async confirmed(order: ConfirmOrder): Promise<void> {
    try {
      await this.resets.confirm(order);
    } catch (error) {
      const isToken = isDomainError(error) && (error.is('RESET_TOKEN_INVALID') || error.is('RESET_TOKEN_EXPIRED'));
      if (isToken && order.store) this.policy.check(order.password, order.rules(order.store), { email: '' });
      throw error;
    }
  }
}
