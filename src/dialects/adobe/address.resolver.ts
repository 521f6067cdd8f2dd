import { Args, ID, Int, Mutation } from '@nestjs/graphql';
import { Allow, CurrentCaller, type Caller } from '../../access/index.js';
import { isDomainError } from '../../common/domain-error.js';
import { AddressService, type AddressBook, type AddressChanges, type CustomerAddress } from '../../customer/index.js';
import { AdobeAddressInput } from './address-input.types.js';
import { addressIn, missingInChange, missingInNew } from './address.input.js';
import { AdobeAddress } from './address.types.js';
import { sessionOf, settingsOf } from './adobe.caller.js';
import { AdobeError } from './adobe.refusal.js';
import { refuse, refuseEmpty } from './adobe.input.js';
import { toAddress } from './adobe.mapper.js';
import { AdobeResolver } from './adobe.schema.js';

/** How an address is named in what is said of it: by its number, or not at all where a uid was given. */
type Naming = (without: string, withNumber: string) => string;

const optional = { type: () => AdobeAddressInput, nullable: true } as const;

/** The address book of the customer who is signed in. Another customer's address is not found (SEC-65). */
@AdobeResolver()
export class AdobeAddressResolver {
  constructor(private readonly addresses: AddressService) {}

  @Allow('customer')
  @Mutation(() => AdobeAddress, { nullable: true })
  async createCustomerAddress(
    @Args('input', { type: () => AdobeAddressInput }) input: AdobeAddressInput,
    @CurrentCaller() caller: Caller,
  ): Promise<AdobeAddress> {
    refuseEmpty(input, '"input" value should be specified');
    refuseMissing(missingInNew(input));
    const address = addressIn(input, settingsOf(caller.store), null);
    return toAddress(await this.addresses.add({ ...bookOf(caller), address }));
  }

  @Allow('customer')
  @Mutation(() => AdobeAddress, { nullable: true, deprecationReason: 'use updateCustomerAddressV2' })
  updateCustomerAddress(
    @Args('id', { type: () => Int }) id: number,
    @Args('input', optional) input: AdobeAddressInput | null,
    @CurrentCaller() caller: Caller,
  ): Promise<AdobeAddress> {
    if (id === 0) refuse('Address "id" value must be specified');
    return this.update(caller, id, input, byNumber);
  }

  @Allow('customer')
  @Mutation(() => AdobeAddress, { nullable: true })
  updateCustomerAddressV2(
    @Args('uid', { type: () => ID }) uid: string,
    @Args('input', optional) input: AdobeAddressInput | null,
    @CurrentCaller() caller: Caller,
  ): Promise<AdobeAddress> {
    return this.update(caller, idIn(uid), input, byUid);
  }

  @Allow('customer')
  @Mutation(() => Boolean, { nullable: true, deprecationReason: 'use deleteCustomerAddressV2' })
  deleteCustomerAddress(
    @Args('id', { type: () => Int }) id: number,
    @CurrentCaller() caller: Caller,
  ): Promise<boolean> {
    if (id === 0) refuse('Address "id" value must be specified');
    return this.remove(caller, id, byNumber);
  }

  @Allow('customer')
  @Mutation(() => Boolean, { nullable: true })
  deleteCustomerAddressV2(
    @Args('uid', { type: () => ID }) uid: string,
    @CurrentCaller() caller: Caller,
  ): Promise<boolean> {
    return this.remove(caller, idIn(uid), byUid);
  }

  private async update(
    caller: Caller,
    id: number,
    input: AdobeAddressInput | null,
    naming: Naming,
  ): Promise<AdobeAddress> {
    refuseEmpty(input, '"input" value must be specified');
    const change = (current: CustomerAddress): AddressChanges => {
      refuseMissing(missingInChange(input ?? {}, current));
      return addressIn(input ?? {}, settingsOf(caller.store), current);
    };
    return toAddress(await found(this.addresses.update({ ...bookOf(caller), key: { id }, change }), naming, id));
  }

  /** An address that is marked as default stays. */
  private async remove(caller: Caller, id: number, naming: Naming): Promise<boolean> {
    const which = naming('Customer Address with the specified ID', `Customer Address ${id}`);
    const removed = this.addresses.remove({
      ...bookOf(caller),
      key: { id },
      allow: (_current, { isBilling, isShipping }) => {
        if (isBilling) refuse(`${which} is set as default billing address and can not be deleted`);
        if (isShipping) refuse(`${which} is set as default shipping address and can not be deleted`);
      },
    });
    await found(removed, naming, id);
    return true;
  }
}

const byNumber: Naming = (_without, withNumber) => withNumber;
const byUid: Naming = (without) => without;

function bookOf(caller: Caller): AddressBook {
  return { customer: sessionOf(caller).customer, store: caller.store, trail: caller.trail };
}

/** The number in a uid; one of another form is nobody's. */
function idIn(uid: string): number {
  if (uid.trim() === '') refuse('Address "uid" value must be specified');
  const digits = Buffer.from(uid, 'base64').toString('latin1');
  return /^[1-9]\d{0,8}$/.test(digits) && Buffer.from(digits).toString('base64') === uid ? Number(digits) : 0;
}

function refuseMissing(fields: readonly string[]): void {
  if (fields.length > 0) refuse(`Required parameters are missing: ${fields.join(', ')}`);
}

async function found<T>(asked: Promise<T>, naming: Naming, id: number): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (!isDomainError(error) || !error.is('ADDRESS_NOT_FOUND')) throw error;
    const message = naming(
      'Could not find an address with the specified ID',
      `Could not find a address with ID "${id}"`,
    );
    throw new AdobeError({ message, category: 'graphql-no-such-entity' });
  }
}
