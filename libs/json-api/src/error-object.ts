/** An error as JSON:API shows it; `status` is a text. */
export interface ErrorObject {
  readonly id?: string;
  readonly title: string;
  readonly detail: string;
  readonly code: string;
  readonly source?: { readonly pointer: string } | { readonly parameter: string };
  readonly status: string;
  readonly meta?: Readonly<Record<string, string | number>>;
}

/** A request that is refused, with every fault that was found. */
export class JsonApiFault extends Error {
  override readonly name = 'JsonApiFault';

  constructor(readonly errors: readonly [ErrorObject, ...ErrorObject[]]) {
    super(errors.map(({ code }) => code).join(', '));
  }

  /** The HTTP status: that of the first fault. */
  get status(): number {
    return Number(this.errors[0].status);
  }
}

const KINDS = {
  BAD_REQUEST: [400, 'Bad Request'],
  INVALID_DATA_FORMAT: [400, 'Invalid data format'],
  INVALID_INCLUDE: [400, 'Invalid include'],
  KEY_NOT_INCLUDED_IN_URL: [400, 'Key is not included in URL'],
  PARAM_MISSING: [400, 'Missing Parameter'],
  PARAM_NOT_ALLOWED: [400, 'Param not allowed'],
  TYPE_MISMATCH: [400, 'Type Mismatch'],
  NOT_ACCEPTABLE: [406, 'Not acceptable'],
  UNSUPPORTED_MEDIA_TYPE: [415, 'Unsupported media type'],
} as const;

/** One of the errors that every resource shares. */
export function errorObject(code: keyof typeof KINDS, detail: string, source?: ErrorObject['source']): ErrorObject {
  const [status, title] = KINDS[code];
  return { title, detail, code, ...(source ? { source } : {}), status: String(status) };
}

/** A JSON pointer (RFC 6901) to a member of the document. */
export function pointerTo(...path: readonly string[]): { readonly pointer: string } {
  return { pointer: path.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('') };
}
