import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from '../../access/index.js';
import { isDomainError } from '../../common/domain-error.js';
import { StoreDirectory } from '../../store/index.js';
import { ShopifyCaller } from './shopify.caller.js';
import { ShopifyUpstream } from './shopify.upstream.js';
import { addressRefusal, WRONG_TOKEN } from './shopify.transport.js';

/** Stands before the document is read: a wrong path, method or storefront token refuses all of it. */
@Injectable()
export class ShopifyAdmission {
  constructor(
    private readonly caller: ShopifyCaller,
    private readonly stores: StoreDirectory,
    private readonly upstream: ShopifyUpstream,
  ) {}

  /** Whether the path exists: for as long as any store speaks the dialect. */
  readonly isServed = (): boolean => this.stores.speaks('shopify');

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

  /** Answers what another server is to answer; false: it is for us. @throws TransportRefusal, and what the upstream's refusals are */
  readonly elsewhere = async (request: FastifyRequest, reply: FastifyReply): Promise<boolean> => {
    await this.admit(request);
    return this.upstream.answer(request, reply);
  };
}
