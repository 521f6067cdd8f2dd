import { Body, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import type { EmailAddress } from '#lib/email-address';
import { Described } from '#lib/openapi';
import { CurrentCaller, type Caller } from '../../../access/index.js';
import { PasswordService } from '../../../customer/index.js';
import { PasswordResetService, ResetRequestService, type RequestResult } from '../../../password-reset/index.js';
import { contactOf, tellsAll, type Store } from '../../../store/index.js';
import { sessionOf } from '../adobe.caller.js';
import { AdobeDisclosure } from '../adobe.disclosure.js';
import { exceptionsOf, type Exceptions } from '../adobe.errors.js';
import { parsedEmail, passwordRules } from '../adobe.input.js';
import { AdobeError, authentication, input, type AdobeRefusal } from '../adobe.refusal.js';
import { voiceOf } from '../adobe.voice.js';
import { inWords } from '../adobe.words.js';
import { done } from './rest.answers.js';
import { id, idIn, invalid, noSuchEmail, noSuchEntity, optional, read, required, secret } from './rest.input.js';
import { Anonymous, RestController, Self } from './rest.route.js';

const forgotten = z.strictObject({ email: required, template: required, websiteId: optional(id) });
const chosen = z.strictObject({ email: required, resetToken: secret, newPassword: secret });
const changed = z.strictObject({ currentPassword: secret, newPassword: secret });

const WRONG = authentication("The password doesn't match this account. Verify the password and try again.");

/** Passwords: forgotten, chosen anew by a mailed link, changed. */
@RestController('customers')
export class AdobeRestPasswordController {
  constructor(
    private readonly requests: ResetRequestService,
    private readonly resets: PasswordResetService,
    private readonly passwords: PasswordService,
    private readonly disclosure: AdobeDisclosure,
  ) {}

  @Described({ summary: 'Change the own password', body: changed, answer: done })
  @Self()
  @Put('me/password')
  async change(@Body() body: unknown, @CurrentCaller() caller: Caller): Promise<boolean> {
    const { store, trail } = caller;
    const order = { store, trail, session: sessionOf(caller), rules: passwordRules(store, true) };
    const given = read(changed, body);
    await inWords(this.passwords.changePassword({ ...order, ...given }), { PASSWORD_WRONG: WRONG });
    return true;
  }

  @Described({ summary: 'Mail a link that resets the password', body: forgotten, answer: done })
  @Anonymous()
  @Put('password')
  async forgot(@Body() body: unknown, @CurrentCaller() caller: Caller): Promise<boolean> {
    const { email: given, template, websiteId } = read(forgotten, body);
    const isReminder = template === 'email_reminder';
    if (!isReminder && template !== 'email_reset') throw new AdobeError(unknownTemplate(template));
    const website = websiteId || caller.store.realmId;
    const email = website === caller.store.realmId ? parsedEmail(given, caller.store) : null;
    const result = await inWords(this.request(email, isReminder, caller), { LIMIT_REACHED: tooMany(caller.store) });
    return told(result, caller, noSuchEmail(given, website));
  }

  @Described({ summary: 'Choose a password by a mailed link', body: chosen, answer: done })
  @Anonymous()
  @HttpCode(200)
  @Post('resetPassword')
  async reset(@Body() body: unknown, @CurrentCaller() caller: Caller): Promise<boolean> {
    const { store, trail } = caller;
    const { email: given, resetToken, newPassword } = read(chosen, body);
    const words = resetWords(caller, noSuchEmail(given, store.realmId));
    const email = parsedEmail(given, store);
    if (!email) throw new AdobeError(words.CUSTOMER_NOT_FOUND);
    const rules = (owner: Store) => passwordRules(owner, true);
    const order = { store, trail, companion: { email }, secret: resetToken, password: newPassword, rules };
    await inWords(this.resets.confirm(order), words);
    return true;
  }

  /** Whether a mailed link still works. Asking spends nothing (SEC-32); logs know the route alone (SEC-11). */
  @Described({ summary: 'Whether a mailed link still works', path: { customerId: id }, answer: done })
  @Anonymous()
  @Get(':customerId/password/resetLinkToken/:token')
  async check(
    @Param('customerId') customerId: string,
    @Param('token') token: string,
    @CurrentCaller() caller: Caller,
  ): Promise<boolean> {
    const { store, trail } = caller;
    const number = idIn(customerId);
    if (number === 0) throw new AdobeError(invalid('customerId', number));
    const companion = { id: number ?? NOBODY };
    const words = resetWords(caller, noSuchEntity(['customerId', number ?? customerId.slice(0, 64)]));
    await inWords(this.resets.inspect({ store, trail, companion, secret: token }), words);
    return true;
  }

  private async request(email: EmailAddress | null, isReminder: boolean, caller: Caller): Promise<RequestResult> {
    const { store, trail, client } = caller;
    const machine = client !== null;
    if (!email) return this.requests.requestForNobody({ store, trail, machine });
    if (!machine && (await this.disclosure.isTooMany(caller, email))) return { outcome: 'suppressed' };
    const order = { store, trail, email, origin: 'adobe', namesOwner: isReminder, machine } as const;
    const result = await this.requests.request(order);
    if (result.outcome === 'made' && !machine) await this.disclosure.countReset(caller, email);
    return result;
  }
}

/** An id that no customer has. */
const NOBODY = 0;

/** In private mode every outcome is `true` for a stranger; machines are told (design: machine callers). @throws AdobeError */
function told({ outcome }: RequestResult, { store, client }: Caller, unknown: AdobeRefusal): boolean {
  if (outcome === 'made' || (!tellsAll(store) && !client)) return true;
  throw new AdobeError(outcome === 'suppressed' ? tooMany(store) : unknown);
}

/** In private mode an unknown owner, a wrong secret and one that is over are one text. */
function resetWords({ store }: Caller, unknown: AdobeRefusal): Exceptions & { CUSTOMER_NOT_FOUND: AdobeRefusal } {
  const { CUSTOMER_NOT_FOUND: hushed, ...words } = exceptionsOf('resetPassword', voiceOf(store));
  return { ...words, CUSTOMER_NOT_FOUND: tellsAll(store) || !hushed ? unknown : hushed };
}

function unknownTemplate(value: string): AdobeRefusal {
  const message =
    'Invalid value of "%value" provided for the %fieldName field. Possible values: %template1 or %template2.';
  const values = { template1: 'email_reset', template2: 'email_reminder' };
  return input(message, { value: value.slice(0, 64), fieldName: 'template', ...values });
}

function tooMany(store: Store): AdobeRefusal {
  const message = 'We received too many requests for password resets. Please wait and try again later or contact %1.';
  return input(message, [contactOf(store)]);
}
