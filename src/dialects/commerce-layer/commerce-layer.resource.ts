import type { Declaration, ListQuery, ResourceType, Surroundings, Written } from '#lib/json-api';
import type { Audience, Caller } from '../../access/index.js';
import type { Counted } from '../../common/criteria.js';

/** What may be done with a resource. */
export type Action = 'list' | 'retrieve' | 'create' | 'update' | 'remove';

/** Who may do what; an action that is missing is refused as a method, whoever asks. */
export type Access = Readonly<Partial<Record<Action, readonly [Audience, ...Audience[]]>>>;

/** A resource as it is declared, with who may use it. */
export interface ResourceDeclaration extends Declaration {
  readonly access: Access;
  /** Whether related ones are listed in the order in which they were made, unless another one is asked for. */
  readonly oldestFirst?: boolean;
}

/** Where an answer is given, and to whom. */
export interface AnswerContext extends Surroundings {
  readonly caller: Caller;
}

/**
 * A resource of this API. What a caller may not reach is not found, in the same statement that looks for it (SEC-65);
 * whether that is told as "not found" or as "not allowed" is not the resource's business. Verbs belong to the actions
 * that the declaration opens.
 */
export interface CommerceLayerResource<Row> extends ResourceType<Row, AnswerContext> {
  readonly declaration: ResourceDeclaration;
  find(id: string, caller: Caller): Promise<Row | null>;
  /** Refuses what a caller may not send, before the record is looked for. */
  admit?(written: Written, caller: Caller): void;
  list?(query: ListQuery, caller: Caller): Promise<Counted<Row>>;
  create?(written: Written, caller: Caller): Promise<Row>;
  update?(row: Row, written: Written, caller: Caller): Promise<Row>;
  remove?(row: Row, caller: Caller): Promise<void>;
}

export type AnyResource = CommerceLayerResource<unknown>;

/** Whether a caller is a trusted machine. */
export function isIntegration({ client }: Caller): boolean {
  return client?.kind === 'commerce-layer-integration';
}
