/** What an attribute holds. A `secret` is a text that is taken as it is and never shown; a `trigger` does something when true. */
export type AttributeKind =
  'text' | 'texts' | 'note' | 'boolean' | 'integer' | 'float' | 'time' | 'object' | 'trigger' | 'secret';

/** An attribute as its resource declares it. Flags: C creatable, U updatable, F fetchable, Q filterable, S sortable. */
export interface Attribute {
  readonly kind: AttributeKind;
  readonly flags: string;
  /** In UTF-16 units. */
  readonly maximum: number;
  /** Predicates that a filter may use; left out: all that fit the kind. */
  readonly predicates?: readonly string[];
  /** Whether trusted machines alone may send it. */
  readonly restricted?: boolean;
}

/** A relationship as its resource declares it; flags as those of attributes. */
export interface Relationship {
  readonly type: string;
  readonly isMany: boolean;
  readonly flags: string;
  /** The other end's relationship back, by which a to-many one is listed; left out: it has nothing to list. */
  readonly inverse?: string;
  readonly restricted?: boolean;
}

/** What a resource is made of: everything that reads and writes documents goes by this. */
export interface Declaration {
  readonly type: string;
  /** The path of the one record that there is; left out: there are many, below the type's name. */
  readonly singlePath?: string;
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly relationships: Readonly<Record<string, Relationship>>;
}

/** A resource with its rows. */
export interface ResourceType<Row, Context> {
  readonly declaration: Declaration;
  idOf(row: Row): string;
  /** Every fetchable attribute. */
  attributesOf(row: Row, context: Context): Readonly<Record<string, unknown>>;
  /** What each of the rows is related to, in the rows' order. Asked once for all rows, so that it can be one statement. */
  related(name: string, rows: readonly Row[], context: Context): Promise<readonly (readonly unknown[])[]>;
  /** Its rows by the ids of records of any type, where it knows what they are about and those records need not. */
  about?(ids: readonly string[], context: Context): Promise<readonly (readonly Row[])[]>;
}

/** Finds resources by their types. */
export interface ResourceTypes<Context> {
  /** Null for a type of which nothing is kept: what points to it points to nothing. */
  find(type: string): ResourceType<unknown, Context> | null;
}

const TEXT = 255;
const NOTE = 4096;

type More = Partial<Omit<Attribute, 'kind' | 'flags'>>;

function attribute(kind: AttributeKind, flags: string, { maximum = TEXT, ...more }: More = {}): Attribute {
  return { kind, flags, maximum, ...more };
}

/** A text of one line. */
export const text = (flags: string, more?: More): Attribute => attribute('text', flags, more);
/** A list of texts. */
export const texts = (flags: string, more?: More): Attribute => attribute('texts', flags, more);
/** A text that may have lines. */
export const note = (flags: string, more?: More): Attribute => attribute('note', flags, { maximum: NOTE, ...more });
export const boolean = (flags: string): Attribute => attribute('boolean', flags);
export const integer = (flags: string): Attribute => attribute('integer', flags);
export const float = (flags: string): Attribute => attribute('float', flags);
export const time = (flags: string): Attribute => attribute('time', flags);
export const object = (flags: string): Attribute => attribute('object', flags);
export const trigger = (flags: string, more?: More): Attribute => attribute('trigger', flags, more);
export const secret = (flags: string): Attribute => attribute('secret', flags, { maximum: NOTE });

export const toOne = (
  type: string,
  flags: string,
  more: Pick<Relationship, 'inverse' | 'restricted'> = {},
): Relationship => ({
  ...{ type, flags, isMany: false },
  ...more,
});
export const toMany = (
  type: string,
  flags: string,
  more: Pick<Relationship, 'inverse' | 'restricted'> = {},
): Relationship => ({
  ...{ type, flags, isMany: true },
  ...more,
});

/** The same attributes, but trusted machines alone may send them. */
export function restricted(attributes: Readonly<Record<string, Attribute>>): Readonly<Record<string, Attribute>> {
  return Object.fromEntries(Object.entries(attributes).map(([name, one]) => [name, { ...one, restricted: true }]));
}

/** A member of a declaration, never one that every object has. */
export function member<T>(members: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}
