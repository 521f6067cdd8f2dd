/** Where a request came from, for the audit trail and for limits. */
export interface Trail {
  /** The API or page, such as `adobe` or `pages`. */
  readonly origin: string;
  /** The client's network (SEC-7); null for work that no client asked for. */
  readonly network: string | null;
  readonly requestId: string | null;
}

/** The trail of work that the service does by itself. */
export const ownTrail: Trail = { origin: 'keyturn', network: null, requestId: null };
