import { Injectable } from '@nestjs/common';
import { blank, invalid, JsonApiFault, refuseAll, type ErrorObject, type ListQuery, type Written } from '#lib/json-api';
import type { Caller } from '../../access/index.js';
import type { Counted } from '../../common/criteria.js';
import { DomainError } from '../../common/domain-error.js';
import { fromShortId, toShortId } from '../../common/public-id.js';
import { CustomerService } from '../../customer/index.js';
import {
  isResetField,
  ResetRecordService,
  ResetRequestService,
  type ResetField,
  type ResetNotes,
  type ResetRecord,
} from '../../password-reset/index.js';
import { settingsOf } from './commerce-layer.caller.js';
import { noCustomer, notFound } from './commerce-layer.errors.js';
import { isIntegration, type AnswerContext, type CommerceLayerResource } from './commerce-layer.resource.js';
import { notesIn } from './common.mapper.js';
import { emailIn, isEmail } from './customers.input.js';
import { PasswordResetGate } from './password-reset.gate.js';
import { passwordResetsDeclaration } from './password-resets.declaration.js';
import { toResetAttributes } from './password-resets.mapper.js';
import { criteriaOf, pageOf, type Fields } from './resource.criteria.js';

const LIFETIME = 6 * 3600;
const PAIR = ['customer_password', '_reset_password_token'];
const FIELDS: Fields<ResetField> = { isField: isResetField, emails: ['customer.email'] };

@Injectable()
export class PasswordResetsResource implements CommerceLayerResource<ResetRecord> {
  readonly declaration = passwordResetsDeclaration;

  constructor(
    private readonly requests: ResetRequestService,
    private readonly records: ResetRecordService,
    private readonly customers: CustomerService,
    private readonly gate: PasswordResetGate,
  ) {}

  idOf({ reset }: ResetRecord): string {
    return toShortId(reset.number);
  }

  attributesOf(record: ResetRecord, { caller }: AnswerContext): Readonly<Record<string, unknown>> {
    return toResetAttributes(record, isIntegration(caller));
  }

  async related(name: string, rows: readonly ResetRecord[]): Promise<readonly (readonly unknown[])[]> {
    if (name !== 'customer') return rows.map(() => []);
    const found = await this.customers.findRecords([...new Set(rows.map(({ customer }) => customer.id))]);
    return rows.map(({ customer }) => found.filter((record) => record.customer.id === customer.id));
  }

  /** Who may not read resets may still ask for one by its id, to spend its secret. */
  async find(id: string, caller: Caller): Promise<ResetRecord | null> {
    const number = fromShortId(id);
    const record = number === null ? null : await this.records.find(number, caller.store);
    if (!record && !isIntegration(caller)) throw new JsonApiFault([notFound]);
    return record;
  }

  list(query: ListQuery, { store }: Caller): Promise<Counted<ResetRecord>> {
    return this.records.list(store, criteriaOf(query.filter, FIELDS), pageOf(query, FIELDS));
  }

  async create(written: Written, { store, trail }: Caller): Promise<ResetRecord> {
    const email = emailIn(written.values['customer_email'], 'customer_email', store);
    const others = written.faults.filter(({ source }) => !isAt(source, 'customer_email'));
    refuseAll([...(isEmail(email) ? [] : email), ...others]);
    if (!isEmail(email)) throw new DomainError('EMAIL_INVALID');
    const result = await this.requests.request({
      ...{ store, trail, email, notes: notesOf(written), mail: settingsOf(store).mailResets },
      ...{ origin: 'commerceLayer', lifetime: LIFETIME, readable: true, machine: true },
    });
    if (result.outcome !== 'made') throw new JsonApiFault([noCustomer]);
    return result;
  }

  /** A storefront may send the token pair and nothing else. */
  admit({ values }: Written, caller: Caller): void {
    const hasPair = PAIR.some((name) => name in values);
    if (!hasPair && !isIntegration(caller)) throw new DomainError('NOT_ALLOWED');
  }

  async update(record: ResetRecord, written: Written, caller: Caller): Promise<ResetRecord> {
    const { values, faults } = written;
    const hasPair = PAIR.some((name) => name in values);
    refuseAll([
      ...(hasPair ? pairFaults(values) : []),
      ...faults.filter(({ source }) => !PAIR.some((name) => isAt(source, name))),
    ]);
    const { customer_password: password, _reset_password_token: secret } = values;
    if (typeof password === 'string' && typeof secret === 'string') {
      await this.gate.confirm(record, { password, secret }, caller);
    }
    const notes = notesIn(written);
    if (Object.keys(notes).length > 0) await this.records.note(record, notes);
    return (await this.records.find(record.reset.number, caller.store)) ?? record;
  }

  remove(record: ResetRecord, { trail }: Caller): Promise<void> {
    return this.records.remove(record, trail);
  }
}

function notesOf(written: Written): ResetNotes {
  return { reference: null, referenceOrigin: null, metadata: null, ...notesIn(written) };
}

/** A password may be white space as far as we know; its own rules judge it. */
function pairFaults(values: Written['values']): ErrorObject[] {
  return PAIR.flatMap((name) => {
    const value = values[name] ?? '';
    if (typeof value !== 'string') return [invalid(name)];
    return value === '' ? [blank(name)] : [];
  });
}

function isAt(source: ErrorObject['source'], name: string): boolean {
  return source !== undefined && 'pointer' in source && source.pointer === `/data/attributes/${name}`;
}
