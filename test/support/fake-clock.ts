import { Clock } from '../../src/common/clock.js';

/** Stands still until a test turns it. */
export class FakeClock extends Clock {
  private at = Date.now();

  override now(): Date {
    return new Date(this.at);
  }

  advance(seconds: number): void {
    this.at += seconds * 1000;
  }
}
