import type { Parameter } from '../common/parameter.js';
import { databaseKind } from '../config/index.js';

/** Named parameters of a statement; values from outside are never part of its text (SEC-67). */
export class SqlParameters {
  readonly values: Record<string, Parameter> = {};

  /** The placeholder of a value. */
  bind(value: Parameter): string {
    const name = `p${Object.keys(this.values).length}`;
    this.values[name] = value;
    return `:${name}`;
  }

  /** A statement with `?` for its placeholders, and their values in that order. */
  positional(sql: string): { readonly sql: string; readonly values: readonly Parameter[] } {
    const values: Parameter[] = [];
    const marked = sql.replace(/:(p\d+)/g, (_placeholder, name: string) => {
      values.push(this.values[name] ?? null);
      return '?';
    });
    return { sql: marked, values };
  }
}

/** A text within a column that holds JSON; null where there is none. */
export function jsonText(column: string, path: string): string {
  const extracted = `JSON_EXTRACT(${column}, '${path}')`;
  return databaseKind === 'mysql' ? `JSON_UNQUOTE(${extracted})` : extracted;
}

/** Both sides go through the database's own idea of small letters. */
export function like(text: string, pattern: string, parameters: SqlParameters): string {
  return `LOWER(${text}) LIKE LOWER(${parameters.bind(pattern)}) ESCAPE '!'`;
}

/** A text that means itself in a pattern of `like`. */
export function escaped(value: unknown): string {
  return String(value).replace(/[%_!]/g, '!$&');
}

export function joined(parts: readonly string[]): string {
  return databaseKind === 'mysql' ? `CONCAT(${parts.join(', ')})` : `(${parts.join(' || ')})`;
}
