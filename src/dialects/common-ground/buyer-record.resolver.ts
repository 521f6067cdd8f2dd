import { Args, ID, Mutation } from '@nestjs/graphql';
import { activationLifetime } from '../../activation/index.js';
import { Allow, CurrentCaller, type Caller } from '../../access/index.js';
import { Clock } from '../../common/clock.js';
import { RecordService, RegistrationService, RemovalService } from '../../customer/index.js';
import { ResetRequestService } from '../../password-reset/index.js';
import { listedAddresses, newAddresses } from './address.input.js';
import { CommonGroundBuyerCreateArguments, CommonGroundBuyerUpdateInput } from './buyer.arguments.js';
import { CommonGroundBuyerFinder } from './buyer.finder.js';
import { changesOf, membershipsOf, profileOf } from './buyer.input.js';
import { toAnonymous, toBuyer } from './buyer.mapper.js';
import { CommonGroundBuyer } from './buyer.types.js';
import { passwordRules, plainEmail } from './common-ground.input.js';
import { AdminResolver } from './common-ground.schema.js';

/** Buyers' records in the hands of servers and back offices. */
@AdminResolver()
export class CommonGroundBuyerRecordResolver {
  constructor(
    private readonly buyers: CommonGroundBuyerFinder,
    private readonly registration: RegistrationService,
    private readonly resets: ResetRequestService,
    private readonly records: RecordService,
    private readonly removals: RemovalService,
    private readonly clock: Clock,
  ) {}

  /** A guest, or the owner of a shop account to be, who is mailed a link to choose the password. */
  @Allow('integration')
  @Mutation(() => CommonGroundBuyer, { nullable: true })
  async userBuyerCreate(
    @Args() sent: CommonGroundBuyerCreateArguments,
    @CurrentCaller() { store, trail }: Caller,
  ): Promise<CommonGroundBuyer> {
    const order = { store, trail, email: plainEmail(sent.email, store), machine: true } as const;
    const customer = await this.registration.register({
      ...order,
      password: null,
      rules: passwordRules(store),
      profile: profileOf(sent, this.clock.now()),
      required: ['firstName', 'lastName'],
      state: 'enabled',
      emailConfirmed: true,
      addresses: newAddresses(sent.addresses ?? []),
    });
    if (sent.createEshopAccount) {
      const lifetime = activationLifetime(store, 'staff');
      await this.resets.request({ ...order, origin: 'commonGround', lifetime, welcome: true });
    }
    return toBuyer(customer);
  }

  @Allow('integration')
  @Mutation(() => CommonGroundBuyer, { nullable: true })
  async userBuyerUpdate(
    @Args('userRef', { type: () => ID }) userRef: string,
    @Args('userBuyerUpdateInput', { type: () => CommonGroundBuyerUpdateInput }) sent: CommonGroundBuyerUpdateInput,
    @CurrentCaller() { store, trail }: Caller,
  ): Promise<CommonGroundBuyer> {
    const email = plainEmail(sent.email, store);
    const addresses = sent.addresses === undefined ? {} : { addresses: listedAddresses(sent.addresses ?? []) };
    const customer = await this.buyers.get(userRef, store);
    const changes = changesOf(sent, customer, this.clock.now());
    return toBuyer(await this.records.update({ customer, email, changes, ...addresses, store, trail }));
  }

  /** Takes the place of all memberships. */
  @Allow('integration')
  @Mutation(() => CommonGroundBuyer, { nullable: true })
  async userBuyerListsUpdate(
    @Args('userRef', { type: () => ID }) userRef: string,
    @Args('listRefs', { type: () => [ID] }) listRefs: string[],
    @CurrentCaller() { store, trail }: Caller,
  ): Promise<CommonGroundBuyer> {
    const customer = await this.buyers.get(userRef, store);
    const own = customer.attributes.commonGround ?? {};
    const lists = membershipsOf(listRefs, own.lists ?? [], this.clock.now());
    const changes = { attributes: { commonGround: { ...own, lists } } };
    return toBuyer(await this.records.update({ customer, changes, store, trail }));
  }

  /** Nothing of the person stays (SEC-80); the answer is what is left to say. */
  @Allow('integration')
  @Mutation(() => CommonGroundBuyer, { nullable: true })
  async userBuyerDelete(
    @Args('userRef', { type: () => ID }) userRef: string,
    @CurrentCaller() { store, trail }: Caller,
  ): Promise<CommonGroundBuyer> {
    const customer = await this.buyers.get(userRef, store);
    await this.removals.remove(customer, store, trail);
    return toAnonymous(customer);
  }
}
