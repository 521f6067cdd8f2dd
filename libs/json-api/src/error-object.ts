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
  FILTER_NOT_ALLOWED: [400, 'Filter not allowed'],
  INVALID_DATA_FORMAT: [400, 'Invalid data format'],
  INVALID_FIELD: [400, 'Invalid field'],
  INVALID_FILTER_VALUE: [400, 'Invalid filter value'],
  INVALID_FILTERS_SYNTAX: [400, 'Invalid filters syntax'],
  INVALID_INCLUDE: [400, 'Invalid include'],
  INVALID_PAGE_OBJECT: [400, 'Invalid page object'],
  INVALID_PAGE_VALUE: [400, 'Invalid page value'],
  INVALID_RESOURCE: [400, 'Invalid resource'],
  INVALID_SORT_CRITERIA: [400, 'Invalid sort criteria'],
  KEY_NOT_INCLUDED_IN_URL: [400, 'Key is not included in URL'],
  PARAM_MISSING: [400, 'Missing Parameter'],
  PARAM_NOT_ALLOWED: [400, 'Param not allowed'],
  TYPE_MISMATCH: [400, 'Type Mismatch'],
  METHOD_NOT_ALLOWED: [405, 'Method not allowed'],
  NOT_ACCEPTABLE: [406, 'Not acceptable'],
  UNSUPPORTED_MEDIA_TYPE: [415, 'Unsupported media type'],
} as const;

const MAX_ECHO = 100;
const MAX_FAULTS = 20;

/** One of the errors that every resource shares. */
export function errorObject(code: keyof typeof KINDS, detail: string, source?: ErrorObject['source']): ErrorObject {
  const [status, title] = KINDS[code];
  return { title, detail, code, ...(source ? { source } : {}), status: String(status) };
}

/** A JSON pointer (RFC 6901) to a member of the document. */
export function pointerTo(...path: readonly string[]): { readonly pointer: string } {
  return { pointer: path.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('') };
}

type Facts = Readonly<Record<string, string | number>>;

/** A value that breaks a rule; `facts.error` is the machine's name of the rule. */
export function invalidAttribute(name: string, message: string, facts: Facts): ErrorObject {
  return {
    title: message,
    detail: `${name} - ${message}`,
    code: 'VALIDATION_ERROR',
    source: pointerTo('data', 'attributes', name),
    status: '422',
    meta: facts,
  };
}

/** A relationship that breaks a rule. */
export function invalidRelationship(name: string, message: string, facts: Facts): ErrorObject {
  return { ...invalidAttribute(name, message, facts), source: pointerTo('data', 'relationships', name) };
}

export const blank = (name: string): ErrorObject => invalidAttribute(name, "can't be blank", { error: 'blank' });
export const invalid = (name: string, message = 'is invalid'): ErrorObject =>
  invalidAttribute(name, message, { error: 'invalid' });
export const taken = (name: string, value?: string): ErrorObject =>
  invalidAttribute(name, 'has already been taken', { error: 'taken', ...(value === undefined ? {} : { value }) });
export const tooLong = (name: string, count: number): ErrorObject =>
  invalidAttribute(name, `is too long (maximum is ${count} characters)`, { error: 'too_long', count });
export const tooShort = (name: string, count: number): ErrorObject =>
  invalidAttribute(name, `is too short (minimum is ${count} characters)`, { error: 'too_short', count });
export const mustExist = (name: string): ErrorObject => invalidRelationship(name, 'must exist', { error: 'blank' });

/** @throws JsonApiFault when there is any fault */
export function refuseAll(faults: readonly ErrorObject[]): void {
  const [first, ...more] = faults.slice(0, MAX_FAULTS);
  if (first) throw new JsonApiFault([first, ...more]);
}

/** No more of what was sent than fits a line. */
export function echo(text: unknown): string {
  const shown = typeof text === 'string' ? text : text === undefined ? '' : JSON.stringify(text);
  return shown.slice(0, MAX_ECHO).toWellFormed();
}
