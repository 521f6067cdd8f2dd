import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Described } from '#lib/openapi';
import { Allow } from '../access/index.js';
import { EventService } from '../event/index.js';
import { MailService } from '../mail/index.js';
import { StoreDirectory } from '../store/index.js';
import { TokenService } from '../token/index.js';
import { eventsAnswer, mailsAnswer, statsAnswer, tokensAnswer } from './admin.answers.js';
import { keysetIn, toList } from './admin.cursor.js';
import { AdminCustomers } from './admin.customers.js';
import { customerNumber, keyHeader, listQuery, parseInput, Refused, statsQuery } from './admin.input.js';
import { toAdminEvent, toAdminMail, toAdminToken } from './admin.mapper.js';
import { StatsService } from './stats.service.js';
import { AdminApi } from './admin.surface.js';

/** What happened: events, mails, living sessions, and how much of it. Never a secret. */
@Controller('admin/v1')
@AdminApi()
export class AdminTrailController {
  constructor(
    private readonly events: EventService,
    private readonly mails: MailService,
    private readonly tokens: TokenService,
    private readonly stores: StoreDirectory,
    private readonly known: AdminCustomers,
    private readonly stats: StatsService,
  ) {}

  @Described({
    summary: 'What happened to a customer',
    path: { number: customerNumber },
    query: listQuery,
    answer: eventsAnswer,
  })
  @Allow('staff')
  @Get('customers/:number/events')
  async eventsOf(@Param('number') number: string, @Query() query: unknown): Promise<object> {
    const { id } = await this.known.get(number);
    const page = keysetIn('events', parseInput(listQuery, query));
    return toList('events', await this.events.list(id, page), toAdminEvent);
  }

  @Described({
    summary: 'Mails to a customer',
    path: { number: customerNumber },
    query: listQuery,
    answer: mailsAnswer,
  })
  @Allow('staff')
  @Get('customers/:number/mails')
  async mailsOf(@Param('number') number: string, @Query() query: unknown): Promise<object> {
    const { id } = await this.known.get(number);
    const page = keysetIn('mails', parseInput(listQuery, query));
    return toList('mails', await this.mails.list(id, page), toAdminMail);
  }

  @Described({
    summary: 'Living sessions of a customer',
    path: { number: customerNumber },
    query: listQuery,
    answer: tokensAnswer,
  })
  @Allow('staff')
  @Get('customers/:number/tokens')
  async tokensOf(@Param('number') number: string, @Query() query: unknown): Promise<object> {
    const { id } = await this.known.get(number);
    const page = keysetIn('tokens', parseInput(listQuery, query));
    const found = await this.tokens.listAlive(id, page);
    return toList('tokens', found, (token) => toAdminToken(token, this.stores.getById(token.storeId).code));
  }

  @Described({ summary: 'What happened', query: listQuery, answer: eventsAnswer })
  @Allow('staff')
  @Get('events')
  async allEvents(@Query() query: unknown): Promise<object> {
    const page = keysetIn('events', parseInput(listQuery, query));
    return toList('events', await this.events.list(null, page), toAdminEvent);
  }

  @Described({ summary: 'Mails', query: listQuery, answer: mailsAnswer })
  @Allow('staff')
  @Get('mails')
  async allMails(@Query() query: unknown): Promise<object> {
    const page = keysetIn('mails', parseInput(listQuery, query));
    return toList('mails', await this.mails.list(null, page), toAdminMail);
  }

  @Described({ summary: 'Send a dead mail once more', path: { id: customerNumber }, headers: keyHeader })
  @Allow('staff')
  @HttpCode(204)
  @Post('mails/:id/retry')
  async retry(@Param('id') id: string): Promise<void> {
    const number = customerNumber.safeParse(id);
    if (number.success && (await this.mails.retry(number.data))) return;
    throw new Refused(404, 'Not Found', 'There is no such mail that can still be sent.');
  }

  @Described({ summary: 'How much happened, hour by hour', query: statsQuery, answer: statsAnswer })
  @Allow('staff')
  @Get('stats')
  async perHour(@Query() query: unknown): Promise<object> {
    return this.stats.perHour(parseInput(statsQuery, query).hours);
  }
}
