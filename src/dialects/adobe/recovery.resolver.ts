import { Args, Mutation } from '@nestjs/graphql';
import { Allow, CurrentCaller, type Caller } from '../../access/index.js';
import { DomainError } from '../../common/domain-error.js';
import { PasswordResetService, ResetRequestService, type RequestResult } from '../../password-reset/index.js';
import { tellsAll, type Store } from '../../store/index.js';
import { AdobeDisclosure } from './adobe.disclosure.js';
import { passwordRules, required, resetEmail } from './adobe.input.js';
import { AdobeResolver } from './adobe.schema.js';

/** A forgotten password: the mail, and the new password. */
@AdobeResolver()
export class AdobeRecoveryResolver {
  constructor(
    private readonly requests: ResetRequestService,
    private readonly resets: PasswordResetService,
    private readonly disclosure: AdobeDisclosure,
  ) {}

  @Allow('public')
  @Mutation(() => Boolean, { nullable: true })
  async requestPasswordResetEmail(
    @Args('email', { type: () => String }) email: string,
    @CurrentCaller() caller: Caller,
  ): Promise<boolean> {
    const { store, trail } = caller;
    const address = resetEmail(email, caller);
    await this.disclosure.refuseLocked(caller, address);
    if (await this.disclosure.isTooMany(caller, address)) return told({ outcome: 'suppressed' }, caller);
    const result = await this.requests.request({ store, trail, email: address, origin: 'adobe' });
    if (result.outcome === 'made') await this.disclosure.countReset(caller, address);
    return told(result, caller);
  }

  @Allow('public')
  @Mutation(() => Boolean, { nullable: true })
  async resetPassword(
    @Args('email', { type: () => String }) email: string,
    @Args('resetPasswordToken', { type: () => String }) resetPasswordToken: string,
    @Args('newPassword', { type: () => String }) newPassword: string,
    @CurrentCaller() caller: Caller,
  ): Promise<boolean> {
    const { store, trail } = caller;
    const order = {
      store,
      trail,
      companion: { email: resetEmail(email, caller) },
      secret: required(resetPasswordToken, 'resetPasswordToken must be specified'),
      password: required(newPassword, 'newPassword must be specified'),
      rules: (owner: Store) => passwordRules(owner, true),
    };
    await this.disclosure.refuseLocked(caller, order.companion.email);
    await this.resets.confirm(order);
    return true;
  }
}

/** In private mode every outcome is `true`; the vendor tells, in one text, where no mail went out. */
function told({ outcome }: Pick<RequestResult, 'outcome'>, { store }: Caller): boolean {
  if (outcome === 'made' || !tellsAll(store)) return true;
  throw new DomainError('CUSTOMER_NOT_FOUND');
}
