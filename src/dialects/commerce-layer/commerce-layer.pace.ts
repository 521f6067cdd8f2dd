import { Injectable } from '@nestjs/common';
import type { Caller, IncomingRequest } from '../../access/index.js';
import { DomainError } from '../../common/domain-error.js';
import { Config } from '../../config/index.js';
import type { Trail } from '../../event/index.js';
import { PaceService, type Pace } from '../../lockout/index.js';
import { limitOf, type Limit, type Realm } from '../../store/index.js';

const READS = ['GET', 'HEAD'];
const BURST_SECONDS = 10;

/** Whose requests are counted together. */
export type Paced = Pick<Caller, 'trail' | 'client'> & { readonly realm: Realm };

/**
 * The vendor's limits on requests: an average over all reads or all writes, and a burst for each endpoint. Outside of
 * production half of the numbers, as in the vendor's test environments.
 */
@Injectable()
export class CommerceLayerPace {
  private readonly averages = new WeakMap<IncomingRequest, Pace>();

  constructor(
    private readonly paces: PaceService,
    private readonly config: Config,
  ) {}

  /** Counts a request. @throws DomainError LIMIT_REACHED */
  take(request: IncomingRequest, paced: Paced): void {
    const average = this.averageOf(paced.realm);
    const by = keyOf(paced);
    if (!average || by === null) return;
    const kind = READS.includes(request.method) ? 'read' : 'write';
    const overall = this.paces.take(`${by} ${kind}`, average);
    this.averages.set(request, overall);
    const burst = { max: Math.ceil(average.max / 4), seconds: BURST_SECONDS };
    const single = this.paces.take(`${by} ${kind} ${endpointOf(request)}`, burst);
    const exceeded = [overall, single].filter(({ left }) => left < 0).map(({ seconds }) => seconds);
    if (exceeded.length > 0) throw new DomainError('LIMIT_REACHED', { retryAfterSeconds: Math.max(...exceeded) });
  }

  /** Counts a token request, before anything of it is read: by the network alone. @throws DomainError LIMIT_REACHED */
  takeToken({ network }: Trail, { policy, id }: Realm): void {
    const limit = limitOf(policy, 'oauthNetwork');
    if (!limit || network === null) return;
    const { left, seconds } = this.paces.take(`commerce-layer ${id} ${network} token`, limit);
    if (left < 0) throw new DomainError('LIMIT_REACHED', { retryAfterSeconds: seconds });
  }

  /** What the answer tells of the average; nothing for requests that were not counted. */
  headersFor(request: IncomingRequest): Readonly<Record<string, string>> {
    const pace = this.averages.get(request);
    if (!pace) return {};
    return {
      'X-Ratelimit-Limit': String(pace.limit.max),
      'X-Ratelimit-Interval': String(pace.limit.seconds),
      'X-Ratelimit-Remaining': String(Math.max(0, pace.left)),
    };
  }

  private averageOf({ policy }: Realm): Limit | null {
    const limit = limitOf(policy, 'requestNetwork');
    if (!limit || this.config.environment === 'production') return limit;
    return { ...limit, max: Math.ceil(limit.max / 2) };
  }
}

/** A network; an integration's requests are its own there, apart from those of shoppers behind the same address. */
function keyOf({ realm, trail: { network }, client }: Paced): string | null {
  if (network === null) return null;
  const machine = client?.kind === 'commerce-layer-integration' ? client.id : '';
  return `commerce-layer ${realm.id} ${network} ${machine}`;
}

/** The resource that is asked, whatever its id. */
function endpointOf({ url }: IncomingRequest): string {
  return /^\/api\/([a-z_]{1,64})/.exec(url)?.[1] ?? '';
}
