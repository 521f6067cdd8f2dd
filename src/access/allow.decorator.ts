import { SetMetadata, type CustomDecorator, type Type } from '@nestjs/common';
import type { CallerReader } from './caller.js';

/** Who may call a handler: anybody, a signed-in customer, staff, a machine's credential, a storefront's public credential. */
export type Audience = 'public' | 'customer' | 'staff' | 'integration' | 'storefront';

export const ALLOW = 'keyturn:allow';
export const CALLER_FROM = 'keyturn:caller-from';

/** Says who may call a handler. Every handler says it; one that does not is closed. */
export const Allow = (...audiences: [Audience, ...Audience[]]): CustomDecorator => SetMetadata(ALLOW, audiences);

/** Says, for all handlers of a class, how its API tells who is calling. */
export const CallerFrom = (reader: Type<CallerReader>): CustomDecorator => SetMetadata(CALLER_FROM, reader);
