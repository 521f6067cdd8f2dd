import { Column, Entity, Index } from 'typeorm';
import { bigIdColumn, bigintColumn, binaryColumn, textColumn, timeColumn } from '../common/columns.js';

/** Which API a token was issued by and may be used with (SEC-50). Refresh tokens have one of their own, and open no API. */
export type Surface =
  'adobe' | 'shopify' | 'commerce-layer' | 'commerce-layer-refresh' | 'common-ground' | 'common-ground-admin';

/** Why a token died. */
export type RevokeReason =
  | 'revoked'
  | 'refreshed'
  | 'refreshed-twice'
  | 'password-changed'
  | 'password-reset'
  | 'activated'
  | 'disabled'
  | 'deleted'
  | 'email-changed'
  | 'too-many-sessions';

/** The record of a token that was issued; the token itself is never stored. */
@Entity('access_token')
@Index('access_token_alive', ['customerId', 'revokedAt', 'expiresAt'])
export class AccessToken {
  @Column(bigIdColumn) readonly id: number;
  @Column({ ...bigintColumn, unique: true }) number: number;
  @Column({ ...binaryColumn(32), unique: true }) digest: Buffer;
  @Column(textColumn(24)) surface: Surface;
  @Column({ type: 'int' }) realmId: number;
  @Column({ type: 'int' }) storeId: number;
  @Column({ type: 'int', nullable: true }) customerId: number | null;
  /** The application that it was issued to, where there is one. */
  @Column({ type: 'int', nullable: true }) apiClientId: number | null;
  /** What the tokens of one sign-in have in common, where it can be refreshed. */
  @Column({ ...bigintColumn, nullable: true }) @Index('access_token_family') family: number | null;
  @Column(timeColumn) issuedAt: Date;
  @Column(timeColumn) @Index('access_token_expires_at') expiresAt: Date;
  @Column({ ...timeColumn, nullable: true }) revokedAt: Date | null;
  @Column({ ...textColumn(24), nullable: true }) revokeReason: RevokeReason | null;
}
