import { Body, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import { Described } from '#lib/openapi';
import { CurrentCaller, type Caller } from '../../../access/index.js';
import {
  ConfirmationResendService,
  EmailConfirmationService,
  type ConfirmationOrder,
} from '../../../email-confirmation/index.js';
import { sessionOf, settingsOf } from '../adobe.caller.js';
import { exceptionsOf } from '../adobe.errors.js';
import { parsedEmail } from '../adobe.input.js';
import { AdobeError, input, type AdobeRefusal } from '../adobe.refusal.js';
import { inWords } from '../adobe.words.js';
import { confirmationAnswer, customerAnswer, done } from './rest.answers.js';
import { RestCustomers } from './rest.customers.js';
import { id as idText, noSuchEmail, noSuchEntity, optional, read, required, secret } from './rest.input.js';
import { Resource, RestController, Self } from './rest.route.js';
import type { AdobeRestCustomer } from './rest.types.js';

const key = z.strictObject({ confirmationKey: secret });
const keyOf = z.strictObject({ email: required, confirmationKey: secret });
const resent = z.strictObject({ email: required, websiteId: optional(idText), redirectUrl: optional(required) });

/** Accounts that wait for the confirmation of their address. */
@RestController('customers')
export class AdobeRestConfirmationController {
  constructor(
    private readonly confirmations: EmailConfirmationService,
    private readonly resends: ConfirmationResendService,
    private readonly customers: RestCustomers,
  ) {}

  /** Whoever is signed in has been confirmed already. */
  @Described({ summary: 'Confirm the own address', body: key, answer: customerAnswer })
  @Self()
  @Put('me/activate')
  activateMe(@Body() body: unknown, @CurrentCaller() caller: Caller): Promise<AdobeRestCustomer> {
    const { confirmationKey } = read(key, body);
    const { id } = sessionOf(caller).customer;
    return this.confirm(confirmationKey, { id }, caller, noSuchEntity(['customerId', id]));
  }

  @Described({ summary: 'Confirm the address of a customer', body: key, answer: customerAnswer })
  @Resource('Magento_Customer::manage')
  @Put(':email/activate')
  activate(
    @Param('email') email: string,
    @Body() body: unknown,
    @CurrentCaller() caller: Caller,
  ): Promise<AdobeRestCustomer> {
    return this.confirmNamed(email, read(key, body).confirmationKey, caller);
  }

  @Described({ summary: 'Confirm the address of a customer', body: keyOf, answer: customerAnswer })
  @Resource('Magento_Customer::manage')
  @HttpCode(200)
  @Post('activate')
  activateNamed(@Body() body: unknown, @CurrentCaller() caller: Caller): Promise<AdobeRestCustomer> {
    const { email, confirmationKey } = read(keyOf, body);
    return this.confirmNamed(email, confirmationKey, caller);
  }

  /** Mails the link of an account that waits for it once more. `redirectUrl` has no effect (SEC-37). */
  @Described({ summary: 'Mail the link that confirms an address once more', body: resent, answer: done })
  @Resource('Magento_Customer::manage')
  @HttpCode(200)
  @Post('confirm')
  async resend(@Body() body: unknown, @CurrentCaller() { store, trail }: Caller): Promise<boolean> {
    const { email: given, websiteId } = read(resent, body);
    const website = websiteId || store.realmId;
    const email = website === store.realmId ? parsedEmail(given, store) : null;
    const order = { store, trail, origin: 'adobe', machine: true } as const;
    const outcome = email ? await this.resends.resend({ ...order, email }) : 'unknown';
    if (outcome === 'unknown') throw new AdobeError(noSuchEmail(given, website));
    if (outcome === 'settled') throw new AdobeError(input("Confirmation isn't needed."));
    return true;
  }

  @Described({ summary: 'How far the confirmation of an address is', path: { id: idText }, answer: confirmationAnswer })
  @Resource('Magento_Customer::manage')
  @Get(':id/confirm')
  async status(@Param('id') id: string, @CurrentCaller() caller: Caller): Promise<string> {
    const { emailConfirmed } = await this.customers.get(id, caller);
    if (!emailConfirmed) return 'account_confirmation_required';
    return settingsOf(caller.store).confirmationRequired ? 'account_confirmed' : 'account_confirmation_not_required';
  }

  private confirmNamed(given: string, confirmationKey: string, caller: Caller): Promise<AdobeRestCustomer> {
    const email = parsedEmail(given, caller.store);
    const unknown = noSuchEmail(given, caller.store.realmId);
    if (!email) throw new AdobeError(unknown);
    return this.confirm(confirmationKey, { email }, caller, unknown);
  }

  private async confirm(
    confirmationKey: string,
    companion: ConfirmationOrder['companion'],
    { store, trail }: Caller,
    unknown: AdobeRefusal,
  ): Promise<AdobeRestCustomer> {
    const order = { secret: confirmationKey, companion, purpose: 'email-confirmation', store, trail } as const;
    const { SECRET_INVALID, SECRET_EXPIRED } = exceptionsOf('confirmEmail', { isPrivate: false, isLegacy: false });
    const words = { SECRET_INVALID, SECRET_EXPIRED, CUSTOMER_NOT_FOUND: unknown };
    const { customer } = await inWords(this.confirmations.confirm(order), words);
    return this.customers.shown(customer);
  }
}
