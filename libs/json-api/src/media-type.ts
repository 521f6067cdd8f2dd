export const JSON_API = 'application/vnd.api+json';

/** Whether a Content-Type header names JSON:API; parameters do not count. */
export function isJsonApi(contentType: string | undefined): boolean {
  return contentType?.split(';')[0]?.trim().toLowerCase() === JSON_API;
}

/** Whether an Accept header admits JSON:API: absent, a wildcard, or the type without parameters of its own. */
export function acceptsJsonApi(accept: string | undefined): boolean {
  if (accept === undefined || accept.trim() === '') return true;
  return accept.split(',').some((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    if (type === '*/*' || type === 'application/*') return true;
    return type === JSON_API && parameters.every((parameter) => parameter.startsWith('q='));
  });
}
