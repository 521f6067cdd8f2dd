/** The most that one document may ask for; every number is the highest that still passes. */
export interface GraphqlLimits {
  /** Levels of fields below the operation; what `__schema` and `__type` select is not counted. */
  readonly depth: number;
  /** Aliases in one operation, a fragment's once for each place it is spread. */
  readonly aliases: number;
  /** Fields at the root of one mutation, a fragment's once for each place it is spread. */
  readonly rootFieldsInMutation: number;
  /** Names of root fields that check or set a credential. */
  readonly credentialFields: ReadonlySet<string>;
  /** How many of `credentialFields` one operation may call. */
  readonly credentialOperations: number;
  /** Directives as written in the whole document. */
  readonly directives: number;
  /** Named fragment spreads as written in the whole document. */
  readonly fragmentSpreads: number;
}

/** The numbers of SEC-62 and SEC-63; which fields touch credentials is for each schema to say. */
export const defaultLimits: GraphqlLimits = {
  depth: 12,
  aliases: 30,
  rootFieldsInMutation: 5,
  credentialFields: new Set(),
  credentialOperations: 1,
  directives: 50,
  fragmentSpreads: 50,
};
