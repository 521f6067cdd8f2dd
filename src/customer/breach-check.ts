import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { breachHashOf, openBreachSource, type BreachSource } from '#lib/weak-passwords';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/domain-error.js';
import { Config } from '../config/index.js';

/** Nobody waits longer than this for a list of leaks, in milliseconds. */
const PATIENCE = 300;
const SECONDS_BETWEEN_WARNINGS = 60;

/** Asks whether a password was found in a leak; off unless `PASSWORD_BREACH_RANGES` is set. */
@Injectable()
export class BreachCheck implements OnModuleDestroy {
  private readonly log = new Logger(BreachCheck.name);
  private quietUntil = 0;

  constructor(
    private readonly source: BreachSource | null,
    private readonly clock: Clock,
  ) {}

  static async open({ breachRanges }: Config, clock: Clock): Promise<BreachCheck> {
    return new BreachCheck(breachRanges === null ? null : await openBreachSource(breachRanges, PATIENCE), clock);
  }

  async onModuleDestroy(): Promise<void> {
    await this.source?.close();
  }

  /**
   * To be asked before the hash, and outside of transactions. A list that cannot be read, or not in time, refuses
   * nothing: a shop must not stand still because another's server does.
   *
   * @throws DomainError PASSWORD_BREACHED
   */
  async refuseBreached(password: string): Promise<void> {
    if (this.source && (await this.isBreached(this.source, password))) throw new DomainError('PASSWORD_BREACHED');
  }

  private async isBreached(source: BreachSource, password: string): Promise<boolean> {
    try {
      return await inTime(source.has(breachHashOf(password)));
    } catch (error) {
      this.warn(error instanceof Error ? error.message : String(error));
      return false;
    }
  }

  private warn(why: string): void {
    const now = this.clock.now().getTime();
    if (now < this.quietUntil) return;
    this.quietUntil = now + SECONDS_BETWEEN_WARNINGS * 1000;
    this.log.warn(`passwords are set without a look into PASSWORD_BREACH_RANGES: ${why}`);
  }
}

/** Disks do not always answer either. */
async function inTime<T>(asked: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE} ms`)), PATIENCE);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
