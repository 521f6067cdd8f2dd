/** A field of a sent form; a field that is missing or was sent twice is empty (SEC-1). */
export function textIn(body: unknown, name: string): string {
  if (typeof body !== 'object' || body === null) return '';
  const value: unknown = Object.entries(body).find(([field]) => field === name)?.[1];
  return typeof value === 'string' ? value : '';
}
