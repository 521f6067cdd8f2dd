import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { oneLine } from '#lib/plain-text';
import { Housekeeping } from '../common/housekeeping.js';
import { WorkLoop } from '../common/work-loop.js';
import type { Waiting } from '../common/work-queue.js';
import { RemovalService } from '../customer/index.js';
import { EventService } from '../event/index.js';
import { DeliveryRepository } from './delivery.repository.js';
import { DeliverySender } from './delivery.sender.js';
import type { WebhookDelivery } from './webhook-delivery.entity.js';
import type { WebhookWire } from './webhook-wire.js';

const EVENTS = 50;
const CALLS = 20;
const KEEP_SECONDS = 30 * 24 * 3600;

/**
 * Tells webhooks of events: woken by each commit that recorded one, and by a slow poll for what other instances left
 * behind. At least once, never lost; a slow receiver does not hold up the others.
 */
@Injectable()
export class DeliveryWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(DeliveryWorker.name);
  private wire: WebhookWire | null = null;
  /** Calls that are being made, by their webhooks' row ids. */
  private readonly calls = new Map<Promise<void>, number>();
  private readonly loop = new WorkLoop(
    () => this.deliverSome(),
    (reason) => this.log.error(`webhooks could not be told: ${reason}`),
  );

  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly sender: DeliverySender,
    private readonly events: EventService,
    private readonly removals: RemovalService,
    private readonly housekeeping: Housekeeping,
  ) {}

  /** Says who writes the calls. */
  speak(wire: WebhookWire): void {
    this.wire = wire;
  }

  onApplicationBootstrap(): void {
    this.housekeeping.register('webhook calls', KEEP_SECONDS, (endedBefore) => this.deliveries.purge(endedBefore));
    this.removals.register((customerId, tx) => this.deliveries.forget(tx, customerId));
    this.events.onPublished(() => this.loop.wakeSoon());
    this.loop.start();
  }

  /** Takes nothing any more, and waits for the calls that are being made. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.loop.stop();
    await Promise.all(this.calls.keys());
  }

  /** What has not been called yet. */
  waiting(): Promise<Waiting> {
    return this.deliveries.waiting();
  }

  /** Looks for work soon. Returns at once. */
  wake(): void {
    this.loop.wake();
  }

  /** Waits until nothing is due any more. */
  async idle(): Promise<void> {
    await this.loop.idle();
    while (this.calls.size > 0) {
      await Promise.race(this.calls.keys());
      await this.loop.idle();
    }
  }

  private async deliverSome(): Promise<boolean> {
    const { wire } = this;
    if (!wire) return false;
    const events = await this.deliveries.dispatch(EVENTS);
    const free = CALLS - this.calls.size;
    const due = free > 0 ? await this.deliveries.claim(free, this.busy()) : [];
    for (const delivery of due) this.begin(delivery, wire);
    return events > 0 || due.length > 0;
  }

  /** Nobody waits for the end of a call but what takes its place. */
  private begin(delivery: WebhookDelivery, wire: WebhookWire): void {
    const call = this.deliver(delivery, wire).finally(() => {
      this.calls.delete(call);
      this.loop.wake();
    });
    this.calls.set(call, delivery.webhookId);
  }

  private busy(): ReadonlyMap<number, number> {
    const rows = new Map<number, number>();
    for (const webhookId of this.calls.values()) rows.set(webhookId, (rows.get(webhookId) ?? 0) + 1);
    return rows;
  }

  private async deliver(delivery: WebhookDelivery, wire: WebhookWire): Promise<void> {
    try {
      await this.sender.send(delivery, wire);
    } catch (error) {
      this.log.error(`delivery ${delivery.number} could not be made; its lease will end: ${oneLine(String(error))}`);
    }
  }
}
