import { digestOf } from '#lib/opaque-token';
import type { Caller } from '../../access/index.js';
import { toShortId } from '../../common/public-id.js';
import type { Config } from '../../config/index.js';
import type { ResetRecord } from '../../password-reset/index.js';
import type { Store } from '../../store/index.js';
import { settingsOf } from './commerce-layer.caller.js';
import type {
  CommerceLayerDocument,
  CommerceLayerMeta,
  CommerceLayerPasswordReset,
  CommerceLayerRelationship,
} from './commerce-layer.types.js';

const AUTH_HOST = 'https://auth.';

/** Where an answer is given, and in whose name. */
export interface AnswerContext {
  /** Base of every link, built of the configuration alone (SEC-37). */
  readonly base: string;
  readonly meta: CommerceLayerMeta;
}

export function contextOf(config: Config, { store, trail }: Caller): AnswerContext {
  const meta = {
    mode: config.environment === 'production' ? 'live' : 'test',
    organization_id: toShortId(store.number),
    trace_id: digestOf('trace', trail.requestId ?? '').toString('hex'),
  } as const;
  return { base: baseOf(config, store), meta };
}

/** The organization's own host where tokens come from `https://auth.<domain>`, as the vendor has it. */
function baseOf({ issuerUrl, publicUrl }: Config, store: Store): string {
  if (!issuerUrl.startsWith(AUTH_HOST)) return `${publicUrl}/api`;
  return `https://${settingsOf(store).organization}.${issuerUrl.slice(AUTH_HOST.length)}/api`;
}

/** A reset as its organization sees it; the secret is for those alone who may read it (SEC-33). */
export function toPasswordReset(
  { reset, customer, secret }: ResetRecord,
  { client }: Caller,
  { base, meta }: AnswerContext,
): CommerceLayerDocument<CommerceLayerPasswordReset> {
  const id = toShortId(reset.number);
  const self = `${base}/customer_password_resets/${id}`;
  return {
    data: {
      id,
      type: 'customer_password_resets',
      links: { self },
      attributes: {
        customer_email: customer.email,
        reset_password_token: client?.kind === 'commerce-layer-integration' ? secret : null,
        reset_password_at: reset.usedAt?.toISOString() ?? null,
        created_at: reset.createdAt.toISOString(),
        updated_at: reset.updatedAt.toISOString(),
        reference: reset.reference,
        reference_origin: reset.referenceOrigin,
        metadata: reset.metadata ?? {},
      },
      relationships: { customer: relationship(self, 'customer'), events: relationship(self, 'events') },
      meta,
    },
  };
}

function relationship(self: string, name: string): CommerceLayerRelationship {
  return { links: { self: `${self}/relationships/${name}`, related: `${self}/${name}` } };
}
