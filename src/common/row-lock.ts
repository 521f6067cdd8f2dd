import { databaseKind } from '../config/index.js';

/** Ends a SELECT that holds its rows until the transaction ends; on SQLite one transaction at a time writes anyway. */
export const HELD = databaseKind === 'mysql' ? ' FOR UPDATE' : '';
/** The same, but it fails where somebody else holds one: see `unlessHeld`. */
export const HELD_NOW = databaseKind === 'mysql' ? ' FOR UPDATE NOWAIT' : '';
