import { Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isSecret } from '#lib/opaque-token';
import { Allow, trailOf } from '../access/index.js';
import { DomainError, isDomainError, render } from '../common/domain-error.js';
import { passwordRulesOf } from '../customer/index.js';
import { PasswordResetService, type OpenReset, type SecretOrder } from '../password-reset/index.js';
import type { Store } from '../store/index.js';
import { SentForm, textIn } from './form-body.js';
import { FormCookie, type FormState } from './form-cookie.js';
import { PageStore } from './page-store.js';
import { PageFilter } from './page.filter.js';
import { sendPage } from './page.js';
import { pageErrors } from './pages.errors.js';
import { pageTexts } from './pages.texts.js';
import { linkInvalidPage, messagePage, resetDonePage, resetPage } from './pages.views.js';

const FORM = '/account/reset';

/** Choosing a new password by a mailed link. */
@Controller()
@UseFilters(PageFilter)
export class ResetController {
  constructor(
    private readonly resets: PasswordResetService,
    private readonly cookie: FormCookie,
    private readonly stores: PageStore,
  ) {}

  /** The links that mails carry: the secret leaves the address bar, and nothing is spent (SEC-32, SEC-88). */
  @Allow('public')
  @Get('account/reset/:number/:secret')
  link(@Param('number') number: string, @Param('secret') secret: string, @Res() reply: FastifyReply): void {
    this.remember({ secret, number: /^[1-9]\d{0,15}$/.test(number) ? Number(number) : 0 }, reply);
  }

  /** The same, in the form of Adobe's storefronts. */
  @Allow('public')
  @Get('customer/account/createPassword')
  adobeLink(@Query('token') secret: unknown, @Res() reply: FastifyReply): void {
    this.remember({ secret: typeof secret === 'string' ? secret : '' }, reply);
  }

  /** A link that lost or gained something on its way is no unknown page, but a link that does not work. */
  @Allow('public')
  @Get('account/reset/*')
  mangledLink(@Res() reply: FastifyReply): void {
    this.remember({ secret: '' }, reply);
  }

  @Allow('public')
  @Get('account/reset')
  async form(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const state = this.cookie.read('reset', request);
    if (state?.secret === undefined) return this.refuse(new DomainError('RESET_TOKEN_INVALID'), request, reply);
    try {
      const open = await this.resets.inspect(orderOf(state, request));
      this.show(open, state, reply);
    } catch (error) {
      this.refuse(error, request, reply);
    }
  }

  @Allow('public')
  @Post('account/reset')
  async send(@SentForm() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const state = this.cookie.readSent('reset', request, textIn(body, 'csrf'));
    if (state?.secret === undefined) return this.expired(request, reply);
    const order = orderOf(state, request);
    try {
      const open = await this.resets.inspect(order);
      const refusal = await this.confirmed(order, textIn(body, 'password'));
      if (refusal) return this.show(open, state, reply, refusal);
      this.cookie.end('reset', reply);
      sendPage(reply, resetDonePage({ ...titled(open.store), shopUrl: open.store.storefrontUrl }));
    } catch (error) {
      this.refuse(error, request, reply);
    }
  }

  /** Null when the password is set; a refused password is a reason to ask again. */
  private async confirmed(order: SecretOrder, password: string): Promise<DomainError | null> {
    try {
      await this.resets.confirm({
        ...order,
        password,
        rules: (store) => passwordRulesOf(store, { edgeSpace: true }),
      });
      return null;
    } catch (error) {
      if (isDomainError(error) && error.code.startsWith('PASSWORD_')) return error;
      throw error;
    }
  }

  /** What cannot be a secret is not carried along: browsers drop a cookie that is too long, and would keep an older one. */
  private remember(about: { readonly secret: string; readonly number?: number }, reply: FastifyReply): void {
    this.cookie.begin('reset', reply, isSecret(about.secret) ? about : { secret: '' });
    void reply.status(303).header('Location', FORM).send();
  }

  private show({ store }: OpenReset, { csrf }: FormState, reply: FastifyReply, refusal?: DomainError): void {
    const minimum = store.realm.policy.passwordMinimum;
    const error = refusal ? render(pageErrors(store.locale), refusal).text : undefined;
    const page = { ...titled(store), csrf, action: FORM, minimum, ...(error === undefined ? {} : { error }) };
    sendPage(reply, resetPage(page), refusal ? 422 : 200);
  }

  private expired(request: FastifyRequest, reply: FastifyReply): void {
    const store = this.stores.getForRefusal(request);
    sendPage(reply, messagePage({ ...titled(store), ...pageTexts(store.locale).formExpired }), 403);
  }

  private refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    if (!isDomainError(error)) throw error;
    const store = this.stores.getForRefusal(request);
    if (render(pageErrors(store.locale), error).status !== 404) throw error;
    this.cookie.end('reset', reply);
    sendPage(
      reply,
      linkInvalidPage({ ...titled(store), recoverUrl: `/account/recover?store=${encodeURIComponent(store.code)}` }),
      404,
    );
  }
}

function orderOf({ secret = '', number }: FormState, request: FastifyRequest): SecretOrder {
  const order = { secret, store: null, trail: trailOf(request, 'pages') };
  return number === undefined ? order : { ...order, companion: { number } };
}

function titled({ locale, name }: Store): { locale: string; storeName: string } {
  return { locale, storeName: name };
}
