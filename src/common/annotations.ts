import { Column } from 'typeorm';
import { jsonColumn, textColumn } from './columns.js';

/** What a machine keeps with a row. */
export class Annotations {
  @Column({ ...textColumn(255), nullable: true }) reference: string | null;
  @Column({ ...textColumn(255), nullable: true }) referenceOrigin: string | null;
  @Column({ ...jsonColumn, nullable: true }) metadata: object | null;
}
