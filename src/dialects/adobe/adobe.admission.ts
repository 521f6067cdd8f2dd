import { Injectable } from '@nestjs/common';
import { callerOf, type IncomingRequest } from '../../access/index.js';
import { isDomainError, render } from '../../common/domain-error.js';
import { AdobeCaller } from './adobe.caller.js';
import { adobeErrors } from './adobe.errors.js';
import { answerTo } from './adobe.filter.js';
import { idFormOf, type IdForm } from './adobe.ids.js';
import { AdobeError } from './adobe.refusal.js';

/** Stands before the document is read: an unknown store and a bad token refuse all of it, public fields too. */
@Injectable()
export class AdobeAdmission {
  constructor(private readonly caller: AdobeCaller) {}

  /** Which schema a request is for, by the store that it names. */
  readonly idFormFor = (headers: IncomingRequest['headers']): IdForm => idFormOf(this.caller.storeOf({ headers }));

  /** @throws AdobeError */
  async admit(request: IncomingRequest): Promise<void> {
    try {
      await callerOf(request, this.caller);
    } catch (error) {
      if (!isDomainError(error)) throw error;
      throw new AdobeError(render(adobeErrors, error), error.is('TOKEN_REJECTED') ? { status: 401 } : answerTo(error));
    }
  }
}
