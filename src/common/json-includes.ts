import { databaseKind } from '../config/index.js';
import type { SqlParameters } from './sql-text.js';

/** Whether a JSON document in a column says all that another one says: objects by their members, lists by elements. */
export function jsonIncludes(sql: string, json: string, parameters: SqlParameters): string {
  if (databaseKind === 'mysql') return `JSON_CONTAINS(${sql}, ${parameters.bind(json)})`;
  const wanted: unknown = JSON.parse(json);
  const isOfKind = `json_type(${sql}) = '${Array.isArray(wanted) ? 'array' : 'object'}'`;
  return `(${[isOfKind, ...inside(sql, wanted, parameters, 0)].join(' AND ')})`;
}

/** SQLite has no such function: each member is looked for among the document's own. */
function inside(sql: string, wanted: unknown, parameters: SqlParameters, depth: number): string[] {
  if (typeof wanted !== 'object' || wanted === null) return [];
  const member = `j${depth}`;
  return Object.entries(wanted).map(([name, value]: [string, unknown]) => {
    const key = Array.isArray(wanted) ? [] : [`${member}.key = ${parameters.bind(name)}`];
    const conditions = [...key, ...same(member, value, parameters, depth)];
    return `EXISTS (SELECT 1 FROM json_each(${sql}) ${member} WHERE ${conditions.join(' AND ')})`;
  });
}

function same(member: string, value: unknown, parameters: SqlParameters, depth: number): string[] {
  if (typeof value === 'string') return [`${member}.type = 'text' AND ${member}.value = ${parameters.bind(value)}`];
  if (typeof value === 'number') {
    return [`${member}.type IN ('integer', 'real') AND ${member}.value = ${parameters.bind(value)}`];
  }
  if (typeof value === 'object' && value !== null) {
    const kind = Array.isArray(value) ? 'array' : 'object';
    return [`${member}.type = '${kind}'`, ...inside(`${member}.value`, value, parameters, depth + 1)];
  }
  return [`${member}.type = '${String(value)}'`]; // true, false and null are types there
}
