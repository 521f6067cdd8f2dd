/** The only source of time: UTC, milliseconds. Tests put a clock here that they can turn (SEC-82). */
export abstract class Clock {
  abstract now(): Date;

  /** The moment that many seconds from now. */
  after(seconds: number): Date {
    return new Date(this.now().getTime() + seconds * 1000);
  }
}

export class SystemClock extends Clock {
  override now(): Date {
    return new Date();
  }
}
