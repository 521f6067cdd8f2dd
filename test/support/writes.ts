import { setImmediate as nextTurn } from 'node:timers/promises';

/** Writes that end when they are told to. */
export class Writes {
  readonly begun: number[][] = [];
  readonly alone: number[] = [];
  private readonly ends: ((error?: Error) => void)[] = [];

  readonly run = (items: readonly number[]): Promise<readonly string[]> => {
    this.begun.push([...items]);
    return new Promise((resolve, reject) =>
      this.ends.push((error) => (error ? reject(error) : resolve(items.map((item) => `result of ${item}`)))),
    );
  };

  readonly runAlone = (item: number): Promise<string> => {
    this.alone.push(item);
    return item < 0 ? Promise.reject(new Error(`${item} is too low`)) : Promise.resolve(`result of ${item} alone`);
  };

  end(at: number, error?: Error): void {
    this.ends[at]?.(error);
  }

  /** Lets so many writes begin, and ends each. */
  async endEach(count: number, errors: readonly (Error | undefined)[] = []): Promise<void> {
    for (let at = 0; at < count; at += 1) {
      await settled();
      this.end(at, errors[at]);
    }
  }
}

/** Two turns: what waits for the next one has begun. */
export async function settled(): Promise<void> {
  await nextTurn();
  await nextTurn();
}
