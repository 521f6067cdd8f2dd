import { Injectable } from '@nestjs/common';
import type { ListQuery, Written } from '#lib/json-api';
import type { Caller } from '../../access/index.js';
import type { Counted } from '../../common/criteria.js';
import { fromShortId, toShortId } from '../../common/public-id.js';
import {
  CustomerSearchService,
  CustomerService,
  isCustomerColumn,
  isCustomerSort,
  RemovalService,
  type CustomerColumn,
  type CustomerRecord,
} from '../../customer/index.js';
import { isIntegration, type AnswerContext, type CommerceLayerResource } from './commerce-layer.resource.js';
import { withNames } from './customers.filter.js';
import { customersDeclaration } from './customers.declaration.js';
import { toCustomerAttributes } from './customers.mapper.js';
import { CustomerRelations } from './customers.relations.js';
import { CustomerWriter } from './customers.writer.js';
import { criteriaOf, pageOf, type Fields } from './resource.criteria.js';

const FIELDS: Fields<CustomerColumn> = { isField: isCustomerColumn, emails: ['email'] };

@Injectable()
export class CustomersResource implements CommerceLayerResource<CustomerRecord> {
  readonly declaration = customersDeclaration;

  constructor(
    private readonly customers: CustomerService,
    private readonly search: CustomerSearchService,
    private readonly removals: RemovalService,
    private readonly relations: CustomerRelations,
    private readonly writer: CustomerWriter,
  ) {}

  idOf({ customer }: CustomerRecord): string {
    return toShortId(customer.number);
  }

  attributesOf(record: CustomerRecord, { caller }: AnswerContext): Readonly<Record<string, unknown>> {
    return toCustomerAttributes(record, caller);
  }

  related(
    name: string,
    rows: readonly CustomerRecord[],
    { caller }: AnswerContext,
  ): Promise<readonly (readonly unknown[])[]> {
    return this.relations.of(name, rows, caller);
  }

  async find(id: string, caller: Caller): Promise<CustomerRecord | null> {
    const number = fromShortId(id);
    if (number === null) return null;
    if (!isIntegration(caller) && caller.session?.customer.number !== number) return null;
    return this.customers.findRecord(caller.store, number);
  }

  list(query: ListQuery, { store }: Caller): Promise<Counted<CustomerRecord>> {
    const page = pageOf(query, { isField: isCustomerSort });
    return this.search.findNumbered(store.realm, criteriaOf(withNames(query.filter), FIELDS), page);
  }

  create(written: Written, caller: Caller): Promise<CustomerRecord> {
    return this.writer.create(written, caller);
  }

  update(record: CustomerRecord, written: Written, caller: Caller): Promise<CustomerRecord> {
    return this.writer.update(record, written, caller);
  }

  remove({ customer }: CustomerRecord, { store, trail }: Caller): Promise<void> {
    return this.removals.remove(customer, store, trail);
  }
}
