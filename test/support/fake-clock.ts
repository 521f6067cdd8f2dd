import { Clock } from '../../src/common/clock.js';

/** Stands still until a test turns it. */
export class FakeClock extends Clock {
  private at = Date.now();

  override now(): Date {
    return new Date(this.at);
  }

  /** A later moment than any before, for tests that know nothing of each other. */
  restart(): void {
    this.at = Math.max(this.at + 3_600_000, Date.now());
  }

  advance(seconds: number): void {
    this.at += seconds * 1000;
  }
}
