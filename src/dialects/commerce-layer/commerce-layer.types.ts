/** What every resource's `meta` says. */
export interface CommerceLayerMeta {
  readonly mode: 'test' | 'live';
  readonly organization_id: string;
  /** One for each request, 64 hex digits. */
  readonly trace_id: string;
}

/** A relationship that is not included. */
export interface CommerceLayerRelationship {
  readonly links: { readonly self: string; readonly related: string };
}

export interface CommerceLayerResource<Attributes> {
  readonly id: string;
  readonly type: string;
  readonly links: { readonly self: string };
  readonly attributes: Attributes;
  readonly relationships: Readonly<Record<string, CommerceLayerRelationship>>;
  readonly meta: CommerceLayerMeta;
}

/** The answer about one resource. */
export interface CommerceLayerDocument<Attributes> {
  readonly data: CommerceLayerResource<Attributes>;
}

export interface CommerceLayerPasswordReset {
  readonly customer_email: string;
  readonly reset_password_token: string | null;
  readonly reset_password_at: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly reference: string | null;
  readonly reference_origin: string | null;
  readonly metadata: object;
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
  /** Of customers' tokens only. */
  readonly refresh_token?: string;
  readonly owner_id?: string;
  readonly owner_type?: 'customer';
}
