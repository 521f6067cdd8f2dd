import { Controller, Get, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ActivationService, type ActivationOrder, type OpenActivation } from '../activation/index.js';
import { Allow, trailOf } from '../access/index.js';
import { SentForm, textIn } from './form-body.js';
import type { FormState } from './form-cookie.js';
import { PageFilter } from './page.filter.js';
import { activatedPage, activatePage, activationInvalidPage } from './pages.views.js';
import { numberIn, pagePasswordRules, LinkForms, type LinkForm } from './link-form.js';

/** Choosing the first password by a link of staff, or of an invitation. */
@Controller('account/activate')
@UseFilters(PageFilter)
export class ActivateController {
  private readonly page: LinkForm<OpenActivation>;

  constructor(
    activations: ActivationService,
    private readonly forms: LinkForms,
  ) {
    this.page = {
      name: 'activate',
      path: '/account/activate',
      choosesPassword: true,
      inspect: (state, request) => activations.inspect(orderOf(state, request)),
      confirm: (state, request, body) =>
        activations.activate({
          ...orderOf(state, request),
          password: textIn(body, 'password'),
          rules: pagePasswordRules,
        }),
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
