import type { IntervalHistogram } from 'node:perf_hooks';
import type { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { one, type Registry, type Samples } from '#lib/prometheus';

/** Node's and the system's numbers of this process. */
export function processGauges(gauges: Registry, lag: IntervalHistogram, host: HttpAdapterHost): void {
  const tell = (name: string, help: string, read: () => Samples | Promise<Samples>): void =>
    gauges.gauge({ name, help }, read);
  tell('keyturn_http_connections', 'Open connections of clients.', () =>
    connectionsOf(host.httpAdapter.getInstance<FastifyInstance>()),
  );
  const help = 'By how much timers were late since the last reading.';
  gauges.gauge({ name: 'keyturn_event_loop_lag_seconds', help, labels: ['quantile'] }, () => readLag(lag));
  tell('process_resident_memory_bytes', 'Memory of the process.', () => one(process.memoryUsage.rss()));
  tell('nodejs_heap_size_used_bytes', "What is used of V8's heap.", () => one(process.memoryUsage().heapUsed));
  tell('process_uptime_seconds', 'Time since the start of the process.', () => one(process.uptime()));
  const cpu = {
    name: 'process_cpu_seconds_total',
    help: 'Time of processors that was used.',
    type: 'counter',
  } as const;
  gauges.gauge(cpu, () => {
    const { user, system } = process.cpuUsage();
    return one((user + system) / 1e6);
  });
}

function connectionsOf({ server }: FastifyInstance): Promise<Samples> {
  return new Promise((resolve) => {
    server.getConnections((error, count) => resolve(error ? [] : one(count)));
  });
}

function readLag(lag: IntervalHistogram): Samples {
  const samples = [50, 99].map((percent) => ({
    labels: [String(percent / 100)],
    value: seconds(lag.percentile(percent)),
  }));
  lag.reset();
  return samples;
}

/** Before the first measurement there is none. */
function seconds(nanoseconds: number): number {
  return Number.isFinite(nanoseconds) ? nanoseconds / 1e9 : 0;
}
