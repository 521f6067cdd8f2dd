export { Tag } from './tag.entity.js';
export { tagColumns } from './tag.columns.js';
export { TagModule } from './tag.module.js';
export { ensureTags, isTagField, TagService, type TagChanges, type TagField } from './tag.service.js';
