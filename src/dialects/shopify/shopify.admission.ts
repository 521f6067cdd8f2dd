import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../../access/index.js';
import { isDomainError } from '../../common/domain-error.js';
import { ShopifyCaller } from './shopify.caller.js';
import { addressRefusal, WRONG_TOKEN } from './shopify.transport.js';

/** Stands before the document is read: a wrong path, method or storefront token refuses all of it. */
@Injectable()
export class ShopifyAdmission {
  constructor(private readonly caller: ShopifyCaller) {}

  /** @throws TransportRefusal */
  async admit(request: FastifyRequest): Promise<void> {
    const refusal = addressRefusal(request);
    if (refusal) throw refusal;
    try {
      await callerOf(request, this.caller);
    } catch (error) {
      throw isDomainError(error) ? WRONG_TOKEN : error;
    }
  }
}
