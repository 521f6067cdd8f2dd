import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { SealedBox } from '#lib/sealed-box';
import { Clock } from '../common/clock.js';
import { Config, masterKeyOf } from '../config/index.js';

const LIFETIME_SECONDS = 30 * 60;

const sealedState = z.object({
  csrf: z.string(),
  /** The mailed secret, out of the address bar (SEC-88); absent where a reset is only asked for. */
  secret: z.string().optional(),
  /** The customer's number, where the link had one. */
  number: z.number().optional(),
  /** The customer's id, where the link had that. */
  id: z.number().optional(),
  until: z.number(),
});

/** What a form remembers between being shown and being sent. */
export type FormState = Omit<z.infer<typeof sealedState>, 'until'>;

/** Each form has a cookie of its own: who asks for one more link in another tab can still send the password typed here. */
export type FormName = 'recover' | 'reset' | 'activate' | 'confirm';

/** Keeps a form's state in a sealed, short-lived cookie: nothing in the service, nothing readable in the browser (SEC-56). */
@Injectable()
export class FormCookie {
  private readonly box: SealedBox;
  private readonly secure: boolean;

  constructor(
    private readonly clock: Clock,
    config: Config,
  ) {
    this.box = new SealedBox(masterKeyOf(config), 'form');
    this.secure = new URL(config.publicUrl).protocol === 'https:';
  }

  /** Starts a form: a new CSRF token, and what the form is about. */
  begin(form: FormName, reply: FastifyReply, about: Omit<FormState, 'csrf'> = {}): FormState {
    const state: FormState = { ...about, csrf: randomBytes(24).toString('base64url') };
    const sealed = this.box.seal(JSON.stringify({ ...state, until: this.clock.after(LIFETIME_SECONDS).getTime() }));
    const options = { ...this.attributes, maxAge: LIFETIME_SECONDS };
    void reply.setCookie(this.nameOf(form), sealed.toString('base64url'), options);
    return state;
  }

  /** The state of the form that is open in this browser, or null. */
  read(form: FormName, request: FastifyRequest): FormState | null {
    const cookie = request.cookies[this.nameOf(form)];
    const text = cookie ? this.box.open(Buffer.from(cookie, 'base64url')) : null;
    if (!text) return null;
    const { until, ...state } = sealedState.parse(JSON.parse(text));
    return until > this.clock.now().getTime() ? state : null;
  }

  /** The state, if the form that was sent is the one that was shown. */
  readSent(form: FormName, request: FastifyRequest, csrf: string): FormState | null {
    const state = this.read(form, request);
    return state && equal(csrf, state.csrf) ? state : null;
  }

  end(form: FormName, reply: FastifyReply): void {
    void reply.clearCookie(this.nameOf(form), this.attributes);
  }

  private nameOf(form: FormName): string {
    return this.secure ? `__Host-keyturn-${form}` : `keyturn-${form}`;
  }

  private get attributes(): { path: string; httpOnly: true; sameSite: 'lax'; secure: boolean } {
    return { path: '/', httpOnly: true, sameSite: 'lax', secure: this.secure };
  }
}

function equal(one: string, other: string): boolean {
  const [given, expected] = [Buffer.from(one), Buffer.from(other)];
  return given.length === expected.length && timingSafeEqual(given, expected);
}
