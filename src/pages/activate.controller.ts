import { Controller, Get, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ActivationService, type ActivationOrder } from '../activation/index.js';
import { Allow, trailOf } from '../access/index.js';
import { SentForm } from './form-body.js';
import type { FormState } from './form-cookie.js';
import { PageFilter } from './page.filter.js';
import { activatedPage, activatePage, activationInvalidPage } from './pages.views.js';
import { numberIn, pagePasswordRules, PasswordForms, type PasswordForm } from './password-form.js';

/** Choosing the first password by a link of staff, or of an invitation. */
@Controller('account/activate')
@UseFilters(PageFilter)
export class ActivateController {
  private readonly page: PasswordForm;

  constructor(
    activations: ActivationService,
    private readonly forms: PasswordForms,
  ) {
    this.page = {
      name: 'activate',
      path: '/account/activate',
      inspect: async (state, request) => (await activations.inspect(orderOf(state, request))).store,
      confirm: (state, request, password) =>
        activations.activate({ ...orderOf(state, request), password, rules: pagePasswordRules }),
      ask: activatePage,
      done: activatedPage,
      invalid: activationInvalidPage,
    };
  }

  /** The secret leaves the address bar, and nothing is spent (SEC-32, SEC-88). */
  @Allow('public')
  @Get(':number/:secret')
  link(@Param('number') number: string, @Param('secret') secret: string, @Res() reply: FastifyReply): void {
    this.forms.remember(this.page, { secret, number: numberIn(number) }, reply);
  }

  /** A link that lost or gained something on its way is no unknown page, but a link that does not work. */
  @Allow('public')
  @Get('*')
  mangledLink(@Res() reply: FastifyReply): void {
    this.forms.remember(this.page, { secret: '' }, reply);
  }

  @Allow('public')
  @Get()
  form(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.forms.open(this.page, request, reply);
  }

  @Allow('public')
  @Post()
  send(@SentForm() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.forms.send(this.page, body, request, reply);
  }
}

function orderOf({ secret = '', number = 0 }: FormState, request: FastifyRequest): ActivationOrder {
  return { secret, number, store: null, trail: trailOf(request, 'pages') };
}
