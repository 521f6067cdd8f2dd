import { Args, Mutation, Query } from '@nestjs/graphql';
import { Allow, CurrentCaller, type Caller } from '../../access/index.js';
import { SignInService } from '../../customer/index.js';
import { settingsOf } from './common-ground.caller.js';
import { credentials } from './common-ground.input.js';
import { ClientResolver } from './common-ground.schema.js';
import { idOf } from './common-ground.mapper.js';
import { toLogin, toUser } from './user.mapper.js';
import { CommonGroundLogin, CommonGroundUser } from './user.types.js';

const DAY = 24 * 3600;

/** Sessions of buyers. */
@ClientResolver()
export class CommonGroundSessionResolver {
  constructor(private readonly signIns: SignInService) {}

  /** Who is signed in; null: nobody. */
  @Allow('public')
  @Query(() => CommonGroundUser, { nullable: true })
  user(@CurrentCaller() { session }: Caller): CommonGroundUser | null {
    return session ? toUser(session.customer) : null;
  }

  /** A session serves the store that it was made in (SEC-50). */
  @Allow('public')
  @Mutation(() => CommonGroundLogin, { nullable: true })
  async login(
    @Args('email', { type: () => String }) email: string,
    @Args('password', { type: () => String }) password: string,
    @Args('checkoutId', { type: () => String, nullable: true }) _checkoutId: string | null,
    @CurrentCaller() { store, trail }: Caller,
  ): Promise<CommonGroundLogin> {
    const signedIn = await this.signIns.signIn({
      store,
      trail,
      ...credentials(email, password, store),
      token: (customer) => ({
        surface: 'common-ground',
        form: 'jwt',
        scope: store.code,
        lifetime: settingsOf(store).sessionDays * DAY,
        claims: { sub: idOf(customer) },
      }),
    });
    return toLogin(signedIn);
  }
}
