import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isDomainError, render } from '../common/domain-error.js';
import { PageStore } from './page-store.js';
import { sendPage } from './page.js';
import { pageErrors } from './pages.errors.js';
import { pageTexts } from './pages.texts.js';
import { messagePage } from './pages.views.js';

/** What a customer sees when a page refuses or fails: a page, with a number that the log knows. */
@Catch()
export class PageFilter implements ExceptionFilter {
  private readonly log = new Logger(PageFilter.name);

  constructor(private readonly stores: PageStore) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const { locale, name: storeName } = this.stores.getForRefusal(request);
    const { status, title, text } = this.worded(error, locale, request);
    const reply = http.getResponse<FastifyReply>();
    if (isDomainError(error) && (error.is('LIMIT_REACHED') || error.is('BUSY'))) {
      void reply.header('Retry-After', String(error.details.retryAfterSeconds));
    }
    sendPage(reply, messagePage({ locale, storeName, title, text }), { status });
  }

  private worded(
    error: unknown,
    locale: string,
    { id }: FastifyRequest,
  ): { status: number; title: string; text: string } {
    const texts = pageTexts(locale);
    if (isDomainError(error)) return render(pageErrors(locale), error);
    if (error instanceof HttpException && error.getStatus() < 500) {
      return { status: error.getStatus(), ...(error.getStatus() === 404 ? texts.notFound : texts.formExpired) };
    }
    this.log.error({ err: error, id }, 'a page failed');
    return { status: 500, ...texts.fault(id) };
  }
}
