import { Args, Mutation } from '@nestjs/graphql';
import { Allow, CurrentCaller, type Caller } from '../../access/index.js';
import { Clock } from '../../common/clock.js';
import { MultipassService } from '../../customer/index.js';
import { StoreDirectory } from '../../store/index.js';
import { assertionIn } from './multipass.input.js';
import { ShopifyCustomerAccessTokenCreateWithMultipassPayload } from './payload.types.js';
import { payload, toAccessToken } from './shopify.mapper.js';
import { ShopifyResolver } from './shopify.schema.js';
import { tokenFor } from './token.resolver.js';

type Body = Pick<ShopifyCustomerAccessTokenCreateWithMultipassPayload, 'customerAccessToken'>;

/** Signing in by the word of the merchant's own system. */
@ShopifyResolver()
export class ShopifyMultipassResolver {
  constructor(
    private readonly multipass: MultipassService,
    private readonly stores: StoreDirectory,
    private readonly clock: Clock,
  ) {}

  @Allow('storefront')
  @Mutation(() => ShopifyCustomerAccessTokenCreateWithMultipassPayload, { nullable: true })
  customerAccessTokenCreateWithMultipass(
    @Args('multipassToken', { type: () => String }) multipassToken: string,
    @CurrentCaller() { store, trail }: Caller,
  ): Promise<ShopifyCustomerAccessTokenCreateWithMultipassPayload> {
    const secret = this.stores.multipassSecretOf(store);
    const read = (): ReturnType<typeof assertionIn> =>
      assertionIn(multipassToken, { secret, store, at: this.clock.now() });
    return payload<Body>('customerAccessTokenCreateWithMultipass', { customerAccessToken: null }, async () => {
      const signedIn = await this.multipass.signIn({ store, trail, read, token: tokenFor(store) });
      return { customerAccessToken: toAccessToken(signedIn) };
    });
  }
}
