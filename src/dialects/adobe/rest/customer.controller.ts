import { Body, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import { Described } from '#lib/openapi';
import { CurrentCaller, type Caller } from '../../../access/index.js';
import { CustomerService, RemovalService } from '../../../customer/index.js';
import { sessionOf, settingsOf } from '../adobe.caller.js';
import { isSaid, parsedEmail, wellFormedEmail } from '../adobe.input.js';
import { AdobeError, input } from '../adobe.refusal.js';
import { AdobeRegistration } from '../adobe.registration.js';
import { AdobeTokens } from '../adobe.tokens.js';
import { newAddresses, profileOf, refuseOtherPlace } from './customer.changes.js';
import { changedCustomer, newCustomer, validatedCustomer } from './customer.schema.js';
import { validated } from './customer.validation.js';
import { customerAnswer, done, tokenAnswer, validationAnswer } from './rest.answers.js';
import { RestCustomers } from './rest.customers.js';
import { id as idText, optional, read, required } from './rest.input.js';
import { Administrator, Anonymous, Resource, RestController, Self } from './rest.route.js';
import type { AdobeRestCustomer, AdobeRestValidation } from './rest.types.js';

const availability = z.strictObject({ customerEmail: required, websiteId: optional(idText) });

/** Customers: new ones, and those that staff look at, change and end. */
@RestController('customers')
export class AdobeRestCustomerController {
  constructor(
    private readonly shown: RestCustomers,
    private readonly customers: CustomerService,
    private readonly registration: AdobeRegistration,
    private readonly removal: RemovalService,
    private readonly tokens: AdobeTokens,
  ) {}

  @Described({ summary: 'Make an account', body: newCustomer, answer: customerAnswer })
  @Anonymous()
  @HttpCode(200)
  @Post()
  async create(@Body() body: unknown, @CurrentCaller() caller: Caller): Promise<AdobeRestCustomer> {
    const { customer: given, password } = read(newCustomer, body);
    refuseOtherPlace(given, caller);
    const email = wellFormedEmail(given.email, caller.store);
    const [profile, addresses] = [profileOf(given, caller), newAddresses(given, caller)];
    const entry = { email, password: password || null, profile, addresses };
    return this.shown.shown(await this.registration.register(caller, entry));
  }

  /** A malformed address is as good as any other. */
  @Described({ summary: 'Whether an address is free, as far as strangers are told', body: availability, answer: done })
  @Anonymous()
  @HttpCode(200)
  @Post('isEmailAvailable')
  async isEmailAvailable(@Body() body: unknown, @CurrentCaller() { store }: Caller): Promise<boolean> {
    const { customerEmail } = read(availability, body);
    const email = settingsOf(store).emailAvailableTruth ? parsedEmail(customerEmail, store) : null;
    return email === null || (await this.customers.findByEmail(store, email)) === null;
  }

  @Described({ summary: 'The customer who is signed in', answer: customerAnswer })
  @Self()
  @Get('me')
  me(@CurrentCaller() caller: Caller): Promise<AdobeRestCustomer> {
    const { customer, addresses } = sessionOf(caller);
    return this.shown.shown(customer, addresses);
  }

  /** Another address than the present one wants the current password, which this route does not take (SEC-78). */
  @Described({ summary: 'Change the own profile and address book', body: changedCustomer, answer: customerAnswer })
  @Self()
  @Put('me')
  updateMe(@Body() body: unknown, @CurrentCaller() caller: Caller): Promise<AdobeRestCustomer> {
    const { customer: given } = read(changedCustomer, body);
    const { customer } = sessionOf(caller);
    const email = wellFormedEmail(given.email, caller.store);
    const isMoving = !customer.emailKey.equals(Buffer.from(email.key));
    if (isMoving) throw new AdobeError(input('Provide the current "password" to change "email".'));
    return this.shown.update(customer, given, { email }, caller);
  }

  @Described({ summary: 'Check a customer without storing it', body: validatedCustomer, answer: validationAnswer })
  @Resource('Magento_Customer::manage')
  @Put('validate')
  validate(@Body() body: unknown, @CurrentCaller() caller: Caller): AdobeRestValidation {
    return validated(read(validatedCustomer, body).customer, caller);
  }

  @Described({ summary: 'A customer', path: { id: idText }, answer: customerAnswer })
  @Resource('Magento_Customer::customer')
  @Get(':id')
  async get(@Param('id') id: string, @CurrentCaller() caller: Caller): Promise<AdobeRestCustomer> {
    return this.shown.shown(await this.shown.get(id, caller));
  }

  /** The import door: with `passwordHash` the customer's password is the one that was hashed elsewhere (SEC-34). */
  @Described({
    summary: 'Change a customer, or import a password hash',
    path: { id: idText },
    body: changedCustomer,
    answer: customerAnswer,
  })
  @Resource('Magento_Customer::manage')
  @Put(':id')
  async update(
    @Param('id') id: string,
    @Body() body: unknown,
    @CurrentCaller() caller: Caller,
  ): Promise<AdobeRestCustomer> {
    const { customer: given, passwordHash } = read(changedCustomer, body);
    const customer = await this.shown.get(id, caller);
    if (!isSaid(given.website_id)) throw new AdobeError(input('"Associate to Website" is a required value.'));
    refuseOtherPlace(given, caller);
    const email = wellFormedEmail(given.email, caller.store);
    return this.shown.update(customer, given, { email, ...(passwordHash ? { passwordHash } : {}) }, caller);
  }

  @Described({ summary: 'Remove a customer', path: { id: idText }, answer: done })
  @Resource('Magento_Customer::delete')
  @Delete(':id')
  async remove(@Param('id') id: string, @CurrentCaller() caller: Caller): Promise<boolean> {
    await this.removal.remove(await this.shown.get(id, caller), caller.store, caller.trail);
    return true;
  }

  @Described({ summary: 'Whether a customer may only be read', path: { id: idText }, answer: done })
  @Resource('Magento_Customer::customer')
  @Get(':id/permissions/readonly')
  async isReadonly(@Param('id') id: string, @CurrentCaller() caller: Caller): Promise<boolean> {
    await this.shown.get(id, caller);
    return false;
  }

  @Described({ summary: 'A token for acting as the customer', path: { id: idText }, answer: tokenAnswer })
  @Administrator('Magento_LoginAsCustomer::login')
  @HttpCode(200)
  @Post(':id/token')
  async token(@Param('id') id: string, @CurrentCaller() caller: Caller): Promise<string> {
    return this.tokens.forStaff(caller, await this.shown.get(id, caller));
  }
}
