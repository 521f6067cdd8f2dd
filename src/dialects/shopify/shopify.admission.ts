import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError, type DocumentNode, type GraphQLSchema } from 'graphql';
import { callerOf } from '../../access/index.js';
import { StoreDirectory } from '../../store/index.js';
import { buyerTokenIn } from './document.buyer.js';
import { ShopifyCaller } from './shopify.caller.js';
import { addressRefusal, credentialRefusal, envelopeOf, isObject, WRONG_TOKEN } from './shopify.transport.js';
import { ShopifyUpstream } from './shopify.upstream.js';

/** Stands before the document is read: a wrong path, method or storefront token refuses all of it. */
@Injectable()
export class ShopifyAdmission {
  constructor(
    private readonly caller: ShopifyCaller,
    private readonly stores: StoreDirectory,
    private readonly upstream: ShopifyUpstream,
  ) {}

  /** Whether any store speaks this dialect at the moment. */
  readonly isServed = (): boolean => this.stores.speaks('shopify');

  /** @throws TransportRefusal */
  async admit(request: FastifyRequest): Promise<void> {
    const refusal = addressRefusal(request);
    if (refusal) throw refusal;
    try {
      await callerOf(request, this.caller);
    } catch (error) {
      throw credentialRefusal(error, WRONG_TOKEN);
    }
  }

  /** Answers what another server is to answer; false: it is for us. @throws what the upstream's refusals are */
  readonly elsewhere = (request: FastifyRequest, reply: FastifyReply): boolean | Promise<boolean> =>
    this.upstream.answer(request, reply);

  /** @throws GraphQLError for a buyer in the operation's context who is nobody */
  checkBuyer(schema: GraphQLSchema, document: DocumentNode, request: FastifyRequest): Promise<void> | undefined {
    const { operationName, variables } = envelopeOf(request) ?? {};
    const name = typeof operationName === 'string' && operationName !== '' ? operationName : null;
    const token = buyerTokenIn(schema, document, name, isObject(variables) ? variables : {});
    return token === null ? undefined : this.refuseNobody(request, token);
  }

  private async refuseNobody(request: FastifyRequest, token: string): Promise<void> {
    const session = await this.caller.sessionOf(await callerOf(request, this.caller), token);
    if (!session) throw new GraphQLError('The token provided is not valid');
  }
}
