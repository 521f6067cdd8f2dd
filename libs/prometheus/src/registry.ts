// Prometheus' text format, version 0.0.4: https://prometheus.io/docs/instrumenting/exposition_formats/

export const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** A value and the values of its labels, in the order of their names. */
export interface Sample {
  readonly labels: readonly string[];
  readonly value: number;
}

export type Samples = readonly Sample[];

/** A value that is read when it is told; one that only grows is a counter. */
export interface Gauge {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
  readonly type?: 'counter' | 'gauge';
}

interface Description {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
}

interface Metric extends Description {
  readonly lines: () => readonly string[] | Promise<readonly string[]>;
}

/** The samples of a metric without labels. */
export function one(value: number): Samples {
  return [{ labels: [], value }];
}

const SEPARATOR = '\0';

/** Counts up. Values of labels come from a small fixed set: each combination is kept for ever. */
export class Counter {
  private readonly values = new Map<string, number>();

  constructor(
    private readonly name: string,
    private readonly labelNames: readonly string[],
  ) {
    if (labelNames.length === 0) this.values.set('', 0);
  }

  /** One more. */
  add(...labels: readonly string[]): void {
    const key = labels.join(SEPARATOR);
    this.values.set(key, (this.values.get(key) ?? 0) + 1);
  }

  lines(): string[] {
    return [...this.values].map(([key, value]) => line(this.name, labelsOf(this.labelNames, key), value));
  }
}

interface Series {
  readonly buckets: number[];
  sum: number;
  count: number;
}

/** Tells how observed values are spread over buckets, by one label. */
export class Histogram {
  private readonly series = new Map<string, Series>();

  /** @param bounds upper bounds of the buckets, ascending */
  constructor(
    private readonly name: string,
    private readonly labelName: string,
    private readonly bounds: readonly number[],
  ) {}

  observe(label: string, value: number): void {
    const series = this.series.get(label) ?? { buckets: this.bounds.map(() => 0), sum: 0, count: 0 };
    this.series.set(label, series);
    const at = this.bounds.findIndex((bound) => value <= bound);
    if (at >= 0) series.buckets[at] = (series.buckets[at] ?? 0) + 1;
    series.sum += value;
    series.count += 1;
  }

  lines(): string[] {
    return [...this.series].flatMap(([label, { buckets, sum, count }]) => {
      const own: readonly [string, string] = [this.labelName, label];
      let below = 0;
      const cumulative = this.bounds.map((bound, at) => {
        below += buckets[at] ?? 0;
        return line(`${this.name}_bucket`, [own, ['le', String(bound)]], below);
      });
      return [
        ...cumulative,
        line(`${this.name}_bucket`, [own, ['le', '+Inf']], count),
        line(`${this.name}_sum`, [own], sum),
        line(`${this.name}_count`, [own], count),
      ];
    });
  }
}

/** Metrics that are told together. */
export class Registry {
  private readonly metrics: Metric[] = [];

  counter(name: string, help: string, labelNames: readonly string[] = []): Counter {
    const counter = new Counter(name, labelNames);
    this.register({ name, help, type: 'counter', lines: () => counter.lines() });
    return counter;
  }

  histogram(name: string, help: string, labelName: string, bounds: readonly number[]): Histogram {
    const histogram = new Histogram(name, labelName, bounds);
    this.register({ name, help, type: 'histogram', lines: () => histogram.lines() });
    return histogram;
  }

  /** Asks for its values whenever they are told; none where there is nothing to tell. */
  gauge({ name, help, labels = [], type = 'gauge' }: Gauge, read: () => Samples | Promise<Samples>): void {
    const told = (sample: Sample): string => line(name, labelsOf(labels, sample.labels.join(SEPARATOR)), sample.value);
    this.register({ name, help, type, lines: async () => (await read()).map(told) });
  }

  get names(): readonly string[] {
    return this.metrics.map(({ name }) => name);
  }

  /** Everything in the text format. */
  async text(): Promise<string> {
    const parts = await Promise.all(
      this.metrics.map(async ({ name, help, type, lines }) => [
        `# HELP ${name} ${help.replace(/\\/g, '\\\\').replace(/\n/g, '\\n')}`,
        `# TYPE ${name} ${type}`,
        ...(await lines()),
      ]),
    );
    return `${parts.flat().join('\n')}\n`;
  }

  private register(metric: Metric): void {
    if (this.names.includes(metric.name)) throw new Error(`there is a metric named ${metric.name} already`);
    this.metrics.push(metric);
  }
}

function labelsOf(names: readonly string[], key: string): readonly (readonly [string, string])[] {
  const values = key.split(SEPARATOR);
  return names.map((name, at) => [name, values[at] ?? '']);
}

function line(name: string, labels: readonly (readonly [string, string])[], value: number): string {
  const written = labels.map(([label, text]) => `${label}="${escaped(text)}"`).join(',');
  return `${name}${written === '' ? '' : `{${written}}`} ${value}`;
}

function escaped(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
}
