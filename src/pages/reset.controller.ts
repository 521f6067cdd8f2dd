import { Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow, trailOf } from '../access/index.js';
import { PasswordResetService, type OpenReset, type SecretOrder } from '../password-reset/index.js';
import { SentForm, textIn } from './form-body.js';
import type { FormState } from './form-cookie.js';
import { PageFilter } from './page.filter.js';
import { linkInvalidPage, resetDonePage, resetPage } from './pages.views.js';
import { numberIn, pagePasswordRules, LinkForms, type LinkForm } from './link-form.js';

/** Choosing a new password by a mailed link. */
@Controller()
@UseFilters(PageFilter)
export class ResetController {
  private readonly page: LinkForm<OpenReset>;

  constructor(
    resets: PasswordResetService,
    private readonly forms: LinkForms,
  ) {
    this.page = {
      name: 'reset',
      path: '/account/reset',
      choosesPassword: true,
      inspect: (state, request) => resets.inspect(orderOf(state, request)),
      confirm: (state, request, body) =>
        resets.confirm({ ...orderOf(state, request), password: textIn(body, 'password'), rules: pagePasswordRules }),
      ask: resetPage,
      done: resetDonePage,
      invalid: linkInvalidPage,
    };
  }

  /** The links that mails carry: the secret leaves the address bar, and nothing is spent (SEC-32, SEC-88). */
  @Allow('public')
  @Get('account/reset/:number/:secret')
  link(@Param('number') number: string, @Param('secret') secret: string, @Res() reply: FastifyReply): void {
    this.forms.remember(this.page, { secret, number: numberIn(number) }, reply);
  }

  /** The same, in the form of Adobe's storefronts. */
  @Allow('public')
  @Get('customer/account/createPassword')
  adobeLink(@Query('token') secret: unknown, @Res() reply: FastifyReply): void {
    this.forms.remember(this.page, { secret: typeof secret === 'string' ? secret : '' }, reply);
  }

  /** A link that lost or gained something on its way is no unknown page, but a link that does not work. */
  @Allow('public')
  @Get('account/reset/*')
  mangledLink(@Res() reply: FastifyReply): void {
    this.forms.remember(this.page, { secret: '' }, reply);
  }

  @Allow('public')
  @Get('account/reset')
  form(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.forms.open(this.page, request, reply);
  }

  @Allow('public')
  @Post('account/reset')
  send(@SentForm() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.forms.send(this.page, body, request, reply);
  }
}

function orderOf({ secret = '', number }: FormState, request: FastifyRequest): SecretOrder {
  const order = { secret, store: null, trail: trailOf(request, 'pages') };
  return number === undefined ? order : { ...order, companion: { number } };
}
