import { Column } from 'typeorm';
import { timeColumn } from '../common/columns.js';

/** How sign-ins of an account went; its columns stand in the customer's row, so that one read tells all. */
export class SignInState {
  /** Wrong passwords in a row. */
  @Column({ type: 'int' }) failedSignIns: number;
  @Column({ ...timeColumn, nullable: true }) lockedUntil: Date | null;
  @Column({ ...timeColumn, nullable: true }) lastSignInAt: Date | null;
}

/** The state of an account that was never signed in to. */
export function neverSignedIn(): SignInState {
  return { failedSignIns: 0, lockedUntil: null, lastSignInAt: null };
}
