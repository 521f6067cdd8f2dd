const METHODS = ['all', 'get', 'run'] as const;

type Statement = Record<(typeof METHODS)[number], (...parameters: unknown[]) => unknown>;

/** What we use of a libsql connection. */
export interface SqliteConnection {
  prepare(sql: string): Statement;
  pragma(text: string): unknown;
}

/**
 * libsql takes a single object among the parameters for a set of named ones, and a lone Buffer is an object: the whole
 * process aborts. As members of one array parameters are always positional.
 */
export function bindByPosition(connection: SqliteConnection): void {
  const prepare = connection.prepare.bind(connection);
  connection.prepare = (sql) => {
    const statement = prepare(sql);
    for (const method of METHODS) {
      const original = statement[method].bind(statement);
      statement[method] = (...parameters) => original(parameters);
    }
    return statement;
  };
}
