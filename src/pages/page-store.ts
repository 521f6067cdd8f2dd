import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../common/domain-error.js';
import { StoreDirectory, type Store } from '../store/index.js';

/** Which store a page speaks for: `?store=<code>`, else the storefront's host, else the default store. */
@Injectable()
export class PageStore {
  constructor(private readonly stores: StoreDirectory) {}

  /** @throws DomainError STORE_UNKNOWN for a code that no store has */
  get(request: FastifyRequest): Store {
    const store = this.find(request);
    if (!store) throw new DomainError('STORE_UNKNOWN');
    return store;
  }

  /** The store in whose name and language a refusal is told: of an unknown one, the default store. */
  getForRefusal(request: FastifyRequest): Store {
    return this.find(request) ?? this.stores.defaultStore;
  }

  private find({ query, host }: FastifyRequest): Store | null {
    const code: unknown = typeof query === 'object' && query !== null && 'store' in query ? query.store : undefined;
    if (code === undefined || code === '') return this.stores.findByHost(host) ?? this.stores.defaultStore;
    return typeof code === 'string' ? this.stores.findByCode(code) : null;
  }
}
