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
  until: z.number(),
});

/** What a form remembers between being shown and being sent. */
export type FormState = Omit<z.infer<typeof sealedState>, 'until'>;

/** Keeps a form's state in a sealed, short-lived cookie: nothing in the service, nothing readable in the browser (SEC-56). */
@Injectable()
export class FormCookie {
  private readonly box: SealedBox;
  private readonly name: string;
  private readonly secure: boolean;

  constructor(
    private readonly clock: Clock,
    config: Config,
  ) {
    this.box = new SealedBox(masterKeyOf(config), 'form');
    this.secure = config.publicUrl.startsWith('https:');
    this.name = this.secure ? '__Host-keyturn-form' : 'keyturn-form';
  }

  /** Starts a form: a new CSRF token, and what the form is about. */
  begin(reply: FastifyReply, about: Omit<FormState, 'csrf'> = {}): FormState {
    const state: FormState = { ...about, csrf: randomBytes(24).toString('base64url') };
    const sealed = this.box.seal(JSON.stringify({ ...state, until: this.clock.after(LIFETIME_SECONDS).getTime() }));
    void reply.setCookie(this.name, sealed.toString('base64url'), { ...this.attributes, maxAge: LIFETIME_SECONDS });
    return state;
  }

  /** The state of the form that is open in this browser, or null. */
  read(request: FastifyRequest): FormState | null {
    const cookie = request.cookies[this.name];
    const text = cookie ? this.box.open(Buffer.from(cookie, 'base64url')) : null;
    if (!text) return null;
    const { until, ...state } = sealedState.parse(JSON.parse(text));
    return until > this.clock.now().getTime() ? state : null;
  }

  /** The state, if the form that was sent is the one that was shown. */
  readSent(request: FastifyRequest, csrf: unknown): FormState | null {
    const state = this.read(request);
    return state && typeof csrf === 'string' && equal(csrf, state.csrf) ? state : null;
  }

  end(reply: FastifyReply): void {
    void reply.clearCookie(this.name, this.attributes);
  }

  private get attributes(): { path: string; httpOnly: true; sameSite: 'lax'; secure: boolean } {
    return { path: '/', httpOnly: true, sameSite: 'lax', secure: this.secure };
  }
}

function equal(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
