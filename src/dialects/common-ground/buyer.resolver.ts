import { Args, ID, Mutation, Query } from '@nestjs/graphql';
import { Allow, CurrentCaller, type Caller } from '../../access/index.js';
import { DomainError } from '../../common/domain-error.js';
import { CustomerSearchService, CustomerService, isOpen } from '../../customer/index.js';
import { ConfirmationResendService } from '../../email-confirmation/index.js';
import { ResetRequestService } from '../../password-reset/index.js';
import { CommonGroundUsersArguments } from './buyer.arguments.js';
import { CommonGroundBuyerFinder } from './buyer.finder.js';
import { buyerCriteria, numberedPage, toPagination, wantedPage } from './buyer-list.input.js';
import { toBuyer } from './buyer.mapper.js';
import { CommonGroundBuyer, CommonGroundUsers } from './buyer.types.js';
import { plainEmail } from './common-ground.input.js';
import { AdminResolver } from './common-ground.schema.js';

const VERIFICATION_SENT = 'The verification email is on its way.';

/** Buyers, as servers and back offices see them, and the mails that they have sent to them. */
@AdminResolver()
export class CommonGroundBuyerResolver {
  constructor(
    private readonly buyers: CommonGroundBuyerFinder,
    private readonly customers: CustomerService,
    private readonly search: CustomerSearchService,
    private readonly requests: ResetRequestService,
    private readonly confirmations: ConfirmationResendService,
  ) {}

  @Allow('integration')
  @Query(() => CommonGroundBuyer, { nullable: true })
  async user(
    @Args('userRef', { type: () => ID }) userRef: string,
    @CurrentCaller() { store }: Caller,
  ): Promise<CommonGroundBuyer> {
    return toBuyer(await this.buyers.get(userRef, store));
  }

  @Allow('integration')
  @Query(() => CommonGroundUsers, { nullable: true })
  async users(
    @Args() sent: CommonGroundUsersArguments,
    @CurrentCaller() { store }: Caller,
  ): Promise<CommonGroundUsers> {
    const wanted = wantedPage(sent);
    const { rows, total } = await this.search.findNumbered(store.realm, buyerCriteria(sent), numberedPage(wanted));
    const books = await this.customers.addressesOfAll(rows.map(({ customer }) => customer));
    const users = rows.map(({ customer, hasPassword }) =>
      toBuyer(customer, { hasPassword, addresses: books.get(customer.id) ?? [] }),
    );
    return { users, pagination: toPagination(wanted, total) };
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
    const customer = result.outcome === 'made' ? await this.customers.findById(result.customer.id) : null;
    if (!customer) throw new DomainError('CUSTOMER_NOT_FOUND');
    return toBuyer(customer);
  }

  /** Mails the link that confirms the buyer's address once more; too many mails in an hour are not told. */
  @Allow('integration')
  @Mutation(() => String, { nullable: true })
  async userVerify(
    @Args('userRef', { type: () => ID }) userRef: string,
    @CurrentCaller() { store, trail }: Caller,
  ): Promise<string> {
    const customer = await this.buyers.get(userRef, store);
    if (!isOpen(customer)) throw new DomainError('ACCOUNT_DISABLED');
    const email = { display: customer.email, key: customer.emailKey.toString() };
    const result = await this.confirmations.resend({ store, trail, email, origin: 'commonGround', machine: true });
    if (result === 'settled') throw new DomainError('ALREADY_CONFIRMED');
    return VERIFICATION_SENT;
  }
}
