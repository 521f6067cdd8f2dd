import { Injectable } from '@nestjs/common';
import { SealedBox } from '#lib/sealed-box';
import { Config, masterKeyOf } from '../config/index.js';
import type { WebhookDelivery } from './webhook-delivery.entity.js';
import type { Webhook } from './webhook.entity.js';

/** More does not fit the column. */
const MAX_PAYLOAD_BYTES = 60_000;

/** Seals what signs calls, and what calls said: it is about persons (SEC-84). */
@Injectable()
export class WebhookSeal {
  private readonly secrets: SealedBox;
  private readonly payloads: SealedBox;

  constructor(config: Config) {
    const key = masterKeyOf(config);
    this.secrets = new SealedBox(key, 'webhook');
    this.payloads = new SealedBox(key, 'webhook-payload');
  }

  sealSecret(secret: string): Buffer {
    return this.secrets.seal(secret);
  }

  /** Null where it was sealed under another SECRET_KEY. */
  secretOf({ sealedSecret }: Webhook): string | null {
    return this.secrets.open(sealedSecret);
  }

  /** Null for what is too much to keep. */
  sealPayload(payload: string): Buffer | null {
    return Buffer.byteLength(payload) > MAX_PAYLOAD_BYTES ? null : this.payloads.seal(payload);
  }

  payloadOf({ sealedPayload }: WebhookDelivery): string | null {
    return sealedPayload ? this.payloads.open(sealedPayload) : null;
  }
}
