/** What every resource's `meta` says. */
export interface CommerceLayerMeta {
  readonly mode: 'test' | 'live';
  readonly organization_id: string;
  /** One for each request, 64 hex digits. */
  readonly trace_id: string;
}

/** The answer to a token request. */
export interface CommerceLayerToken {
  readonly access_token: string;
  readonly token_type: 'bearer';
  /** Seconds. */
  readonly expires_in: number;
  readonly scope: string;
  /** Seconds since 1970. */
  readonly created_at: number;
  /** Of customers' tokens, and of those that were asked for by an assertion. */
  readonly refresh_token?: string;
  /** Of customers' tokens only. */
  readonly owner_id?: string;
  readonly owner_type?: 'customer';
}
