import type { Type } from '@nestjs/common';
import { documentRules } from '#lib/graphql-limits';
import { UnreadableRequest, type ScopedMercuriusConfig } from '#lib/scoped-mercurius';
import { callerOf, type CallerReader, type IncomingRequest } from '../../access/index.js';
import { DomainError, isDomainError, render } from '../../common/domain-error.js';
import type { Config } from '../../config/index.js';
import type { StoreDirectory } from '../../store/index.js';
import { CommonGroundError, type CommonGroundErrors } from './common-ground.errors.js';
import type { CommonGroundFormatter } from './common-ground.formatter.js';

/** One of the two surfaces: where it answers, what belongs to it, how its callers are told apart. */
export interface Surface {
  readonly path: string;
  readonly include: readonly Type[];
  readonly errors: CommonGroundErrors;
  /** Operations that take a password, or a mailed secret, or send a mail; one a request (SEC-62). */
  readonly credentialFields: readonly string[];
  /** What a caller without a credential may send; left out: anything. */
  readonly opensTo?: (document: string) => boolean;
}

export interface SurfaceServices {
  readonly caller: CallerReader;
  readonly formatter: CommonGroundFormatter;
  readonly config: Config;
  readonly stores: StoreDirectory;
}

/** How a surface is served. */
export function endpointOf(
  surface: Surface,
  { caller, formatter, config, stores }: SurfaceServices,
): ScopedMercuriusConfig {
  const { path, include, credentialFields } = surface;
  return {
    path,
    include: [...include],
    admit: (request, document) => admit(request, document, { ...surface, caller }),
    errorFormatter: formatter.format,
    validationRules: [...documentRules({ isProduction: config.environment === 'production', credentialFields })],
    isServed: () => stores.speaks('commonGround'),
  };
}

/**
 * Stands before the document is read: an unknown store and a bad credential refuse all of it. By GET nothing is read at
 * all, for a query's arguments hold mailed secrets, which are not for URLs (SEC-11).
 *
 * @throws CommonGroundError, UnreadableRequest
 */
async function admit(
  request: IncomingRequest,
  document: string,
  { caller, errors, opensTo }: Pick<Surface, 'errors' | 'opensTo'> & Pick<SurfaceServices, 'caller'>,
): Promise<void> {
  if (request.method !== 'POST') throw new UnreadableRequest('mutation-by-get', 'Operations must be sent by POST.');
  try {
    const { client } = await callerOf(request, caller);
    if (client === null && opensTo?.(document) === false) throw new DomainError('NOT_SIGNED_IN');
  } catch (error) {
    throw isDomainError(error) ? new CommonGroundError(render(errors, error)) : error;
  }
}
