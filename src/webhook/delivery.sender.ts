import { STATUS_CODES } from 'node:http';
import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ForbiddenAddress, guardedPost, PostError, type PostFault } from '#lib/bounded-post';
import { webhookCalls } from '../common/metrics.js';
import { Config } from '../config/index.js';
import { MailService } from '../mail/index.js';
import { contactOf, StoreDirectory, type Store } from '../store/index.js';
import { FAILURES_UNTIL_OPEN, FAILURES_UNTIL_TOLD, isSuccess, repeatAfter } from './delivery.policy.js';
import { DeliveryRepository, type DueCall, type Outcome, type Told } from './delivery.repository.js';
import type { WebhookDelivery } from './webhook-delivery.entity.js';
import { mayCarrySecrets } from './webhook.targets.js';
import type { Call, CallOrder, WebhookWire } from './webhook-wire.js';
import { WebhookSeal } from './webhook.seal.js';
import type { Webhook } from './webhook.entity.js';

const TIMEOUT_MS = 5_000;

const FAULTS: Readonly<Record<PostFault, string>> = {
  large: 'The answer is too large.',
  redirect: 'Redirects are not followed.',
  slow: 'No answer in time.',
  unreachable: 'The server cannot be reached.',
};

type Answer = Pick<Outcome, 'responseCode' | 'responseMessage'>;

interface Failed {
  readonly webhook: Webhook;
  /** In a row. */
  readonly failures: number;
  readonly outcome: Outcome;
}

/** Makes calls, and writes down what became of them. */
@Injectable()
export class DeliverySender {
  private readonly log = new Logger('webhooks');

  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly seal: WebhookSeal,
    private readonly stores: StoreDirectory,
    private readonly mails: MailService,
    private readonly config: Config,
  ) {}

  async send(delivery: WebhookDelivery, wire: WebhookWire): Promise<void> {
    const due = await this.deliveries.find(delivery);
    if (!due || due.webhook.disabledAt !== null) return this.deliveries.put(delivery, 'dropped');
    if (due.webhook.circuitState === 'open') return this.deliveries.put(delivery, 'held');
    const outcome = { callbackUrl: due.webhook.callbackUrl, ...(await this.call(delivery, due, wire)) };
    const status = outcome.responseCode === null ? null : Number(outcome.responseCode);
    webhookCalls.add(isSuccess(status) ? 'ok' : 'failed');
    if (isSuccess(status)) return this.deliveries.succeed(delivery, outcome);
    const { webhook } = due;
    const told: Told = (failures, tx) => this.mail({ webhook, failures, outcome }, tx);
    const failures = await this.deliveries.fail(delivery, outcome, repeatAfter(delivery.attempt), told);
    if (failures !== null) this.logFailures(webhook, failures, outcome);
  }

  private async call(delivery: WebhookDelivery, { webhook, event }: DueCall, wire: WebhookWire): Promise<Answer> {
    const store = this.stores.getById(webhook.storeId);
    const secret = this.seal.secretOf(webhook);
    if (secret === null) return unsent('The shared secret was sealed under another SECRET_KEY.');
    const call = await this.written({ webhook, event, store, secret }, wire);
    if (!call) return unsent('The call could not be written.');
    await this.deliveries.keep(delivery, this.seal.sealPayload(call.kept));
    if (call.kept !== call.body && !mayCarrySecrets(webhook.callbackUrl, store, this.config)) {
      return unsent('A secret goes to an https address only.'); // SEC-33
    }
    return post(webhook.callbackUrl, call, store);
  }

  /** A fault of our own is tried again as one of the receiver's is, and no more often. */
  private async written(order: CallOrder, wire: WebhookWire): Promise<Call | null> {
    try {
      return await wire.write(order);
    } catch (error) {
      this.log.error({ err: error }, `the call of webhook ${order.webhook.number} could not be written`);
      return null;
    }
  }

  private logFailures(webhook: Webhook, failures: number, outcome: Outcome): void {
    const what = `webhook ${webhook.number} at ${originOf(webhook)}: ${reasonOf(outcome)}`;
    if (failures === FAILURES_UNTIL_TOLD) this.log.warn(`${failures} calls in a row have failed: ${what}`);
    if (failures === FAILURES_UNTIL_OPEN) this.log.error(`the circuit is open after ${failures} failures: ${what}`);
  }

  /** Tells the shop, once in a row of failures; the mail is queued with the failure that it is about. */
  private async mail({ webhook, failures, outcome }: Failed, tx: EntityManager): Promise<void> {
    if (failures !== FAILURES_UNTIL_TOLD) return;
    const store = this.stores.getById(webhook.storeId);
    const data = {
      ...{ webhook: webhook.name, origin: originOf(webhook), reason: reasonOf(outcome) },
      ...{ failures: String(failures), limit: String(FAILURES_UNTIL_OPEN) },
    };
    const to = contactOf(store);
    await this.mails.enqueue({ kind: 'webhook-failing', store, customerId: null, to, data }, tx);
  }
}

/** A path or query may hold a key of the receiver's. */
function originOf({ callbackUrl }: Webhook): string {
  return new URL(callbackUrl).origin;
}

function reasonOf({ responseCode, responseMessage }: Answer): string {
  return responseCode === null ? responseMessage : `${responseCode} ${responseMessage}`;
}

async function post(url: string, { headers, body }: Call, { settings }: Store): Promise<Answer> {
  const allowsPrivate = settings.commerceLayer?.webhookPrivateTargets ?? false;
  try {
    const status = await guardedPost({ url, headers, body, timeoutMs: TIMEOUT_MS, allowsPrivate });
    return { responseCode: String(status), responseMessage: STATUS_CODES[status] ?? '' };
  } catch (error) {
    if (error instanceof ForbiddenAddress) return unsent('The address is not of the public internet.');
    return unsent(error instanceof PostError ? FAULTS[error.fault] : FAULTS.unreachable);
  }
}

function unsent(responseMessage: string): Answer {
  return { responseCode: null, responseMessage };
}
