import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { StoreDirectory, type Store } from '../store/index.js';

/** Which store a page speaks for: `?store=<code>`, else the storefront's host, else the default store. */
@Injectable()
export class PageStore {
  constructor(private readonly stores: StoreDirectory) {}

  of({ query, host }: FastifyRequest): Store {
    const store: unknown = typeof query === 'object' && query !== null && 'store' in query ? query.store : null;
    const named = typeof store === 'string' ? this.stores.findByCode(store) : null;
    return named ?? this.stores.findByHost(host) ?? this.stores.defaultStore;
  }
}
