import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import { callerOf } from '../../../access/index.js';
import { ShopifyFormatter } from '../shopify.formatter.js';
import { addressRefusal, credentialRefusal, TransportRefusal } from '../shopify.transport.js';
import { ShopifyAdminCaller } from './admin.caller.js';

/** Here the list of errors is a text. */
const WRONG_TOKEN = new TransportRefusal(401, {
  errors: '[API] Invalid API key or access token (unrecognized login or wrong password)',
});

/** Stands before the document is read. */
@Injectable()
export class ShopifyAdminAdmission {
  constructor(private readonly caller: ShopifyAdminCaller) {}

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
}

/** As the storefront's answers, but that refusals beside the data say where in the document they are. */
@Injectable()
export class ShopifyAdminFormatter extends ShopifyFormatter {
  protected override locationsOf(error: GraphQLError): GraphQLError['locations'] {
    return error.locations;
  }
}
