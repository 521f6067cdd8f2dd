import { Injectable } from '@nestjs/common';
import type { Caller } from '../../access/index.js';
import { WalletService, type CustomerRecord } from '../../customer/index.js';
import { CustomerGroupService } from '../../customer-group/index.js';
import { SubscriptionService } from '../../subscription/index.js';
import { TagService } from '../../tag/index.js';

type Related = readonly (readonly unknown[])[];

/** What customers are related to; for any number of customers one statement. */
@Injectable()
export class CustomerRelations {
  constructor(
    private readonly groups: CustomerGroupService,
    private readonly tags: TagService,
    private readonly wallets: WalletService,
    private readonly subscriptions: SubscriptionService,
  ) {}

  of(name: string, rows: readonly CustomerRecord[], { store }: Caller): Promise<Related> {
    switch (name) {
      case 'customer_group':
        return this.groupsOf(rows);
      case 'customer_addresses':
        return this.wallets.entriesOf(rows.map(({ customer }) => customer));
      case 'customer_subscriptions':
        return this.subscriptions.of(
          store,
          rows.map(({ customer }) => customer),
        );
      case 'tags':
        return this.tagsOf(rows, store.realmId);
      default:
        return Promise.resolve(rows.map(() => []));
    }
  }

  private async groupsOf(rows: readonly CustomerRecord[]): Promise<Related> {
    const ids = rows.flatMap(({ customer: { customerGroupId } }) => customerGroupId ?? []);
    const groups = new Map((await this.groups.findByIds(ids)).map((group) => [group.id, group]));
    return rows.map(({ customer: { customerGroupId } }) => {
      const group = groups.get(customerGroupId ?? 0);
      return group ? [group] : [];
    });
  }

  private async tagsOf(rows: readonly CustomerRecord[], id: number): Promise<Related> {
    const tags = await this.tags.findByNames({ id }, [...new Set(rows.flatMap(({ customer }) => customer.tags))]);
    return rows.map(({ customer }) => tags.filter(({ name }) => customer.tags.includes(name)));
  }
}
