import { Args, ID, Mutation, Query } from '@nestjs/graphql';
import { Allow, CurrentCaller, type Caller } from '../../access/index.js';
import { DomainError } from '../../common/domain-error.js';
import { fromObjectId } from '../../common/public-id.js';
import { CustomerService } from '../../customer/index.js';
import { ResetRequestService } from '../../password-reset/index.js';
import { toBuyer } from './buyer.mapper.js';
import { CommonGroundBuyer } from './buyer.types.js';
import { idOf } from './common-ground.mapper.js';
import { CommonGroundError } from './common-ground.errors.js';
import { plainEmail } from './common-ground.input.js';
import { AdminResolver } from './common-ground.schema.js';

/** Buyers, as servers and back offices see them. */
@AdminResolver()
export class CommonGroundBuyerResolver {
  constructor(
    private readonly customers: CustomerService,
    private readonly requests: ResetRequestService,
  ) {}

  /** An id of another form, second or realm is nobody's. */
  @Allow('integration')
  @Query(() => CommonGroundBuyer, { nullable: true })
  async user(
    @Args('userRef', { type: () => ID }) userRef: string,
    @CurrentCaller() { store }: Caller,
  ): Promise<CommonGroundBuyer> {
    const parts = fromObjectId(userRef);
    const customer = parts ? await this.customers.findByNumber(parts.number) : null;
    if (customer?.realmId !== store.realmId || idOf(customer) !== userRef) {
      throw new CommonGroundError({ message: 'No buyer has this id.', code: 'NOT_FOUND' });
    }
    return toBuyer(customer);
  }

  /** Mails the owner a link; the secret in it is not in the answer (SEC-33, SEC-34). */
  @Allow('integration')
  @Mutation(() => CommonGroundBuyer, { nullable: true })
  async userBuyerCreatePasswordToken(
    @Args('email', { type: () => String }) email: string,
    @CurrentCaller() { store, trail }: Caller,
  ): Promise<CommonGroundBuyer> {
    const order = { store, trail, email: plainEmail(email, store), origin: 'commonGround', machine: true } as const;
    const result = await this.requests.request(order);
    if (result.outcome === 'closed') throw new DomainError('ACCOUNT_DISABLED');
    if (result.outcome !== 'made') throw new DomainError('CUSTOMER_NOT_FOUND');
    return toBuyer(result.customer);
  }
}
