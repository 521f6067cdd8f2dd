import type { ObjectLiteral } from 'typeorm';
import { databaseKind } from '../config/index.js';

/** How often something happened in an hour. */
export interface HourlyCount {
  readonly what: string;
  /** Its beginning, as ISO 8601 in UTC. */
  readonly hour: string;
  readonly times: number;
}

/** The hour of a time column, as text. */
export function hourOf(column: string): string {
  return databaseKind === 'sqlite' ? `SUBSTR(${column}, 1, 13)` : `DATE_FORMAT(${column}, '%Y-%m-%d %H')`;
}

/** A row with `what`, an `hour` of `hourOf`, and `times`. */
export function toHourlyCount({ what, hour, times }: ObjectLiteral): HourlyCount {
  return { what: String(what), hour: `${String(hour).replace(' ', 'T')}:00:00.000Z`, times: Number(times) };
}
