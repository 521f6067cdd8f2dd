import { isAnyArrayBuffer } from 'node:util/types';

const METHODS = ['all', 'get', 'run'] as const;

type Statement = Record<(typeof METHODS)[number], (...parameters: unknown[]) => unknown>;

/** What we use of a libsql connection. */
export interface SqliteConnection {
  prepare(sql: string): Statement;
  pragma(text: string): unknown;
}

/**
 * Makes up for two habits of libsql. It takes a single object among the parameters for a set of named ones, and a lone
 * Buffer is an object: the whole process aborts. As members of one array parameters are always positional. And it gives
 * blobs as ArrayBuffers, which TypeORM cannot tell apart where they are keys.
 */
export function tame(connection: SqliteConnection): void {
  const prepare = connection.prepare.bind(connection);
  connection.prepare = (sql) => {
    const statement = prepare(sql);
    for (const method of METHODS) {
      const original = statement[method].bind(statement);
      statement[method] = (...parameters) => withBuffers(original(parameters));
    }
    return statement;
  };
}

/** Rows with their blobs as Buffers; anything else as it is. */
function withBuffers(result: unknown): unknown {
  if (!Array.isArray(result)) return result;
  for (const row of result as Record<string, unknown>[]) {
    for (const [name, value] of Object.entries(row)) if (isAnyArrayBuffer(value)) row[name] = Buffer.from(value);
  }
  return result;
}
