import { Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow, trailOf } from '../access/index.js';
import {
  EmailConfirmationService,
  type ConfirmationOrder,
  type OpenConfirmation,
} from '../email-confirmation/index.js';
import { SentForm } from './form-body.js';
import type { FormState } from './form-cookie.js';
import { LinkForms, numberIn, type LinkForm } from './link-form.js';
import { PageFilter } from './page.filter.js';
import { confirmationInvalidPage, confirmedPage, confirmPage } from './pages.views.js';

/** Confirming an address by a mailed link: of an account that waits for it, or a new one. */
@Controller()
@UseFilters(PageFilter)
export class ConfirmController {
  private readonly page: LinkForm<OpenConfirmation>;

  constructor(
    confirmations: EmailConfirmationService,
    private readonly forms: LinkForms,
  ) {
    this.page = {
      name: 'confirm',
      path: '/account/confirm',
      choosesPassword: false,
      inspect: (state, request) => confirmations.inspect(orderOf(state, request)),
      confirm: (state, request) => confirmations.confirm(orderOf(state, request)),
      ask: (page, opened) => confirmPage({ ...page, isChange: isChange(opened) }),
      done: (page, opened) => confirmedPage({ ...page, isChange: isChange(opened) }),
      invalid: confirmationInvalidPage,
    };
  }

  /** The links that mails carry: the secret leaves the address bar, and nothing is spent (SEC-32, SEC-88). */
  @Allow('public')
  @Get('account/confirm/:number/:secret')
  link(@Param('number') number: string, @Param('secret') secret: string, @Res() reply: FastifyReply): void {
    this.forms.remember(this.page, { secret, number: numberIn(number) }, reply);
  }

  /** The same, in the form of Adobe's storefronts. */
  @Allow('public')
  @Get('customer/account/confirm')
  adobeLink(@Query('id') id: unknown, @Query('key') secret: unknown, @Res() reply: FastifyReply): void {
    this.forms.remember(this.page, { secret: textOf(secret), id: numberIn(textOf(id)) }, reply);
  }

  /** A link that lost or gained something on its way is no unknown page, but a link that does not work. */
  @Allow('public')
  @Get('account/confirm/*')
  mangledLink(@Res() reply: FastifyReply): void {
    this.forms.remember(this.page, { secret: '' }, reply);
  }

  @Allow('public')
  @Get('account/confirm')
  form(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.forms.open(this.page, request, reply);
  }

  @Allow('public')
  @Post('account/confirm')
  send(@SentForm() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.forms.send(this.page, body, request, reply);
  }
}

/** A parameter that is missing or stands there twice is empty (SEC-1). */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isChange({ purpose }: OpenConfirmation): boolean {
  return purpose === 'email-change';
}

function orderOf({ secret = '', number, id = 0 }: FormState, request: FastifyRequest): ConfirmationOrder {
  const companion = number === undefined ? { id } : { number };
  return { secret, companion, store: null, trail: trailOf(request, 'pages') };
}
