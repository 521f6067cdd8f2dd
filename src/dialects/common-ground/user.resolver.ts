import { Args, Mutation } from '@nestjs/graphql';
import { Allow, CurrentCaller, type Caller } from '../../access/index.js';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/domain-error.js';
import { CustomerService, PasswordService, RecordService, type Session } from '../../customer/index.js';
import { EmailChangeRequestService } from '../../email-confirmation/index.js';
import { CommonGroundError } from './common-ground.errors.js';
import { newCredentials, passwordRules } from './common-ground.input.js';
import { ClientResolver } from './common-ground.schema.js';
import { CommonGroundUserUpdateArguments } from './user.arguments.js';
import { userAddresses, userChanges } from './user.input.js';
import { toUser } from './user.mapper.js';
import { CommonGroundUser } from './user.types.js';

/** A session may change what it was signed in with only as long as it is younger than this, in seconds (SEC-78). */
const FRESH_SECONDS = 600;

/** Buyers change what is kept of them. */
@ClientResolver()
export class CommonGroundUserResolver {
  constructor(
    private readonly customers: CustomerService,
    private readonly records: RecordService,
    private readonly passwords: PasswordService,
    private readonly emails: EmailChangeRequestService,
    private readonly clock: Clock,
  ) {}

  /** A new address waits until it is confirmed; a new password ends every other session. */
  @Allow('customer')
  @Mutation(() => CommonGroundUser, { nullable: true })
  async userUpdate(
    @Args() sent: CommonGroundUserUpdateArguments,
    @CurrentCaller() { store, trail, session }: Caller,
  ): Promise<CommonGroundUser> {
    if (!session) throw new DomainError('NOT_SIGNED_IN');
    const { email, password } = newCredentials(sent, store);
    if (email !== null || password !== null) this.refuseStale(session);
    const changes = userChanges(sent, session.customer);
    const kept = sent.addresses ? await this.customers.addressesOf(session.customer) : [];
    const ownHash = password && (await this.passwords.hashOf(password, passwordRules(store), session.customer));
    const customer = await this.records.update({
      ...{ customer: session.customer, changes, store, trail, keepTokenId: session.token.id },
      ...(sent.addresses === undefined ? {} : { addresses: userAddresses(sent.addresses ?? [], kept) }),
      ...(ownHash === null ? {} : { ownHash }),
    });
    if (email) await this.emails.request({ customer, email, store, trail, origin: 'commonGround' });
    return toUser(customer);
  }

  private refuseStale({ token }: Session): void {
    const age = this.clock.now().getTime() - token.issuedAt.getTime();
    if (age < FRESH_SECONDS * 1000) return;
    throw new CommonGroundError({ message: 'Please sign in again.', code: 'REAUTHENTICATION_REQUIRED' });
  }
}
