import { Args, Mutation } from '@nestjs/graphql';
import { Allow, CurrentCaller, type Caller } from '../../access/index.js';
import { DomainError } from '../../common/domain-error.js';
import { EmailService } from '../../customer/index.js';
import {
  ConfirmationResendService,
  EmailConfirmationService,
  type ResendResult,
} from '../../email-confirmation/index.js';
import { tellsAll } from '../../store/index.js';
import { sessionOf, settingsOf } from './adobe.caller.js';
import { parsedEmail, refuse, wellFormedEmail } from './adobe.input.js';
import { toCustomer } from './adobe.mapper.js';
import { AdobeResolver } from './adobe.schema.js';
import { AdobeCustomerOutput } from './customer.types.js';
import { AdobeConfirmEmailInput } from './email.types.js';

/** The address of an account: its confirmation, and another one. */
@AdobeResolver()
export class AdobeEmailResolver {
  constructor(
    private readonly confirmations: EmailConfirmationService,
    private readonly resends: ConfirmationResendService,
    private readonly emails: EmailService,
  ) {}

  @Allow('public')
  @Mutation(() => AdobeCustomerOutput, { nullable: true })
  async confirmEmail(
    @Args('input', { type: () => AdobeConfirmEmailInput }) { email, confirmation_key: secret }: AdobeConfirmEmailInput,
    @CurrentCaller() { store, trail }: Caller,
  ): Promise<AdobeCustomerOutput> {
    const companion = { email: parsedEmail(email, store) ?? refuse('Email is invalid') };
    const order = { secret, companion, purpose: 'email-confirmation', store, trail } as const;
    const { customer } = await this.confirmations.confirm(order);
    return { customer: toCustomer(customer, settingsOf(store)) };
  }

  @Allow('public')
  @Mutation(() => Boolean, { nullable: true })
  async resendConfirmationEmail(
    @Args('email', { type: () => String }) email: string,
    @CurrentCaller() caller: Caller,
  ): Promise<boolean> {
    const { store, trail } = caller;
    const address = parsedEmail(email, store) ?? refuse('Email address is not valid');
    return told(await this.resends.resend({ store, trail, email: address, origin: 'adobe' }), caller);
  }

  /** The present address is no change, whatever password comes along. */
  @Allow('customer')
  @Mutation(() => AdobeCustomerOutput, { nullable: true })
  async updateCustomerEmail(
    @Args('email', { type: () => String }) email: string,
    @Args('password', { type: () => String }) currentPassword: string,
    @CurrentCaller() caller: Caller,
  ): Promise<AdobeCustomerOutput> {
    const { store, trail } = caller;
    const session = sessionOf(caller);
    if (email === session.customer.email) return { customer: toCustomer(session.customer, settingsOf(store)) };
    if (currentPassword === '') refuse('Provide the current "password" to change "email".');
    const wanted = () => ({ email: wellFormedEmail(email, store) });
    const customer = await this.emails.changeEmail({ session, currentPassword, wanted, store, trail });
    return { customer: toCustomer(customer, settingsOf(store)) };
  }
}

/** In private mode every outcome is `true`; the vendor tells where nothing waits to be confirmed. */
function told(outcome: ResendResult, { store }: Caller): boolean {
  if (tellsAll(store) && outcome === 'unknown') throw new DomainError('CUSTOMER_NOT_FOUND');
  if (tellsAll(store) && outcome === 'settled') throw new DomainError('ALREADY_CONFIRMED');
  return true;
}
