/** What is wrong with a search: something is missing, has no meaning, or there is too much of it. */
export type SearchFault =
  | { readonly kind: 'missing'; readonly name: string }
  | { readonly kind: 'invalid'; readonly name: string; readonly value: string }
  | { readonly kind: 'tooMuch'; readonly name: string; readonly maximum: number };

/** The only thing that reading a search throws. */
export class SearchRefused extends Error {
  override readonly name = 'SearchRefused';

  constructor(readonly fault: SearchFault) {
    super(`${fault.kind}: ${fault.name}`);
  }
}

/** @throws SearchRefused, always */
export function refuse(fault: SearchFault): never {
  throw new SearchRefused(fault);
}
