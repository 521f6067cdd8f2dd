import { Injectable } from '@nestjs/common';
import { invalidRelationship, JsonApiFault, mustExist, type Written } from '#lib/json-api';
import type { Caller } from '../../access/index.js';
import { fromShortId } from '../../common/public-id.js';
import type { Customer, Profile } from '../../customer/index.js';
import { CustomerGroupService } from '../../customer-group/index.js';
import type { Realm } from '../../store/index.js';
import { TagService } from '../../tag/index.js';
import { linkIn, linksIn } from './common.mapper.js';
import { namesOf, tagsAfter } from './customers.input.js';

const MAX_TAGS = 250;

/** Reads which group and which tags something is to have. Only those of the realm exist (SEC-65). */
@Injectable()
export class CustomerLabels {
  constructor(
    private readonly groups: CustomerGroupService,
    private readonly tags: TagService,
  ) {}

  /** @throws JsonApiFault for a group or tag that does not exist */
  async read(
    written: Written,
    current: Pick<Customer, 'tags'> | null,
    { store: { realm } }: Caller,
  ): Promise<Pick<Profile, 'customerGroupId' | 'tags'>> {
    const group = linkIn(written, 'customer_group');
    const tags = await this.tagsIn(written, current?.tags ?? [], realm);
    return {
      ...(group === undefined ? {} : { customerGroupId: group === null ? null : await this.groupId(group, realm) }),
      ...(tags ? { tags } : {}),
    };
  }

  /** Tags after the relationship was set and names were added and taken away; names of no tag are passed over. */
  async tagsIn(written: Written, current: readonly string[], realm: Realm): Promise<readonly string[] | null> {
    const linked = linksIn(written, 'tags');
    const [added, removed] = [namesOf(written.values['_add_tags']), namesOf(written.values['_remove_tags'])];
    if (!linked && added.length + removed.length === 0) return null;
    const base = linked ? await this.namesOf(linked, realm) : current;
    const known = (await this.tags.findByNames(realm, added)).map(({ name }) => name);
    const tags = tagsAfter({ tags: base }, known, removed);
    if (tags.length <= MAX_TAGS) return tags;
    throw new JsonApiFault([
      invalidRelationship('tags', `can be at most ${MAX_TAGS}`, { error: 'too_long', count: MAX_TAGS }),
    ]);
  }

  private async namesOf(ids: readonly string[], realm: Realm): Promise<string[]> {
    const numbers = new Set(ids.map((id) => fromShortId(id) ?? 0));
    const found = await this.tags.findByNumbers(realm, [...numbers]);
    if (found.length < numbers.size) throw new JsonApiFault([mustExist('tags')]);
    return found.map(({ name }) => name);
  }

  private async groupId(id: string, realm: Realm): Promise<number> {
    const group = await this.groups.findByNumber(realm, fromShortId(id) ?? 0);
    if (!group) throw new JsonApiFault([mustExist('customer_group')]);
    return group.id;
  }
}
