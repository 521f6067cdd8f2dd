import type { FastifyReply } from 'fastify';

/** No script, nothing from elsewhere, no frame (SEC-88). */
const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** The same for the pages that estimate a password's strength, by a script of ours. */
const POLICY_WITH_SCRIPT = POLICY.replace(/^[^;]+/, "$&; script-src 'self'");

export interface Sent {
  readonly status?: number;
  /** Whether a script of ours may run. */
  readonly hasScript?: boolean;
}

/** Sends a hosted page. */
export function sendPage(reply: FastifyReply, html: string, { status = 200, hasScript = false }: Sent = {}): void {
  void reply
    .status(status)
    .header('Content-Type', 'text/html; charset=utf-8')
    .header('Content-Security-Policy', hasScript ? POLICY_WITH_SCRIPT : POLICY)
    .header('X-Frame-Options', 'DENY')
    .send(html);
}
