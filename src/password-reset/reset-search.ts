import { isColumnOf, type Column } from '../common/column-criteria.js';
import type { ListedTable } from '../common/numbered-list.js';
import { ownerColumns } from '../customer/index.js';
import { eventColumns } from '../event/index.js';
import { PasswordReset } from './password-reset.entity.js';
import { resetDigest } from './reset-digest.js';

const COLUMNS = {
  number: { sql: 'r.number', kind: 'number' },
  /** Found by its digest, whole (SEC-66); only where its machine may read it. */
  resetPasswordToken: { sql: 'r.digest', kind: 'number', bound: (value) => resetDigest(String(value)) },
  resetPasswordAt: { sql: 'r.used_at', kind: 'time' },
  reference: { sql: 'r.reference', kind: 'text' },
  referenceOrigin: { sql: 'r.reference_origin', kind: 'text' },
  metadata: { sql: 'r.metadata', kind: 'json' },
  createdAt: { sql: 'r.created_at', kind: 'time' },
  updatedAt: { sql: 'r.updated_at', kind: 'time' },
  ...ownerColumns('r.customer_id'),
  ...eventColumns('r.number'),
} as const satisfies Record<string, Column>;

export type ResetField = keyof typeof COLUMNS;

export function isResetField(field: string): field is ResetField {
  return isColumnOf(COLUMNS, field);
}

/** The table as it is at a moment: an expired secret is shown to nobody, and nothing is found by it. */
export function resetsAt(at: Date): ListedTable<PasswordReset, ResetField> {
  const now = at.toISOString().replace('T', ' ').slice(0, -1);
  const presence = `(r.sealed_secret IS NOT NULL AND r.expires_at > '${now}')`;
  const resetPasswordToken = { ...COLUMNS.resetPasswordToken, presence };
  return {
    ...{ entity: PasswordReset, from: 'password_reset r', always: 'r.customer_id IS NOT NULL' },
    ...{ columns: { ...COLUMNS, resetPasswordToken }, hidden: ['sealedSecret'] },
  };
}
