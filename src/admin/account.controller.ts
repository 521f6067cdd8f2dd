import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { parseEmail } from '#lib/email-address';
import { Described } from '#lib/openapi';
import { InvitationService } from '../activation/index.js';
import { Allow, CurrentCaller, type Caller } from '../access/index.js';
import { DomainError } from '../common/domain-error.js';
import { ClosureService, SessionService, UnlockService } from '../customer/index.js';
import { ResetRequestService } from '../password-reset/index.js';
import { activationAnswer } from './admin.answers.js';
import { AdminCustomers } from './admin.customers.js';
import { customerNumber, keyHeader } from './admin.input.js';
import { AdminApi } from './admin.surface.js';

/** What staff do to accounts; they learn no secret by it but a link that activates (SEC-34). */
@Controller('admin/v1/customers')
@AdminApi()
export class AdminAccountController {
  constructor(
    private readonly known: AdminCustomers,
    private readonly unlocks: UnlockService,
    private readonly invitations: InvitationService,
    private readonly closures: ClosureService,
    private readonly sessions: SessionService,
    private readonly resets: ResetRequestService,
  ) {}

  /** Mails the owner a link; staff never see it. */
  @Described({
    summary: 'Mail the owner a link that resets the password',
    path: { number: customerNumber },
    headers: keyHeader,
  })
  @Allow('staff')
  @HttpCode(204)
  @Post(':number/password-reset')
  async resetPassword(@Param('number') number: string, @CurrentCaller() { trail }: Caller): Promise<void> {
    const customer = await this.known.get(number);
    const store = this.known.storeOf(customer);
    const email = parseEmail(customer.email, { eai: true });
    if (!email) throw new DomainError('EMAIL_INVALID');
    const { outcome } = await this.resets.request({ store, email, origin: 'pages', machine: true, trail });
    if (outcome === 'closed') throw new DomainError('ACCOUNT_DISABLED');
  }

  @Described({ summary: 'Lift a lock', path: { number: customerNumber }, headers: keyHeader })
  @Allow('staff')
  @HttpCode(204)
  @Post(':number/unlock')
  async unlock(@Param('number') number: string, @CurrentCaller() { trail }: Caller): Promise<void> {
    await this.unlocks.unlock((await this.known.get(number)).number, trail);
  }

  /** A link to hand out; staff never see one that resets a password. */
  @Described({
    summary: 'A link to hand out, with which the owner chooses a password',
    path: { number: customerNumber },
    headers: keyHeader,
    answer: activationAnswer,
  })
  @Allow('staff')
  @HttpCode(200)
  @Post(':number/activation-url')
  async activationUrl(@Param('number') number: string, @CurrentCaller() { trail }: Caller): Promise<object> {
    const { number: known } = await this.known.get(number);
    return { url: await this.invitations.makeLink({ number: known, store: null, trail }) };
  }

  @Described({ summary: 'Mail an invitation', path: { number: customerNumber }, headers: keyHeader })
  @Allow('staff')
  @HttpCode(204)
  @Post(':number/invite')
  async invite(@Param('number') number: string, @CurrentCaller() { trail }: Caller): Promise<void> {
    await this.invitations.invite({ number: (await this.known.get(number)).number, store: null, trail });
  }

  @Described({
    summary: 'Lock a customer out until staff say otherwise',
    path: { number: customerNumber },
    headers: keyHeader,
  })
  @Allow('staff')
  @HttpCode(204)
  @Post(':number/disable')
  async disable(@Param('number') number: string, @CurrentCaller() { trail }: Caller): Promise<void> {
    await this.closures.disable(await this.known.get(number), trail);
  }

  @Described({ summary: 'Let a customer in again', path: { number: customerNumber }, headers: keyHeader })
  @Allow('staff')
  @HttpCode(204)
  @Post(':number/enable')
  async enable(@Param('number') number: string, @CurrentCaller() { trail }: Caller): Promise<void> {
    await this.closures.enable(await this.known.get(number), trail);
  }

  @Described({ summary: 'End all sessions of a customer', path: { number: customerNumber }, headers: keyHeader })
  @Allow('staff')
  @HttpCode(204)
  @Post(':number/revoke-tokens')
  async revokeTokens(@Param('number') number: string, @CurrentCaller() { trail }: Caller): Promise<void> {
    const customer = await this.known.get(number);
    await this.sessions.endAll(customer, this.known.storeOf(customer), trail);
  }
}
