import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { Described } from '#lib/openapi';
import { Allow, CurrentCaller, type Caller } from '../access/index.js';
import { MassSignOutService } from '../customer/index.js';
import { signedOutAnswer } from './admin.answers.js';
import { AdminCustomers } from './admin.customers.js';
import { keyHeader, parseInput, signOutBody } from './admin.input.js';
import { AdminApi } from './admin.surface.js';

/** Sessions of everybody; those of one customer end through the customer. */
@Controller('admin/v1')
@AdminApi()
export class AdminSessionsController {
  constructor(
    private readonly known: AdminCustomers,
    private readonly signOuts: MassSignOutService,
  ) {}

  /** Answers when all of it is done; the work goes on to its end where the caller does not wait. */
  @Described({
    summary: 'End all sessions and open links of a realm, or of those who have one in a store (SEC-86)',
    headers: keyHeader,
    body: signOutBody,
    answer: signedOutAnswer,
  })
  @Allow('staff')
  @HttpCode(200)
  @Post('revoke-tokens')
  async revokeAll(@Body() body: unknown, @CurrentCaller() { trail }: Caller): Promise<object> {
    const stores = this.known.storesNamed(parseInput(signOutBody, body));
    return { customers: await this.signOuts.endAll(stores, trail) };
  }
}
