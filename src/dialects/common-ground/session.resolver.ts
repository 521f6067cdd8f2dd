import { Args, Mutation, Query } from '@nestjs/graphql';
import { Allow, CurrentCaller, type Caller } from '../../access/index.js';
import { SessionService, SignInService } from '../../customer/index.js';
import { credentials } from './common-ground.input.js';
import { ClientResolver } from './common-ground.schema.js';
import { buyerSession } from './session.terms.js';
import { toLogin, toUser } from './user.mapper.js';
import { CommonGroundLogin, CommonGroundLogout, CommonGroundUser } from './user.types.js';

/** Sessions of buyers. */
@ClientResolver()
export class CommonGroundSessionResolver {
  constructor(
    private readonly signIns: SignInService,
    private readonly sessions: SessionService,
  ) {}

  /** Who is signed in; null: nobody. */
  @Allow('public')
  @Query(() => CommonGroundUser, { nullable: true })
  user(@CurrentCaller() { session }: Caller): CommonGroundUser | null {
    return session ? toUser(session.customer) : null;
  }

  @Allow('public')
  @Mutation(() => CommonGroundLogin, { nullable: true })
  async login(
    @Args('email', { type: () => String }) email: string,
    @Args('password', { type: () => String }) password: string,
    @Args('checkoutId', { type: () => String, nullable: true }) _checkoutId: string | null,
    @CurrentCaller() { store, trail }: Caller,
  ): Promise<CommonGroundLogin> {
    const given = credentials(email, password, store);
    return toLogin(await this.signIns.signIn({ store, trail, ...given, token: buyerSession(store) }));
  }

  /** Ends the session that is presented and no other. */
  @Allow('customer')
  @Mutation(() => CommonGroundLogout, { nullable: true })
  async logout(
    @Args('checkoutId', { type: () => String, nullable: true }) _checkoutId: string | null,
    @CurrentCaller() { session, trail }: Caller,
  ): Promise<CommonGroundLogout> {
    if (session) await this.sessions.end(session, trail);
    return { ok: true, checkout: null };
  }
}
