import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { StoreDirectory, type Store } from '../store/index.js';

/** Which store a page speaks for: `?store=<code>`, else the storefront's host, else the default store. */
@Injectable()
export class PageStore {
  constructor(private readonly stores: StoreDirectory) {}

  of(request: FastifyRequest): Store {
    const { store } = request.query as { readonly store?: unknown };
    const named = typeof store === 'string' ? this.stores.findByCode(store) : null;
    return named ?? this.stores.findByHost(request.host) ?? this.stores.defaultStore;
  }
}
