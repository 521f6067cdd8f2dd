import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { PasswordHasher } from '#lib/password-hash';
import { one, Registry } from '#lib/prometheus';
import { metrics } from '../common/metrics.js';
import { poolState } from '../common/pool-state.js';
import { processGauges } from './process-gauges.js';
import { QueueGauges } from './queue-gauges.js';

/** What the process has counted, and how it is at the moment. */
@Injectable()
export class MetricsService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly gauges = new Registry();
  private readonly lag = monitorEventLoopDelay({ resolution: 10 });

  constructor(
    private readonly queues: QueueGauges,
    hasher: PasswordHasher,
    source: DataSource,
    http: HttpAdapterHost,
  ) {
    const load = (name: string, help: string, read: () => number): void =>
      this.gauges.gauge({ name, help }, () => one(read()));
    load('keyturn_hash_queue_running', 'Password hashes that are being made.', () => hasher.load.running);
    load('keyturn_hash_queue_waiting', 'Password hashes that wait.', () => hasher.load.waiting);
    queues.register(this.gauges);
    const help = 'Connections of the pool, and who waits for one; SQLite has none.';
    this.gauges.gauge({ name: 'keyturn_database_connections', help, labels: ['state'] }, () =>
      Object.entries(poolState(source) ?? {}).map(([state, value]) => ({ labels: [state], value: Number(value) })),
    );
    processGauges(this.gauges, this.lag, http);
  }

  onApplicationBootstrap(): void {
    this.lag.enable();
  }

  onApplicationShutdown(): void {
    this.lag.disable();
  }

  /** Names of everything that is told. */
  get names(): readonly string[] {
    return [...metrics.names, ...this.gauges.names];
  }

  /**
   * Everything in Prometheus' text format, after two seconds at the latest; what only the database knows is missing while
   * it does not answer.
   */
  async text(): Promise<string> {
    this.queues.refresh();
    return (await metrics.text()) + (await this.gauges.text());
  }
}
