import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isSecret } from '#lib/opaque-token';
import { isDomainError, render, type DomainError } from '../common/domain-error.js';
import { passwordRulesOf, type PasswordRules } from '../customer/index.js';
import type { Store } from '../store/index.js';
import { textIn } from './form-body.js';
import { FormCookie, type FormName, type FormState } from './form-cookie.js';
import { messagePage, type ShopPage } from './message.view.js';
import { PageStore } from './page-store.js';
import { sendPage } from './page.js';
import { pageErrors } from './pages.errors.js';
import { pageTexts } from './pages.texts.js';
import type { PasswordPage } from './password-form.view.js';

/** What a kind of mailed link leads to: where it is asked for a password, what happens with it, and the pages. */
export interface PasswordForm {
  readonly name: FormName;
  readonly path: string;
  /** The store that the secret was made in; spends nothing. @throws DomainError when the secret opens nothing */
  readonly inspect: (state: FormState, request: FastifyRequest) => Promise<Store>;
  /** Spends the secret. @throws DomainError */
  readonly confirm: (state: FormState, request: FastifyRequest, password: string) => Promise<unknown>;
  readonly ask: (page: PasswordPage) => string;
  readonly done: (page: ShopPage & { readonly shopUrl: string | null }) => string;
  readonly invalid: (page: ShopPage & { readonly recoverUrl: string }) => string;
}

/** What a hosted page asks of a new password. */
export function pagePasswordRules(store: Store): PasswordRules {
  return passwordRulesOf(store, { edgeSpace: true });
}

/** Takes a password for a mailed secret. The secret stands in a sealed cookie and nowhere else (SEC-88). */
@Injectable()
export class PasswordForms {
  constructor(
    private readonly cookie: FormCookie,
    private readonly stores: PageStore,
  ) {}

  /**
   * Keeps what a link carried and leads to the form; nothing is spent (SEC-32). What cannot be a secret is not carried
   * along: browsers drop a cookie that is too long, and would keep an older one.
   */
  remember({ name, path }: PasswordForm, about: Omit<FormState, 'csrf'>, reply: FastifyReply): void {
    this.cookie.begin(name, reply, isSecret(about.secret ?? '') ? about : { secret: '' });
    void reply.status(303).header('Location', path).send();
  }

  async open(form: PasswordForm, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const state = this.cookie.read(form.name, request);
    if (state?.secret === undefined) return this.refuseLink(form, request, reply);
    try {
      this.show(form, { store: await form.inspect(state, request), state }, reply);
    } catch (error) {
      if (!this.isAboutLink(error, request)) throw error;
      this.refuseLink(form, request, reply);
    }
  }

  async send(form: PasswordForm, body: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const state = this.cookie.readSent(form.name, request, textIn(body, 'csrf'));
    if (state?.secret === undefined) return this.expired(request, reply);
    try {
      const store = await form.inspect(state, request);
      const refusal = await refused(() => form.confirm(state, request, textIn(body, 'password')));
      if (refusal) return this.show(form, { store, state, refusal }, reply);
      this.cookie.end(form.name, reply);
      sendPage(reply, form.done({ ...titled(store), shopUrl: store.storefrontUrl }));
    } catch (error) {
      if (!this.isAboutLink(error, request)) throw error;
      this.refuseLink(form, request, reply);
    }
  }

  private show(
    { ask, path }: PasswordForm,
    { store, state, refusal }: { readonly store: Store; readonly state: FormState; readonly refusal?: DomainError },
    reply: FastifyReply,
  ): void {
    const minimum = store.realm.policy.passwordMinimum;
    const error = refusal && render(pageErrors(store.locale), refusal).text;
    sendPage(reply, ask({ ...titled(store), csrf: state.csrf, action: path, minimum, error }), refusal ? 422 : 200);
  }

  private expired(request: FastifyRequest, reply: FastifyReply): void {
    const store = this.stores.getForRefusal(request);
    sendPage(reply, messagePage({ ...titled(store), ...pageTexts(store.locale).formExpired }), 403);
  }

  private isAboutLink(error: unknown, request: FastifyRequest): boolean {
    const { locale } = this.stores.getForRefusal(request);
    return isDomainError(error) && render(pageErrors(locale), error).status === 404;
  }

  private refuseLink(form: PasswordForm, request: FastifyRequest, reply: FastifyReply): void {
    const store = this.stores.getForRefusal(request);
    this.cookie.end(form.name, reply);
    const recoverUrl = `/account/recover?store=${encodeURIComponent(store.code)}`;
    sendPage(reply, form.invalid({ ...titled(store), recoverUrl }), 404);
  }
}

/** Null when the password is set; a refused password is a reason to ask again. */
async function refused(confirm: () => Promise<unknown>): Promise<DomainError | null> {
  try {
    await confirm();
    return null;
  } catch (error) {
    if (isDomainError(error) && error.code.startsWith('PASSWORD_')) return error;
    throw error;
  }
}

/** The number in a link, or one that nobody has. */
export function numberIn(text: string): number {
  return /^[1-9]\d{0,15}$/.test(text) ? Number(text) : 0;
}

function titled({ locale, name }: Store): ShopPage {
  return { locale, storeName: name };
}
