import type { FastifyRequest } from 'fastify';

/** A field of a search that does not exist; the vendor passes it over and says so beside the data. */
export interface SearchWarning {
  readonly field: string;
  readonly message: string;
  readonly code: 'invalid_field';
}

interface SearchNote {
  readonly path: readonly (string | number)[];
  readonly query: string;
  readonly warnings: readonly SearchWarning[];
}

/** What the vendor's clients read to pace themselves; nothing is withheld here. */
const BUCKET = { maximumAvailable: 2000, restoreRate: 100 } as const;
const ROOT_FIELD_COST = 10;

const notes = new WeakMap<FastifyRequest, SearchNote[]>();

/** Keeps what there is to say of a search until its answer is written. */
export function noteSearch(request: FastifyRequest, note: SearchNote): void {
  if (note.warnings.length > 0) notes.set(request, [...(notes.get(request) ?? []), note]);
}

/** What an executed request is told beside data and errors. */
export function extensionsOf({ data }: { readonly data?: object | null }, request: FastifyRequest): object {
  const cost = ROOT_FIELD_COST * Math.max(1, Object.keys(data ?? {}).length);
  const search = notes.get(request);
  return {
    cost: {
      requestedQueryCost: cost,
      actualQueryCost: cost,
      throttleStatus: { ...BUCKET, currentlyAvailable: BUCKET.maximumAvailable - cost },
    },
    ...(search ? { search } : {}),
  };
}
