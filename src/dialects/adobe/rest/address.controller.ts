import { Delete, Get, Param } from '@nestjs/common';
import { Described } from '#lib/openapi';
import { CurrentCaller, type Caller } from '../../../access/index.js';
import { AddressService, CustomerService, type Customer, type CustomerAddress } from '../../../customer/index.js';
import { sessionOf } from '../adobe.caller.js';
import { AdobeError } from '../adobe.refusal.js';
import { addressAnswer, done } from './rest.answers.js';
import { RestCustomers } from './rest.customers.js';
import { id as idNumber, idIn, noSuchEntity } from './rest.input.js';
import { toRestAddress } from './rest.mapper.js';
import { Resource, RestController, Self } from './rest.route.js';
import type { AdobeRestAddress } from './rest.types.js';

/** Single addresses; a whole address book is written with its customer. */
@RestController('')
export class AdobeRestAddressController {
  constructor(
    private readonly named: RestCustomers,
    private readonly customers: CustomerService,
    private readonly addresses: AddressService,
  ) {}

  @Described({ summary: 'The own address for bills, or null', answer: addressAnswer.nullable() })
  @Self()
  @Get('customers/me/billingAddress')
  myBilling(@CurrentCaller() caller: Caller): Promise<AdobeRestAddress | null> {
    return this.defaultOf(sessionOf(caller).customer, 'defaultBillingId');
  }

  @Described({ summary: 'The own address for parcels, or null', answer: addressAnswer.nullable() })
  @Self()
  @Get('customers/me/shippingAddress')
  myShipping(@CurrentCaller() caller: Caller): Promise<AdobeRestAddress | null> {
    return this.defaultOf(sessionOf(caller).customer, 'defaultShippingId');
  }

  @Described({ summary: 'An address', path: { addressId: idNumber }, answer: addressAnswer })
  @Resource('Magento_Customer::manage')
  @Get('customers/addresses/:addressId')
  async get(@Param('addressId') id: string, @CurrentCaller() caller: Caller): Promise<AdobeRestAddress> {
    const { address, owner } = await this.find(id, caller);
    return toRestAddress(address, owner);
  }

  @Described({
    summary: 'The address for bills of a customer, or null',
    path: { id: idNumber },
    answer: addressAnswer.nullable(),
  })
  @Resource('Magento_Customer::manage')
  @Get('customers/:id/billingAddress')
  async billing(@Param('id') id: string, @CurrentCaller() caller: Caller): Promise<AdobeRestAddress | null> {
    return this.defaultOf(await this.named.get(id, caller), 'defaultBillingId');
  }

  @Described({
    summary: 'The address for parcels of a customer, or null',
    path: { id: idNumber },
    answer: addressAnswer.nullable(),
  })
  @Resource('Magento_Customer::manage')
  @Get('customers/:id/shippingAddress')
  async shipping(@Param('id') id: string, @CurrentCaller() caller: Caller): Promise<AdobeRestAddress | null> {
    return this.defaultOf(await this.named.get(id, caller), 'defaultShippingId');
  }

  /** Marks that pointed to it point nowhere. */
  @Described({ summary: 'Remove an address', path: { addressId: idNumber }, answer: done })
  @Resource('Magento_Customer::manage')
  @Delete('addresses/:addressId')
  async remove(@Param('addressId') id: string, @CurrentCaller() caller: Caller): Promise<boolean> {
    const { address, owner } = await this.find(id, caller);
    const { store, trail } = caller;
    await this.addresses.remove({ customer: owner, key: { id: address.id }, store, trail });
    return true;
  }

  /** Another realm's is not found (SEC-65). */
  private async find(given: string, { store }: Caller): Promise<{ address: CustomerAddress; owner: Customer }> {
    const id = idIn(given);
    const found = id === null ? null : await this.customers.findAddress(store, id);
    if (!found) throw new AdobeError(noSuchEntity(['addressId', id ?? given.slice(0, 64)]));
    return found;
  }

  private async defaultOf(
    customer: Customer,
    mark: 'defaultBillingId' | 'defaultShippingId',
  ): Promise<AdobeRestAddress | null> {
    const address = (await this.customers.addressesOf(customer)).find(({ id }) => id === customer[mark]);
    return address ? toRestAddress(address, customer) : null;
  }
}
