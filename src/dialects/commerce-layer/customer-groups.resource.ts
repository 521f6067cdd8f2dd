import { Injectable } from '@nestjs/common';
import { JsonApiFault, refuseAll, text, toMany, type ListQuery, type Written } from '#lib/json-api';
import type { Caller } from '../../access/index.js';
import type { Counted } from '../../common/criteria.js';
import { isDomainError } from '../../common/domain-error.js';
import { fromShortId, toShortId } from '../../common/public-id.js';
import {
  CustomerGroupService,
  isCustomerGroupField,
  type CustomerGroup,
  type CustomerGroupField,
} from '../../customer-group/index.js';
import { locked } from './commerce-layer.errors.js';
import type { CommerceLayerResource, ResourceDeclaration } from './commerce-layer.resource.js';
import { COMMON } from './common.declaration.js';
import { blankFaults, commonAttributes, notesIn, textOf } from './common.mapper.js';
import { criteriaOf, pageOf, type Fields } from './resource.criteria.js';

export const customerGroupsDeclaration: ResourceDeclaration = {
  type: 'customer_groups',
  access: {
    list: ['integration'],
    retrieve: ['integration'],
    create: ['integration'],
    update: ['integration'],
    remove: ['integration'],
  },
  attributes: { name: text('CUFQS'), code: text('CUFQS'), ...COMMON },
  relationships: {
    customers: toMany('customers', '', { inverse: 'customer_group' }),
    markets: toMany('markets', ''),
    attachments: toMany('attachments', ''),
    events: toMany('events', '', { inverse: 'customer_group' }),
    event_stores: toMany('event_stores', 'V'),
  },
};

const FIELDS: Fields<CustomerGroupField> = { isField: isCustomerGroupField };

@Injectable()
export class CustomerGroupsResource implements CommerceLayerResource<CustomerGroup> {
  readonly declaration = customerGroupsDeclaration;

  constructor(private readonly groups: CustomerGroupService) {}

  idOf({ number }: CustomerGroup): string {
    return toShortId(number);
  }

  attributesOf(group: CustomerGroup): Readonly<Record<string, unknown>> {
    return { name: group.name, code: group.code, ...commonAttributes(group, group.annotations) };
  }

  /** The customers of a group are too many to be included; their list is at the relationship's own address. */
  related(_name: string, rows: readonly CustomerGroup[]): Promise<readonly (readonly unknown[])[]> {
    return Promise.resolve(rows.map(() => []));
  }

  find(id: string, { store }: Caller): Promise<CustomerGroup | null> {
    return this.groups.findByNumber(store.realm, fromShortId(id) ?? 0);
  }

  list(query: ListQuery, { store }: Caller): Promise<Counted<CustomerGroup>> {
    return this.groups.find(store.realm, criteriaOf(query.filter, FIELDS), pageOf(query, FIELDS));
  }

  async create(written: Written, { store }: Caller): Promise<CustomerGroup> {
    refuseAll([...blankFaults(written, ['name'], true), ...written.faults]);
    const name = textOf(written.values['name']) ?? '';
    return this.groups.create(store.realm, { ...notesIn(written), name, code: textOf(written.values['code']) });
  }

  async update(group: CustomerGroup, written: Written): Promise<CustomerGroup> {
    refuseAll([...blankFaults(written, ['name'], false), ...written.faults]);
    const { name, code } = written.values;
    return this.groups.update(group, {
      ...notesIn(written),
      ...(typeof name === 'string' ? { name } : {}),
      ...(code === undefined ? {} : { code: textOf(code) }),
    });
  }

  async remove(group: CustomerGroup): Promise<void> {
    try {
      await this.groups.remove(group);
    } catch (error) {
      if (!isDomainError(error) || !error.is('IN_USE')) throw error;
      throw new JsonApiFault([locked('CustomerGroup', this.idOf(group))]);
    }
  }
}
