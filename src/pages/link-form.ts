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
import { StrengthAssets } from './strength.assets.js';
import type { PasswordPage } from './password-form.view.js';

/** What a kind of mailed link leads to: a form to send, what happens with it, and the pages. */
export interface LinkForm<Opened extends { readonly store: Store }> {
  readonly name: FormName;
  readonly path: string;
  /** Whether the form asks for a password, whose strength is told as it is typed. */
  readonly choosesPassword: boolean;
  /** What the secret opens, in the store that it was made in; spends nothing. @throws DomainError when it opens nothing */
  readonly inspect: (state: FormState, request: FastifyRequest) => Promise<Opened>;
  /** Spends the secret. @throws DomainError */
  readonly confirm: (state: FormState, request: FastifyRequest, body: unknown) => Promise<unknown>;
  readonly ask: (page: PasswordPage, opened: Opened) => string;
  readonly done: (page: ShopPage & { readonly shopUrl: string | null }, opened: Opened) => string;
  readonly invalid: (page: ShopPage & { readonly recoverUrl: string }) => string;
}

/** Forms of any kind, where what they open does not matter. */
type SomeForm = Pick<LinkForm<never>, 'name' | 'path' | 'invalid'>;

/** What a hosted page asks of a new password. */
export function pagePasswordRules(store: Store): PasswordRules {
  return passwordRulesOf(store, { edgeSpace: true });
}

/** Takes what a mailed secret asks for. The secret stands in a sealed cookie and nowhere else (SEC-88). */
@Injectable()
export class LinkForms {
  constructor(
    private readonly cookie: FormCookie,
    private readonly stores: PageStore,
    private readonly strength: StrengthAssets,
  ) {}

  /**
   * Keeps what a link carried and leads to the form; nothing is spent (SEC-32). What cannot be a secret is not carried
   * along: browsers drop a cookie that is too long, and would keep an older one.
   */
  remember({ name, path }: SomeForm, about: Omit<FormState, 'csrf'>, reply: FastifyReply): void {
    this.cookie.begin(name, reply, isSecret(about.secret ?? '') ? about : { secret: '' });
    void reply.status(303).header('Location', path).send();
  }

  async open<O extends { readonly store: Store }>(
    form: LinkForm<O>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const state = this.cookie.read(form.name, request);
    if (state?.secret === undefined) return this.refuseLink(form, request, reply);
    try {
      await this.show(form, { opened: await form.inspect(state, request), state }, reply);
    } catch (error) {
      if (!this.isAboutLink(error, request)) throw error;
      this.refuseLink(form, request, reply);
    }
  }

  async send<O extends { readonly store: Store }>(
    form: LinkForm<O>,
    body: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const state = this.cookie.readSent(form.name, request, textIn(body, 'csrf'));
    if (state?.secret === undefined) return this.expired(request, reply);
    try {
      const opened = await form.inspect(state, request);
      const refusal = await refused(() => form.confirm(state, request, body));
      if (refusal) return await this.show(form, { opened, state, refusal }, reply);
      this.cookie.end(form.name, reply);
      const { store } = opened;
      sendPage(reply, form.done({ ...titled(store), shopUrl: store.storefrontUrl }, opened));
    } catch (error) {
      if (!this.isAboutLink(error, request)) throw error;
      this.refuseLink(form, request, reply);
    }
  }

  private async show<O extends { readonly store: Store }>(
    { ask, path, choosesPassword }: LinkForm<O>,
    { opened, state, refusal }: { readonly opened: O; readonly state: FormState; readonly refusal?: DomainError },
    reply: FastifyReply,
  ): Promise<void> {
    const { store } = opened;
    const strength = await this.strength.scripts();
    const minimum = store.realm.policy.passwordMinimum;
    const error = refusal && render(pageErrors(store.locale), refusal).text;
    const page = { ...titled(store), csrf: state.csrf, action: path, minimum, error, strength };
    sendPage(reply, ask(page, opened), { status: refusal ? 422 : 200, hasScript: choosesPassword });
  }

  private expired(request: FastifyRequest, reply: FastifyReply): void {
    const store = this.stores.getForRefusal(request);
    sendPage(reply, messagePage({ ...titled(store), ...pageTexts(store.locale).formExpired }), { status: 403 });
  }

  private isAboutLink(error: unknown, request: FastifyRequest): boolean {
    const { locale } = this.stores.getForRefusal(request);
    return isDomainError(error) && render(pageErrors(locale), error).status === 404;
  }

  private refuseLink(form: SomeForm, request: FastifyRequest, reply: FastifyReply): void {
    const store = this.stores.getForRefusal(request);
    this.cookie.end(form.name, reply);
    const recoverUrl = `/account/recover?store=${encodeURIComponent(store.code)}`;
    sendPage(reply, form.invalid({ ...titled(store), recoverUrl }), { status: 404 });
  }
}

/** Null when it is done; a refused password is a reason to ask again. */
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
