import { Injectable } from '@nestjs/common';
import { callerOf, type IncomingRequest } from '../../access/index.js';
import { isDomainError, render, type DomainError } from '../../common/domain-error.js';
import { AdobeCaller } from './adobe.caller.js';
import { adobeErrors } from './adobe.errors.js';
import { idFormOf, type IdForm } from './adobe.ids.js';
import { AdobeError, type AdobeAnswer } from './adobe.refusal.js';
import { answerTo } from './adobe.words.js';

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
      throw new AdobeError(render(adobeErrors, error), answerFor(error));
    }
  }
}

function answerFor(error: DomainError): AdobeAnswer {
  if (error.is('TOKEN_TWICE')) return { status: 400 };
  return error.is('TOKEN_REJECTED') ? { status: 401 } : answerTo(error);
}
