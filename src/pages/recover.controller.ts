import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseEmail } from '#lib/email-address';
import { Allow, trailOf } from '../access/index.js';
import { ResetRequestService } from '../password-reset/index.js';
import type { Store } from '../store/index.js';
import { FormCookie } from './form-cookie.js';
import { recoverPage, recoverSentPage } from './pages.views.js';
import { PageStore } from './page-store.js';
import { PageFilter } from './page.filter.js';
import { sendPage } from './page.js';
import { SentForm, textIn } from './form-body.js';
import { pageTexts } from './pages.texts.js';

/** Asking for a reset by mail. */
@Controller('account/recover')
@UseFilters(PageFilter)
export class RecoverController {
  constructor(
    private readonly requests: ResetRequestService,
    private readonly cookie: FormCookie,
    private readonly stores: PageStore,
  ) {}

  @Allow('public')
  @Get()
  form(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.show(this.stores.get(request), reply);
  }

  /** Says the same whether the address has an account (SEC-75). */
  @Allow('public')
  @Post()
  async send(@SentForm() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const store = this.stores.get(request);
    const given = textIn(body, 'email');
    if (!this.cookie.readSent('recover', request, textIn(body, 'csrf'))) {
      return this.show(store, reply, { status: 403, email: given, error: 'expired' });
    }
    const email = parseEmail(given, { eai: store.realm.policy.eai });
    if (!email) return this.show(store, reply, { status: 422, email: given, error: 'email' });
    await this.requests.request({ store, email, origin: 'pages', trail: trailOf(request, 'pages') });
    this.cookie.end('recover', reply);
    sendPage(reply, recoverSentPage(titled(store)));
  }

  private show(
    store: Store,
    reply: FastifyReply,
    again?: { status: number; email: string; error: 'expired' | 'email' },
  ): void {
    const { csrf } = this.cookie.begin('recover', reply);
    const errors = pageTexts(store.locale).errors;
    const refill = again ? { email: again.email, error: errors[again.error] } : {};
    sendPage(reply, recoverPage({ ...titled(store), csrf, action: actionFor(store), ...refill }), {
      status: again?.status ?? 200,
    });
  }
}

function titled({ locale, name }: Store): { locale: string; storeName: string } {
  return { locale, storeName: name };
}

function actionFor({ code }: Store): string {
  return `/account/recover?store=${encodeURIComponent(code)}`;
}
