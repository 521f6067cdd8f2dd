import { Injectable } from '@nestjs/common';
import { CallerReader, trailOf, type Caller, type IncomingRequest } from '../../../access/index.js';
import { DomainError } from '../../../common/domain-error.js';
import type { Store } from '../../../store/index.js';
import { AdobeCaller, GUEST } from '../adobe.caller.js';

/** `/rest/V1/…`, or with a store view in between. */
const STORE = /^\/rest\/(?:([^/?]+)\/)?V1(?:[/?]|$)/;

/** A customer who asks for her own record is shown it with the addresses. */
const OWN_RECORD = /\/V1\/customers\/me\/?(?:\?|$)/;

/** Reads the store from the path. A token that is no good makes a guest here, whatever the profile. */
@Injectable()
export class AdobeRestCaller extends CallerReader {
  constructor(private readonly adobe: AdobeCaller) {
    super();
  }

  override async read(request: IncomingRequest): Promise<Caller> {
    const store = this.storeOf(request);
    if (!store) throw new DomainError('STORE_UNKNOWN');
    const withAddresses = request.method === 'GET' && OWN_RECORD.test(request.url);
    const credentials = await this.adobe.credentialsOf(request, store, { withAddresses });
    return { store, trail: trailOf(request, 'adobe'), ...(credentials ?? GUEST) };
  }

  /** The store view; `all`, the scope of administrators, means the default one. Null: unknown, or not Adobe's. */
  storeOf({ url }: IncomingRequest): Store | null {
    const code = STORE.exec(url)?.[1] ?? '';
    return this.adobe.storeNamed(code === 'all' ? '' : code);
  }
}
