import { digestOf } from '#lib/opaque-token';
import type { Caller } from '../../access/index.js';
import { toShortId } from '../../common/public-id.js';
import type { Config } from '../../config/index.js';
import type { Store } from '../../store/index.js';
import { settingsOf } from './commerce-layer.caller.js';
import type { AnswerContext } from './commerce-layer.resource.js';
import type { CommerceLayerMeta } from './commerce-layer.types.js';

const AUTH_HOST = 'https://auth.';

/** Where an answer is given, and in whose name; every link is built of the configuration alone (SEC-37). */
export function contextOf(config: Config, caller: Caller): AnswerContext {
  const { store, trail } = caller;
  const meta: CommerceLayerMeta = {
    mode: config.environment === 'production' ? 'live' : 'test',
    organization_id: toShortId(store.number),
    trace_id: digestOf('trace', trail.requestId ?? '').toString('hex'),
  };
  return { base: baseOf(config, store), meta, caller };
}

/** The organization's own host where tokens come from `https://auth.<domain>`, as the vendor has it. */
function baseOf({ issuerUrl, publicUrl }: Config, store: Store): string {
  if (!issuerUrl.startsWith(AUTH_HOST)) return `${publicUrl}/api`;
  return `https://${settingsOf(store).organization}.${issuerUrl.slice(AUTH_HOST.length)}/api`;
}
