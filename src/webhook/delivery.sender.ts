import { STATUS_CODES } from 'node:http';
import { Injectable, Logger } from '@nestjs/common';
import { ForbiddenAddress, guardedPost, PostError, type PostFault } from '#lib/bounded-post';
import { Config } from '../config/index.js';
import { StoreDirectory, type Store } from '../store/index.js';
import { FAILURES_UNTIL_OPEN, FAILURES_UNTIL_TOLD, isSuccess, repeatAfter } from './delivery.policy.js';
import { DeliveryRepository, type DueCall, type Outcome } from './delivery.repository.js';
import type { WebhookDelivery } from './webhook-delivery.entity.js';
import { mayCarrySecrets } from './webhook.targets.js';
import type { Call, WebhookWire } from './webhook-wire.js';
import { WebhookSeal } from './webhook.seal.js';
import type { Webhook } from './webhook.entity.js';

const TIMEOUT_MS = 5_000;

const FAULTS: Readonly<Record<PostFault, string>> = {
  large: 'The answer is too large.',
  redirect: 'Redirects are not followed.',
  slow: 'No answer in time.',
  unreachable: 'The server cannot be reached.',
};

/** Makes calls, and writes down what became of them. */
@Injectable()
export class DeliverySender {
  private readonly log = new Logger('webhooks');

  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly seal: WebhookSeal,
    private readonly stores: StoreDirectory,
    private readonly config: Config,
  ) {}

  async send(delivery: WebhookDelivery, wire: WebhookWire): Promise<void> {
    const due = await this.deliveries.find(delivery);
    if (!due || due.webhook.disabledAt !== null) return this.deliveries.put(delivery, 'dropped');
    if (due.webhook.circuitState === 'open') return this.deliveries.put(delivery, 'held');
    const outcome = await this.call(delivery, due, wire);
    const status = outcome.responseCode === null ? null : Number(outcome.responseCode);
    if (isSuccess(status)) return this.deliveries.succeed(delivery, outcome);
    const failures = await this.deliveries.fail(delivery, outcome, repeatAfter(delivery.attempt));
    if (failures !== null) this.tell(due.webhook, failures, outcome);
  }

  private async call(delivery: WebhookDelivery, { webhook, event }: DueCall, wire: WebhookWire): Promise<Outcome> {
    const { callbackUrl } = webhook;
    const store = this.stores.getById(webhook.storeId);
    const secret = this.seal.secretOf(webhook);
    if (secret === null) {
      await this.deliveries.keep(delivery, { callbackUrl, sealedPayload: null });
      return unsent('The shared secret was sealed under another SECRET_KEY.');
    }
    const call = await wire.write({ webhook, event, store, secret });
    await this.deliveries.keep(delivery, { callbackUrl, sealedPayload: this.seal.sealPayload(call.kept) });
    if (call.kept !== call.body && !mayCarrySecrets(callbackUrl, store, this.config)) {
      return unsent('A secret goes to an https address only.'); // SEC-33
    }
    return post(callbackUrl, call, store);
  }

  private tell({ number, callbackUrl }: Webhook, failures: number, { responseCode, responseMessage }: Outcome): void {
    const { origin } = new URL(callbackUrl); // a path or query may hold a key of the receiver's
    const what = `webhook ${number} at ${origin}: ${responseCode ?? ''} ${responseMessage}`;
    if (failures === FAILURES_UNTIL_TOLD) this.log.warn(`${failures} calls in a row have failed: ${what}`);
    if (failures === FAILURES_UNTIL_OPEN) this.log.error(`the circuit is open after ${failures} failures: ${what}`);
  }
}

async function post(url: string, { headers, body }: Call, { settings }: Store): Promise<Outcome> {
  const allowsPrivate = settings.commerceLayer?.webhookPrivateTargets ?? false;
  try {
    const status = await guardedPost({ url, headers, body, timeoutMs: TIMEOUT_MS, allowsPrivate });
    return { responseCode: String(status), responseMessage: STATUS_CODES[status] ?? '' };
  } catch (error) {
    if (error instanceof ForbiddenAddress) return unsent('The address is not of the public internet.');
    return unsent(error instanceof PostError ? FAULTS[error.fault] : FAULTS.unreachable);
  }
}

function unsent(responseMessage: string): Outcome {
  return { responseCode: null, responseMessage };
}
