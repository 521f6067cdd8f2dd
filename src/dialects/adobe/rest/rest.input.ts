import { z } from 'zod';
import { isPlainText, oneLine } from '#lib/plain-text';
import { AdobeError, input, type AdobeRefusal } from '../adobe.refusal.js';

const MAX_TEXT = 1024;
/** As SQL's integers. */
const MAX_ID = 2 ** 31 - 1;

/** A text without control characters, of bounded length (SEC-3, SEC-4). */
export const text = z.string().max(MAX_TEXT).refine(isPlainText);
/** A text that may not be missing. */
export const required = text.min(1);
/** A password or a mailed secret: taken as it is, judged by the core. */
export const secret = z.string().min(1);
/** What clients send back as they got it. */
export const optional = <T extends z.ZodType>(type: T): z.ZodOptional<z.ZodNullable<T>> => type.nullish();
export const id = z.int().min(0).max(MAX_ID);

/** A body as its schema says, and nothing else (SEC-1, SEC-2). @throws AdobeError with every field that is wrong */
export function read<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const { success, data, error } = schema.safeParse(body ?? {}, { reportInput: true });
  if (success) return data;
  refuseAll(error.issues.flatMap(problemsOf));
}

/** @throws AdobeError, always */
export function refuseAll(problems: readonly AdobeRefusal[]): never {
  const [first = input('The request cannot be read.'), ...also] = problems;
  throw new AdobeError({ ...first, also });
}

/** What may not be missing. */
export function missing(fieldName: string): AdobeRefusal {
  return input('"%fieldName" is required. Enter and try again.', { fieldName });
}

/** A value that cannot be. */
export function invalid(fieldName: string, value: string | number): AdobeRefusal {
  return input('Invalid value of "%value" provided for the %fieldName field.', { fieldName, value });
}

/** Nothing has these values. */
export function noSuchEntity(...fields: readonly (readonly [string, string | number])[]): AdobeRefusal {
  const names = fields.map((_, at) => (at === 0 ? 'field' : `field${at + 1}`));
  const message = `No such entity with ${names.map((name) => `%${name}Name = %${name}Value`).join(', ')}`;
  const parameters = Object.fromEntries(
    fields.flatMap(([field, value], at) => [
      [`${names[at]}Name`, field],
      [`${names[at]}Value`, value],
    ]),
  );
  return { message, parameters, category: 'graphql-no-such-entity' };
}

/** No customer has the address on this website. */
export function noSuchEmail(email: string, websiteId: number): AdobeRefusal {
  return noSuchEntity(['email', oneLine(email, 254)], ['websiteId', websiteId]);
}

/** A value that was refused is not shown: it may be a secret (SEC-21). */
function problemsOf(issue: z.core.$ZodIssue): AdobeRefusal[] {
  const fieldName = String(issue.path.at(-1) ?? 'body');
  if (issue.code === 'unrecognized_keys') {
    const unknown = '"%fieldName" is not supported. Correct the field name and try again.';
    return issue.keys.slice(0, 10).map((key) => input(unknown, { fieldName: key.slice(0, 64) }));
  }
  const isMissing = issue.input === undefined || issue.input === null || issue.input === '';
  return [isMissing ? missing(fieldName) : input('The value of "%fieldName" is not valid.', { fieldName })];
}

/** The number in a path, or null where it is none. */
export function idIn(given: string): number | null {
  const number = /^\d{1,10}$/.test(given) ? Number(given) : Infinity;
  return number <= MAX_ID ? number : null;
}
