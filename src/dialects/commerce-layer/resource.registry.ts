import type { ResourceTypes } from '#lib/json-api';
import type { AnswerContext, AnyResource } from './commerce-layer.resource.js';

/** All resources of this API, by their types. */
export class ResourceRegistry implements ResourceTypes<AnswerContext> {
  private readonly byType: ReadonlyMap<string, AnyResource>;

  constructor(resources: readonly AnyResource[]) {
    this.byType = new Map(resources.map((resource) => [resource.declaration.type, resource]));
  }

  find(type: string): AnyResource | null {
    return this.byType.get(type) ?? null;
  }
}
