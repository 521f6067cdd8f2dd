import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource, type EntityManager, type ObjectLiteral } from 'typeorm';
import { Config } from '../config/index.js';
import { Clock } from './clock.js';
import { Database } from './database.js';
import type { Parameter } from './parameter.js';
import type { Rows } from './rows.js';

/** After a failure a copy is left alone for so long. */
const REST_SECONDS = 10;
const CONNECT_MS = 2000;
const CONNECTIONS = 5;

/** Reads outside of a transaction, of the database itself or of a copy. */
export type Reads = Pick<Database, 'read' | 'rows' | 'select' | 'selectOnce'>;

/** One copy of the database, opened when it is first asked. */
class Replica {
  private opening: Promise<DataSource> | null = null;
  private restsUntil: Date | null = null;

  constructor(
    private readonly primary: DataSource,
    private readonly url: string,
  ) {}

  isUp(at: Date): boolean {
    return this.restsUntil === null || this.restsUntil <= at;
  }

  rest(until: Date): void {
    this.restsUntil = until;
  }

  /** A connection that cannot be made is tried anew by the next call. */
  open(): Promise<DataSource> {
    this.opening ??= this.source()
      .initialize()
      .catch((error: unknown) => {
        this.opening = null;
        throw error;
      });
    return this.opening;
  }

  async close(): Promise<void> {
    const source = await this.opening?.catch(() => null);
    await source?.destroy();
  }

  /** The primary's entities and settings, at another address. */
  private source(): DataSource {
    const { options } = this.primary;
    if (options.type !== 'mysql' && options.type !== 'mariadb') throw new Error('only MySQL and MariaDB have replicas');
    return new DataSource({ ...options, url: this.url, poolSize: CONNECTIONS, connectTimeout: CONNECT_MS });
  }
}

/**
 * Reads that may be some seconds behind: lists, statistics and searches for staff and machines. Copies take turns; where
 * none is configured, or none answers, the database itself is asked. Nothing that decides who somebody is, what a secret
 * is good for or whether a limit is reached may be read here.
 */
@Injectable()
export class Replicas implements Reads, OnApplicationShutdown {
  private readonly log = new Logger(Replicas.name);
  private readonly replicas: readonly Replica[];
  private turn = 0;

  constructor(
    @Inject(DataSource) primary: DataSource,
    private readonly database: Database,
    private readonly clock: Clock,
    { replicaUrls }: Config,
  ) {
    this.replicas = replicaUrls.map((url) => new Replica(primary, url));
  }

  get rows(): Rows {
    return this.database.rows;
  }

  read<T>(query: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.ask(
      ({ manager }) => query(manager),
      () => this.database.read(query),
    );
  }

  select(sql: string, parameters: readonly Parameter[]): Promise<ObjectLiteral[]> {
    return this.ask(
      (source) => source.query(sql, [...parameters]),
      () => this.database.select(sql, parameters),
    );
  }

  selectOnce(sql: string, parameters: readonly Parameter[]): Promise<ObjectLiteral[]> {
    return this.ask(
      (source) => source.query(sql, [...parameters]),
      () => this.database.selectOnce(sql, parameters),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.replicas.map((replica) => replica.close()));
  }

  /** Whatever goes wrong with a copy, a table that it does not have yet too, the next is asked, and the primary in the end. */
  private async ask<T>(query: (source: DataSource) => Promise<T>, primary: () => Promise<T>): Promise<T> {
    for (const replica of this.inTurn()) {
      try {
        return await query(await replica.open());
      } catch (error) {
        replica.rest(this.clock.after(REST_SECONDS));
        this.log.warn({ err: error }, 'a replica could not be asked');
      }
    }
    return primary();
  }

  private inTurn(): Replica[] {
    this.turn += 1;
    const at = this.clock.now();
    const first = this.turn % Math.max(this.replicas.length, 1);
    return [...this.replicas.slice(first), ...this.replicas.slice(0, first)].filter((replica) => replica.isUp(at));
  }
}
