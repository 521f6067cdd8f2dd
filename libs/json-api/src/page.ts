import { echo, errorObject, JsonApiFault } from './error-object.js';

const DEFAULT_SIZE = 10;
const MAX_SIZE = 25;
/** A number that no list reaches; more digits would only be a way to ask for the end of time. */
const MAX_NUMBER = 1_000_000_000;

/** A page, counted from 1. */
export interface Page {
  readonly number: number;
  readonly size: number;
}

/** @throws JsonApiFault */
export function readPage(given: Readonly<Record<string, string>>): Page {
  for (const name of Object.keys(given)) {
    if (name.startsWith('page') && name !== 'page[number]' && name !== 'page[size]') {
      throw fault('INVALID_PAGE_OBJECT', `${echo(name)} is not allowed.`, echo(name));
    }
  }
  const size = positive(given['page[size]'], 'size') ?? DEFAULT_SIZE;
  if (size > MAX_SIZE) {
    throw fault('INVALID_PAGE_VALUE', `size exceeds maximum page size of ${MAX_SIZE}.`, 'page[size]');
  }
  return { number: positive(given['page[number]'], 'number') ?? 1, size };
}

function positive(value: string | undefined, name: string): number | null {
  if (value === undefined) return null;
  const number = /^\d{1,10}$/.test(value) ? Number(value) : 0;
  if (number >= 1 && number <= MAX_NUMBER) return number;
  const detail = `${echo(value)} is not a valid value for ${name} page parameter.`;
  throw fault('INVALID_PAGE_VALUE', detail, `page[${name}]`);
}

function fault(code: 'INVALID_PAGE_OBJECT' | 'INVALID_PAGE_VALUE', detail: string, parameter: string): JsonApiFault {
  return new JsonApiFault([errorObject(code, detail, { parameter })]);
}

/** The links of a page. They repeat the other parameters of the request. */
export function pageLinks(base: string, query: object, { number, size }: Page, total: number): PageLinks {
  const last = Math.max(Math.ceil(total / size), 1);
  const link = (page: number): string => `${base}?${queryText({ ...query, 'page[number]': page, 'page[size]': size })}`;
  return {
    first: link(1),
    ...(number > 1 ? { prev: link(number - 1) } : {}),
    ...(number < last ? { next: link(number + 1) } : {}),
    last: link(last),
  };
}

export interface PageLinks {
  readonly first: string;
  readonly prev?: string;
  readonly next?: string;
  readonly last: string;
}

function queryText(query: Readonly<Record<string, unknown>>): string {
  return Object.entries(query)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&');
}
