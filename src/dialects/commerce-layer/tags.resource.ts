import { Injectable } from '@nestjs/common';
import { invalid, refuseAll, text, toMany, type ErrorObject, type ListQuery, type Written } from '#lib/json-api';
import type { Caller } from '../../access/index.js';
import type { Counted } from '../../common/criteria.js';
import { fromShortId, toShortId } from '../../common/public-id.js';
import { isTagField, TagService, type Tag, type TagField } from '../../tag/index.js';
import type { CommerceLayerResource, ResourceDeclaration } from './commerce-layer.resource.js';
import { COMMON } from './common.declaration.js';
import { blankFaults, commonAttributes, notesIn, textOf } from './common.mapper.js';
import { criteriaOf, pageOf, type Fields } from './resource.criteria.js';

export const tagsDeclaration: ResourceDeclaration = {
  type: 'tags',
  access: {
    list: ['integration'],
    retrieve: ['integration'],
    create: ['integration'],
    update: ['integration'],
    remove: ['integration'],
  },
  attributes: { name: text('CUFQS'), ...COMMON },
  relationships: { event_stores: toMany('event_stores', 'V') },
};

const FIELDS: Fields<TagField> = { isField: isTagField };

@Injectable()
export class TagsResource implements CommerceLayerResource<Tag> {
  readonly declaration = tagsDeclaration;

  constructor(private readonly tags: TagService) {}

  idOf({ number }: Tag): string {
    return toShortId(number);
  }

  attributesOf(tag: Tag): Readonly<Record<string, unknown>> {
    return { name: tag.name, ...commonAttributes(tag, tag.annotations) };
  }

  related(_name: string, rows: readonly Tag[]): Promise<readonly (readonly unknown[])[]> {
    return Promise.resolve(rows.map(() => []));
  }

  find(id: string, { store }: Caller): Promise<Tag | null> {
    return this.tags.findByNumber(store.realm, fromShortId(id) ?? 0);
  }

  list(query: ListQuery, { store }: Caller): Promise<Counted<Tag>> {
    return this.tags.find(store.realm, criteriaOf(query.filter, FIELDS), pageOf(query, FIELDS));
  }

  async create(written: Written, { store }: Caller): Promise<Tag> {
    refuseAll([...blankFaults(written, ['name'], true), ...commaFaults(written), ...written.faults]);
    return this.tags.create(store.realm, { ...notesIn(written), name: textOf(written.values['name']) ?? '' });
  }

  async update(tag: Tag, written: Written): Promise<Tag> {
    refuseAll([...blankFaults(written, ['name'], false), ...commaFaults(written), ...written.faults]);
    const { name } = written.values;
    return this.tags.update(tag, { ...notesIn(written), ...(typeof name === 'string' ? { name } : {}) });
  }

  remove(tag: Tag): Promise<void> {
    return this.tags.remove(tag);
  }
}

/** Commas are between names in `_add_tags`. */
function commaFaults({ values: { name } }: Written): ErrorObject[] {
  return typeof name === 'string' && name.includes(',') ? [invalid('name')] : [];
}
