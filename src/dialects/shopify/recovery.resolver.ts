import { Args, ID, Mutation } from '@nestjs/graphql';
import { Allow, CurrentCaller, type Caller } from '../../access/index.js';
import { passwordRulesOf } from '../../customer/index.js';
import { DomainError } from '../../common/domain-error.js';
import { Config } from '../../config/index.js';
import {
  PasswordResetService,
  readResetLink,
  ResetRequestService,
  type ConfirmOrder,
  type RequestResult,
} from '../../password-reset/index.js';
import { tellsAll, type Store } from '../../store/index.js';
import { ShopifyCustomerResetInput } from './customer.types.js';
import {
  ShopifyCustomerRecoverPayload,
  ShopifyCustomerResetByUrlPayload,
  ShopifyCustomerResetPayload,
} from './payload.types.js';
import { ShopifyInputError, UNKNOWN_EMAIL } from './shopify.errors.js';
import { customerNumberIn } from './shopify.ids.js';
import { blankTold, parsedEmail } from './shopify.input.js';
import { payload, toAccessToken, toCustomer } from './shopify.mapper.js';
import { ShopifyResolver } from './shopify.schema.js';
import { ShopifyUrl } from './shopify.types.js';
import { tokenFor } from './token.resolver.js';

type ResetBody = Pick<ShopifyCustomerResetPayload, 'customer' | 'customerAccessToken'>;

const NOTHING: ResetBody = { customer: null, customerAccessToken: null };

/** No customer has this number; who sends an id of something else is counted like who guesses. */
const NOBODY = 0;

/** A forgotten password: the mail, and the new password. */
@ShopifyResolver()
export class ShopifyRecoveryResolver {
  constructor(
    private readonly requests: ResetRequestService,
    private readonly resets: PasswordResetService,
    private readonly config: Config,
  ) {}

  @Allow('storefront')
  @Mutation(() => ShopifyCustomerRecoverPayload, { nullable: true })
  customerRecover(
    @Args('email', { type: () => String }) email: string,
    @CurrentCaller() { store, trail }: Caller,
  ): Promise<ShopifyCustomerRecoverPayload> {
    return payload('customerRecover', {}, async () => {
      const address = parsedEmail(email, store);
      const { outcome } = address
        ? await this.requests.request({ store, trail, email: address, origin: 'shopify' })
        : await this.requests.requestForNobody({ store, trail });
      return told(outcome, store);
    });
  }

  @Allow('storefront')
  @Mutation(() => ShopifyCustomerResetPayload, { nullable: true })
  customerReset(
    @Args('id', { type: () => ID }) id: string,
    @Args('input', { type: () => ShopifyCustomerResetInput }) { password, resetToken }: ShopifyCustomerResetInput,
    @CurrentCaller() caller: Caller,
  ): Promise<ShopifyCustomerResetPayload> {
    return payload('customerReset', NOTHING, () => {
      const number = customerNumberIn(id) ?? NOBODY;
      return this.reset(caller, { companion: { number }, secret: resetToken, password });
    });
  }

  @Allow('storefront')
  @Mutation(() => ShopifyCustomerResetByUrlPayload, { nullable: true })
  customerResetByUrl(
    @Args('resetUrl', { type: () => ShopifyUrl }) resetUrl: string,
    @Args('password', { type: () => String }) password: string,
    @CurrentCaller() caller: Caller,
  ): Promise<ShopifyCustomerResetByUrlPayload> {
    return payload('customerResetByUrl', NOTHING, () => {
      const link = readResetLink(resetUrl, caller.store, this.config.publicUrl);
      const { number, secret } = link ?? { number: NOBODY, secret: '' };
      return this.reset(caller, { companion: { number }, secret, password });
    });
  }

  private async reset(
    { store, trail }: Caller,
    given: Pick<ConfirmOrder, 'companion' | 'secret' | 'password'>,
  ): Promise<ResetBody> {
    const order = { ...given, store, trail, rules: passwordRulesOf, token: () => tokenFor(store) };
    const { customer, token } = await blankTold(given.password, () => this.resets.confirm(order));
    return { customer: toCustomer(customer), customerAccessToken: token && toAccessToken(token) };
  }
}

/** In private mode every outcome looks alike; the vendor tells of addresses without account and of too many mails. */
function told(outcome: RequestResult['outcome'], store: Store): object {
  if (!tellsAll(store)) return {};
  if (outcome === 'unknown') throw new ShopifyInputError([UNKNOWN_EMAIL]);
  if (outcome === 'suppressed') throw new DomainError('LIMIT_REACHED', { retryAfterSeconds: 60 });
  return {};
}
