import {
  invalid,
  JsonApiFault,
  readShape,
  type Declaration,
  type ErrorObject,
  type ResourceTypes,
  type Written,
} from '#lib/json-api';
import type { Config } from '../../config/index.js';
import type { Store } from '../../store/index.js';
import { mayCarrySecrets, targetFault, type Webhook, type WebhookChanges } from '../../webhook/index.js';
import { blankFaults, notesIn, textOf } from './common.mapper.js';
import { SECRET_TOPIC, topicOf } from './webhooks.topics.js';

/** What rules look at beside what was sent. */
export interface WebhookTerms {
  /** As it is; null: a new one. */
  readonly present: Webhook | null;
  readonly store: Store;
  readonly config: Config;
  readonly types: Pick<ResourceTypes<never>, 'find'>;
}

/** What a webhook would be. */
interface Wanted {
  readonly topic: string;
  readonly callbackUrl: string;
  readonly includes: readonly string[];
}

/** Rules that are broken; those between members are judged by what the webhook would be. */
export function webhookFaults(written: Written, terms: WebhookTerms): ErrorObject[] {
  const blanks = blankFaults(written, ['topic', 'callback_url'], terms.present === null);
  const known = [...blanks, ...written.faults];
  if (known.length > 0) return known;
  const wanted = wantedOf(written, terms.present);
  return [
    ...topicFaults(wanted),
    ...urlFaults(wanted, terms),
    ...includeFaults(wanted, terms),
    ...switchFaults(written),
  ];
}

/** Members that were sent, as the core calls them. */
export function webhookIn({ values, ...written }: Written): WebhookChanges {
  const { name, topic, callback_url: url, include_resources: includes } = values;
  const topicName = textOf(topic);
  return {
    ...notesIn({ values, ...written }),
    ...(typeof name === 'string' && name.trim() !== '' ? { name } : {}),
    ...(topicName === null ? {} : { topic: topicName, eventType: topicOf(topicName)?.event ?? null }),
    ...(typeof url === 'string' ? { callbackUrl: url } : {}),
    ...(includes === undefined ? {} : { includes: textsOf(includes) }),
    ...(values['_disable'] === true ? { isDisabled: true } : {}),
    ...(values['_enable'] === true ? { isDisabled: false } : {}),
    ...(values['_reset_circuit'] === true ? { closesCircuit: true } : {}),
    ...(values['_regenerate_shared_secret'] === true ? { replacesSecret: true } : {}),
  };
}

function wantedOf({ values }: Written, present: Webhook | null): Wanted {
  const { include_resources: includes } = values;
  return {
    topic: textOf(values['topic']) ?? present?.topic ?? '',
    callbackUrl: textOf(values['callback_url']) ?? present?.callbackUrl ?? '',
    includes: (includes === undefined ? present?.includes : textsOf(includes)) ?? [],
  };
}

function topicFaults({ topic }: Wanted): ErrorObject[] {
  return topicOf(topic) ? [] : [invalid('topic', 'is not included in the list')];
}

function urlFaults({ topic, callbackUrl }: Wanted, { store, config }: WebhookTerms): ErrorObject[] {
  const fault = targetFault(callbackUrl, store);
  if (fault === 'invalid') return [invalid('callback_url')];
  if (fault === 'private') return [invalid('callback_url', 'must be a public address')];
  if (topic !== SECRET_TOPIC || mayCarrySecrets(callbackUrl, store, config)) return [];
  return [invalid('callback_url', 'must be an https address, because a token is sent to it')];
}

/** The vendor's own rules for `include`, by the resource that the topic is about. */
function includeFaults({ topic, includes }: Wanted, { types }: WebhookTerms): ErrorObject[] {
  const declaration = types.find(topicOf(topic)?.type ?? '')?.declaration;
  if (!declaration || includes.every((path) => isIncludable(path, declaration, types))) return [];
  return [invalid('include_resources')];
}

function isIncludable(path: string, declaration: Declaration, types: WebhookTerms['types']): boolean {
  if (path === '' || path.includes(',')) return false;
  try {
    readShape({ include: path }, declaration, types);
    return true;
  } catch (error) {
    if (error instanceof JsonApiFault) return false;
    throw error;
  }
}

function switchFaults({ values }: Written): ErrorObject[] {
  return values['_disable'] === true && values['_enable'] === true ? [invalid('_enable')] : [];
}

function textsOf(value: unknown): readonly string[] | null {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : null;
}
