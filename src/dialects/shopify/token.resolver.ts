import { Args, Mutation } from '@nestjs/graphql';
import { Allow, CurrentCaller, type Caller } from '../../access/index.js';
import { DomainError, isDomainError } from '../../common/domain-error.js';
import { toGlobalId } from '../../common/public-id.js';
import { CustomerService, SessionService, SignInService } from '../../customer/index.js';
import { tellsAll, type Store } from '../../store/index.js';
import type { IssuedToken, TokenTerms } from '../../token/index.js';
import { ShopifyCustomerAccessTokenCreateInput } from './customer.types.js';
import {
  ShopifyCustomerAccessTokenCreatePayload,
  ShopifyCustomerAccessTokenDeletePayload,
  ShopifyCustomerAccessTokenRenewPayload,
} from './payload.types.js';
import { ShopifyCaller } from './shopify.caller.js';
import { DISABLED, ShopifyInputError } from './shopify.errors.js';
import { parsedEmail } from './shopify.input.js';
import { payload, toAccessToken } from './shopify.mapper.js';
import { ShopifyResolver } from './shopify.schema.js';

/** Six weeks. */
const TOKEN_SECONDS = 42 * 24 * 3600;

/** The token of a customer of this dialect. */
export function tokenFor({ code }: Store): TokenTerms {
  return { surface: 'shopify', form: 'opaque', scope: code, lifetime: TOKEN_SECONDS };
}

/** Customer tokens: getting one, keeping it alive, ending it. */
@ShopifyResolver()
export class ShopifyTokenResolver {
  constructor(
    private readonly caller: ShopifyCaller,
    private readonly customers: CustomerService,
    private readonly signIns: SignInService,
    private readonly sessions: SessionService,
  ) {}

  @Allow('storefront')
  @Mutation(() => ShopifyCustomerAccessTokenCreatePayload, { nullable: true })
  customerAccessTokenCreate(
    @Args('input', { type: () => ShopifyCustomerAccessTokenCreateInput }) input: ShopifyCustomerAccessTokenCreateInput,
    @CurrentCaller() caller: Caller,
  ): Promise<ShopifyCustomerAccessTokenCreatePayload> {
    return payload<Pick<ShopifyCustomerAccessTokenCreatePayload, 'customerAccessToken'>>(
      'customerAccessTokenCreate',
      { customerAccessToken: null },
      async () => ({ customerAccessToken: toAccessToken(await this.signIn(input, caller)) }),
    );
  }

  /** The string stays; two tabs that renew at once do not log each other out. */
  @Allow('storefront')
  @Mutation(() => ShopifyCustomerAccessTokenRenewPayload, { nullable: true })
  async customerAccessTokenRenew(
    @Args('customerAccessToken', { type: () => String }) token: string,
    @CurrentCaller() caller: Caller,
  ): Promise<ShopifyCustomerAccessTokenRenewPayload> {
    const expiresAt = await this.sessions.renew(await this.caller.getSession(caller, token), TOKEN_SECONDS);
    return { customerAccessToken: toAccessToken({ token, expiresAt }), userErrors: [] };
  }

  @Allow('storefront')
  @Mutation(() => ShopifyCustomerAccessTokenDeletePayload, { nullable: true })
  async customerAccessTokenDelete(
    @Args('customerAccessToken', { type: () => String }) token: string,
    @CurrentCaller() caller: Caller,
  ): Promise<ShopifyCustomerAccessTokenDeletePayload> {
    const session = await this.caller.getSession(caller, token);
    await this.sessions.end(session, caller.trail);
    const id = toGlobalId('CustomerAccessToken', session.token.number);
    return { deletedAccessToken: token, deletedCustomerAccessTokenId: id, userErrors: [] };
  }

  private async signIn(
    { email, password }: ShopifyCustomerAccessTokenCreateInput,
    { store, trail }: Caller,
  ): Promise<IssuedToken> {
    const address = parsedEmail(email, store);
    if (!address) return this.signIns.refuseNobody({ store, trail });
    try {
      return await this.signIns.signIn({ store, trail, email: address, password, token: () => tokenFor(store) });
    } catch (error) {
      if (!isDomainError(error) || !tellsAll(store)) throw error;
      if (error.is('ACCOUNT_LOCKED')) throw new DomainError('LIMIT_REACHED', { retryAfterSeconds: 60 });
      const customer = error.is('ACCOUNT_DISABLED') ? await this.customers.findByEmail(store, address) : null;
      throw customer?.disabledBy === 'staff' ? new ShopifyInputError([DISABLED]) : error;
    }
  }
}
