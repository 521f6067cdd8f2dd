import { Injectable } from '@nestjs/common';
import {
  Authenticator,
  authorizationOf,
  CallerReader,
  trailOf,
  type Caller,
  type IncomingRequest,
} from '../access/index.js';
import { DomainError } from '../common/domain-error.js';
import { StoreDirectory } from '../store/index.js';

/** Reads `Authorization: Bearer <admin token>`. */
@Injectable()
export class AdminCaller extends CallerReader {
  constructor(
    private readonly stores: StoreDirectory,
    private readonly authenticator: Authenticator,
  ) {
    super();
  }

  override async read(request: IncomingRequest): Promise<Caller> {
    const caller = { store: this.stores.defaultStore, trail: trailOf(request, 'admin'), session: null };
    const [, token] = /^bearer +(\S+)$/i.exec(authorizationOf(request)) ?? [];
    if (!token) return { ...caller, client: null };
    const client = await this.authenticator.client('keyturn-admin', token);
    if (!client) throw new DomainError('TOKEN_REJECTED');
    return { ...caller, client };
  }
}
