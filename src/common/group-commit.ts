import { setImmediate as nextTurn } from 'node:timers/promises';
import { RowHeld } from './database-conflict.js';
import { DomainError } from './domain-error.js';
import { currentRequest, inNoRequest, inRequest, type RequestNotes } from './request-notes.js';
import { within } from './within.js';

/** The next write does not wait longer for the one before it. */
const PATIENCE_MS = 1_000;

/** How things are written together. */
export interface Group<Item, Result> {
  /**
   * Writes all that it is given and answers with a result for each, or throws and has written nothing that counts:
   * RowHeld rather than wait for what somebody else holds.
   */
  readonly write: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** Writes what could not be written with others, however long that takes. */
  readonly writeAlone: (item: Item) => Promise<Result>;
  /** At most so many at a time. */
  readonly largest: number;
  /** How many writes there may be at the same time; left out: one. */
  readonly atOnce?: number;
  /** Of things with the same key one write takes only one. Left out: all may be together. */
  readonly keyOf?: (item: Item) => string;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly request: RequestNotes | null;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes what comes while a write is under way together, by the next one: the busier it is, the fewer statements it
 * takes, and nobody waits for others who might come, nor for what is wrong with another one's item. What a write logs is
 * said of the request that came first.
 */
export class GroupCommit<Item, Result = void> {
  private waiting: Waiting<Item, Result>[] = [];
  private writes = 0;

  constructor(private readonly group: Group<Item, Result>) {}

  /** Returns when it is written. @throws whatever its write threw */
  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, request: currentRequest(), resolve, reject });
      if (this.writes < (this.group.atOnce ?? 1)) void inNoRequest(() => this.writeAll());
    });
  }

  /** Begins a turn later: what is found to be done at the same time is added in the same turn. */
  private async writeAll(): Promise<void> {
    this.writes += 1;
    await nextTurn();
    while (this.waiting.length > 0) await within(PATIENCE_MS, () => this.writeOrSplit(this.take()));
    this.writes -= 1;
  }

  /** The oldest that may be together; those left over keep their order. */
  private take(): readonly Waiting<Item, Result>[] {
    const { largest, keyOf } = this.group;
    const keys = new Set<string>();
    const taken: Waiting<Item, Result>[] = [];
    const left: Waiting<Item, Result>[] = [];
    for (const one of this.waiting) {
      const key = keyOf?.(one.item);
      const mayJoin = taken.length < largest && (key === undefined || !keys.has(key));
      if (mayJoin && key !== undefined) keys.add(key);
      (mayJoin ? taken : left).push(one);
    }
    this.waiting = left;
    return taken;
  }

  /** A fault may be one item's; a refusal, such as that of a database which does not answer, is everybody's. */
  private async writeOrSplit(group: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const items = group.map(({ item }) => item);
      const results = await inRequest(group[0]?.request ?? null, () => this.group.write(items));
      for (const [at, result] of results.entries()) group[at]?.resolve(result);
    } catch (error) {
      const mayBeAnothers = group.length > 1 && !(error instanceof DomainError);
      for (const one of group) {
        if (mayBeAnothers || error instanceof RowHeld) this.writeAlone(one);
        else one.reject(error);
      }
    }
  }

  private writeAlone({ item, request, resolve, reject }: Waiting<Item, Result>): void {
    inRequest(request, () => this.group.writeAlone(item)).then(resolve, reject);
  }
}
