import { blank, type ErrorObject, type Written } from '#lib/json-api';

/** What every resource says of a row. */
interface Described {
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

interface Notes {
  readonly reference: string | null;
  readonly referenceOrigin: string | null;
  readonly metadata: object | null;
}

export function commonAttributes(
  { createdAt, updatedAt }: Described,
  { reference, referenceOrigin, metadata }: Notes,
): Readonly<Record<string, unknown>> {
  return {
    created_at: createdAt.toISOString(),
    updated_at: updatedAt.toISOString(),
    reference,
    reference_origin: referenceOrigin,
    metadata: metadata ?? {},
  };
}

/** What a body says of the notes; what is left out is left out. */
export function notesIn(written: Written): Partial<Notes> {
  const { reference, reference_origin: origin, metadata } = written.values;
  return {
    ...(reference === undefined ? {} : { reference: textOf(reference) }),
    ...(origin === undefined ? {} : { referenceOrigin: textOf(origin) }),
    ...(metadata === undefined ? {} : { metadata: objectOf(metadata) }),
  };
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function objectOf(value: unknown): object | null {
  return typeof value === 'object' ? value : null;
}

/** The one that a to-one relationship was set to; null: cleared; undefined: left alone. */
export function linkIn({ links }: Written, name: string): string | null | undefined {
  const link = links[name];
  if (link === undefined || link === null) return link;
  return 'id' in link ? link.id : null;
}

/** The ones that a to-many relationship was set to, or undefined where it was left alone. */
export function linksIn({ links }: Written, name: string): readonly string[] | undefined {
  const link = links[name];
  return Array.isArray(link) ? link.map(({ id }: { readonly id: string }) => id) : undefined;
}

/** Attributes that may not be empty: those that are, and for a new record those that are missing. */
export function blankFaults({ values }: Written, names: readonly string[], isNew: boolean): ErrorObject[] {
  return names.filter((name) => (name in values ? isBlank(values[name]) : isNew)).map((name) => blank(name));
}

function isBlank(value: unknown): boolean {
  return value === null || (typeof value === 'string' && value.trim() === '');
}
