import { Args, ID, Mutation } from '@nestjs/graphql';
import { ActivationService, readActivationLink, type ActivateOrder } from '../../activation/index.js';
import { passwordRulesOf } from '../../customer/index.js';
import { Allow, CurrentCaller, type Caller } from '../../access/index.js';
import { DomainError } from '../../common/domain-error.js';
import { Config } from '../../config/index.js';
import {
  ShopifyCustomerActivateByUrlPayload,
  ShopifyCustomerActivateInput,
  ShopifyCustomerActivatePayload,
} from './activation.types.js';
import { INVALID_ACTIVATION_URL, ShopifyInputError } from './shopify.errors.js';
import { customerNumberIn } from './shopify.ids.js';
import { blankTold } from './shopify.input.js';
import { payload, toAccessToken, toCustomer } from './shopify.mapper.js';
import { ShopifyResolver } from './shopify.schema.js';
import { ShopifyUrl } from './shopify.types.js';
import { tokenFor } from './token.resolver.js';

type ActivateBody = Pick<ShopifyCustomerActivatePayload, 'customer' | 'customerAccessToken'>;

const NOTHING: ActivateBody = { customer: null, customerAccessToken: null };

/** The first password of a customer whom staff made or invited. */
@ShopifyResolver()
export class ShopifyActivationResolver {
  constructor(
    private readonly activations: ActivationService,
    private readonly config: Config,
  ) {}

  @Allow('storefront')
  @Mutation(() => ShopifyCustomerActivatePayload, { nullable: true })
  customerActivate(
    @Args('id', { type: () => ID }) id: string,
    @Args('input', { type: () => ShopifyCustomerActivateInput }) input: ShopifyCustomerActivateInput,
    @CurrentCaller() caller: Caller,
  ): Promise<ShopifyCustomerActivatePayload> {
    return payload('customerActivate', NOTHING, () => {
      const number = customerNumberIn(id);
      if (number === null) throw new DomainError('SECRET_INVALID');
      return this.activate(caller, { number, secret: input.activationToken, password: input.password });
    });
  }

  @Allow('storefront')
  @Mutation(() => ShopifyCustomerActivateByUrlPayload, { nullable: true })
  customerActivateByUrl(
    @Args('activationUrl', { type: () => ShopifyUrl }) activationUrl: string,
    @Args('password', { type: () => String }) password: string,
    @CurrentCaller() caller: Caller,
  ): Promise<ShopifyCustomerActivateByUrlPayload> {
    return payload('customerActivateByUrl', NOTHING, () => {
      const link = readActivationLink(activationUrl, caller.store, this.config.publicUrl);
      if (!link) throw new ShopifyInputError([INVALID_ACTIVATION_URL]);
      return this.activate(caller, { ...link, password });
    });
  }

  private async activate(
    { store, trail }: Caller,
    given: Pick<ActivateOrder, 'number' | 'secret' | 'password'>,
  ): Promise<ActivateBody> {
    const order = { ...given, store, trail, rules: passwordRulesOf, token: () => tokenFor(store) };
    const { customer, token } = await blankTold(given.password, () => this.activations.activate(order));
    return { customer: toCustomer(customer), customerAccessToken: token && toAccessToken(token) };
  }
}
