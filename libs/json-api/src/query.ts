import { errorObject, JsonApiFault, type ErrorObject } from './error-object.js';

const MAX_ECHO = 100;

/** Refuses query parameters where an operation takes none, rather than ignoring them. @throws JsonApiFault */
export function refuseQuery(query: object, type: string): void {
  const [first, ...more] = Object.entries(query).map(([name, value]) => refusal(name, value, type));
  if (first) throw new JsonApiFault([first, ...more]);
}

function refusal(name: string, value: unknown, type: string): ErrorObject {
  if (name !== 'include') {
    return errorObject('PARAM_NOT_ALLOWED', `${shown(name)} is not allowed.`, { parameter: shown(name) });
  }
  const include = shown(typeof value === 'string' ? value : 'include');
  const detail = `${include} is not a valid includable relationship of ${type}`;
  return errorObject('INVALID_INCLUDE', detail, { parameter: 'include' });
}

function shown(text: string): string {
  return text.toWellFormed().slice(0, MAX_ECHO);
}
