import { RowHeld } from './database-conflict.js';
import { DomainError } from './domain-error.js';
import { currentRequest, inNoRequest, inRequest, type RequestNotes } from './request-notes.js';
import { within } from './within.js';

/** The next batch does not wait longer for the one before it. */
const PATIENCE_MS = 1_000;

/** How things are done together. */
export interface Batching<Item, Result> {
  /**
   * Does all that it is given and answers with a result for each, or throws and has done nothing that counts:
   * RowHeld rather than wait for what somebody else holds.
   */
  readonly run: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** Does what could not be done with others, however long that takes. */
  readonly runAlone: (item: Item) => Promise<Result>;
  /** At most so many at a time. */
  readonly largest: number;
  /** How many batches there may be at the same time; left out: one. */
  readonly atOnce?: number;
  /** For each batch under way so many have to wait before another one is begun beside it; left out: one is enough. */
  readonly besideFrom?: number;
  /** Of things with the same key one batch takes only one. Left out: all may be together. */
  readonly keyOf?: (item: Item) => string;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly request: RequestNotes | null;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Does what comes while a batch is under way together, by the next one: the busier it is, the fewer statements it takes,
 * and nobody waits for others who might come, nor for what is wrong with another one's item. What a batch logs is said of
 * the request that came first.
 */
export class Batcher<Item, Result = void> {
  private waiting: Waiting<Item, Result>[] = [];
  private batches = 0;

  constructor(private readonly batching: Batching<Item, Result>) {}

  /** Returns when it is done. @throws whatever its batch threw */
  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, request: currentRequest(), resolve, reject });
      if (this.batches < (this.batching.atOnce ?? 1) && this.isDue(this.batches)) this.begin();
    });
  }

  /** A turn later: what is found to be done at the same time is added in the same turn. */
  private begin(): void {
    this.batches += 1;
    inNoRequest(() => setImmediate(() => void this.runAll()));
  }

  private async runAll(): Promise<void> {
    while (this.isDue(this.batches - 1)) await within(PATIENCE_MS, () => this.runOrSplit(this.take()));
    this.batches -= 1;
  }

  /** Whether a batch is to be begun beside so many others. */
  private isDue(others: number): boolean {
    const { besideFrom } = this.batching;
    return this.waiting.length >= (others === 0 || besideFrom === undefined ? 1 : besideFrom * others);
  }

  /** The oldest that may be together; those left over keep their order. */
  private take(): readonly Waiting<Item, Result>[] {
    const { largest, keyOf } = this.batching;
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
  private async runOrSplit(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const items = batch.map(({ item }) => item);
      const results = await inRequest(batch[0]?.request ?? null, () => this.batching.run(items));
      for (const [at, result] of results.entries()) batch[at]?.resolve(result);
    } catch (error) {
      const mayBeAnothers = batch.length > 1 && !(error instanceof DomainError);
      for (const one of batch) {
        if (mayBeAnothers || error instanceof RowHeld) this.runAlone(one);
        else one.reject(error);
      }
    }
  }

  private runAlone({ item, request, resolve, reject }: Waiting<Item, Result>): void {
    inRequest(request, () => this.batching.runAlone(item)).then(resolve, reject);
  }
}
