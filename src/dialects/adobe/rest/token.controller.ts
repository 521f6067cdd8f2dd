import { Body, HttpCode, Post } from '@nestjs/common';
import { z } from 'zod';
import { Described } from '#lib/openapi';
import { CurrentCaller, type Caller } from '../../../access/index.js';
import { SessionService } from '../../../customer/index.js';
import { sessionOf } from '../adobe.caller.js';
import { exceptionsOf } from '../adobe.errors.js';
import { AdobeTokens } from '../adobe.tokens.js';
import { voiceOf } from '../adobe.voice.js';
import { inWords } from '../adobe.words.js';
import { done, tokenAnswer } from './rest.answers.js';
import { read, required, secret } from './rest.input.js';
import { Anonymous, RestController, Self } from './rest.route.js';

const credentials = z.strictObject({ username: required, password: secret });

/** Tokens of customers and administrators. The answers are JSON texts. */
@RestController('integration')
export class AdobeRestTokenController {
  constructor(
    private readonly tokens: AdobeTokens,
    private readonly sessions: SessionService,
  ) {}

  @Described({ summary: 'Sign a customer in', body: credentials, answer: tokenAnswer })
  @Anonymous()
  @HttpCode(200)
  @Post('customer/token')
  forCustomer(@Body() body: unknown, @CurrentCaller() caller: Caller): Promise<string> {
    const { username, password } = read(credentials, body);
    return inWords(this.tokens.forCustomer(caller, username, password), signInWords(caller));
  }

  /** The vendor ends all tokens of the customer, not only the presented one. */
  @Described({ summary: 'End all sessions of the customer', answer: done })
  @Self()
  @HttpCode(200)
  @Post('customer/revoke-customer-token')
  async revoke(@CurrentCaller() caller: Caller): Promise<boolean> {
    await this.sessions.endAll(sessionOf(caller).customer, caller.store, caller.trail);
    return true;
  }

  @Described({ summary: 'Sign an administrator in', body: credentials, answer: tokenAnswer })
  @Anonymous()
  @HttpCode(200)
  @Post('admin/token')
  forAdmin(@Body() body: unknown, @CurrentCaller() caller: Caller): Promise<string> {
    const { username, password } = read(credentials, body);
    return inWords(this.tokens.forAdmin(caller, username, password), signInWords(caller));
  }
}

/** One text for all that may go wrong, as in GraphQL. */
function signInWords({ store }: Caller): ReturnType<typeof exceptionsOf> {
  return exceptionsOf('generateCustomerToken', voiceOf(store));
}
