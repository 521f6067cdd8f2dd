import { AsyncLocalStorage } from 'node:async_hooks';

/** What is noted of a request while it is answered, for its log lines and for metrics. */
export interface RequestNotes {
  readonly requestId: string;
  /** The first root field of a GraphQL document. */
  operation: string | null;
  /** The code of the last refusal that a surface has worded. */
  refusal: string | null;
  /** Something of ours went wrong. */
  isFault: boolean;
}

const current = new AsyncLocalStorage<RequestNotes | null>();

export function notesOf(requestId: string): RequestNotes {
  return { requestId, operation: null, refusal: null, isFault: false };
}

/** Does work in the name of a request; null: of none. */
export function inRequest<T>(notes: RequestNotes | null, work: () => T): T {
  return current.run(notes, work);
}

/** Begins work that no request is to answer for, even if one has caused it. */
export function inNoRequest<T>(work: () => T): T {
  return inRequest(null, work);
}

/** The request in whose name the caller works; null: in none. */
export function currentRequest(): RequestNotes | null {
  return current.getStore() ?? null;
}

/** A surface words a refusal of the core. */
export function noteRefusal(code: string): void {
  const notes = currentRequest();
  if (notes) notes.refusal = code;
}

/** Something of ours went wrong. */
export function noteFault(): void {
  const notes = currentRequest();
  if (notes) notes.isFault = true;
}

/** The root field that is answered, by its name in our own schema. */
export function noteOperation(name: string): void {
  const notes = currentRequest();
  if (notes) notes.operation ??= name;
}
