import type { Comparison } from '../../../common/criteria.js';

/** A search as it is written: terms, joined. */
export type Search =
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Search[] }
  | { readonly kind: 'not'; readonly part: Search }
  | Term;

/** `field:value`, or a value alone. */
export interface Term {
  readonly kind: 'term';
  /** Null for a bare word. */
  readonly field: string | null;
  readonly comparison: Comparison;
  readonly value: string;
}

/** More than a person writes; each term costs the database something. */
const MAX_TERMS = 50;
const MAX_DEPTH = 20;

export class SearchTooComplex extends Error {
  override readonly name = 'SearchTooComplex';
}

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  '<': 'below',
  '<=': 'atMost',
  '>': 'above',
  '>=': 'atLeast',
};

/**
 * Reads the vendor's search syntax. Nothing is wrong in it: what does not close is closed at the end, what stands at a
 * wrong place is passed over.
 *
 * @throws SearchTooComplex
 */
export function readSearch(text: string): Search {
  return new SearchReader(text).read();
}

/** AND binds tighter than OR, and stands between terms that have nothing between them. */
class SearchReader {
  private at = 0;
  private terms = 0;

  constructor(private readonly text: string) {}

  read(): Search {
    const parts: Search[] = [];
    while (!this.isAtEnd()) {
      parts.push(this.alternatives(0));
      if (this.take(/\)/y) === null && !this.isAtEnd()) break;
    }
    return joined('all', parts);
  }

  private alternatives(depth: number): Search {
    if (depth > MAX_DEPTH) throw new SearchTooComplex();
    const parts = [this.conjunction(depth)];
    while (this.take(/OR(?=[\s(]|$)/y) !== null) parts.push(this.conjunction(depth));
    return joined('any', parts.filter(isSomething));
  }

  private conjunction(depth: number): Search {
    const parts: Search[] = [];
    while (!this.isAtEnd() && !this.sees(/\)|OR(?=[\s(]|$)/y)) {
      if (this.take(/AND(?=[\s(]|$)/y) === null) parts.push(this.single(depth));
    }
    return joined('all', parts);
  }

  private single(depth: number): Search {
    if (depth > MAX_DEPTH) throw new SearchTooComplex();
    if (this.take(/NOT(?=[\s(])|-(?=\S)/y) !== null) return { kind: 'not', part: this.single(depth + 1) };
    if (this.take(/\(/y) === null) return this.term();
    const inner = this.alternatives(depth + 1);
    this.take(/\)/y);
    return inner;
  }

  private term(): Term {
    this.terms += 1;
    if (this.terms > MAX_TERMS) throw new SearchTooComplex();
    const field = this.take(/[A-Za-z_][\w-]*(?=:)/y);
    if (field !== null) this.take(/:/y);
    const sign = field === null ? null : this.take(/<=|>=|<|>/y);
    const { value, isOpen } = this.value(field !== null);
    const within = sign === null && field !== null ? /^(<=|>=|<|>)([^]*)$/.exec(value) : null;
    const comparison = COMPARISONS[sign ?? within?.[1] ?? ''];
    const rest = within?.[2]?.trim() ?? value;
    if (comparison) return { kind: 'term', field, comparison, value: rest };
    if (!isOpen) return { kind: 'term', field, comparison: 'is', value };
    return { kind: 'term', field, comparison: value === '' ? 'isSet' : 'startsWith', value };
  }

  /** In quotes or up to the next space; a star at the end leaves the end open. A backslash takes the meaning of what follows away. */
  private value(isOfField: boolean): { value: string; isOpen: boolean } {
    const quoted = this.take(/"(?:\\[^]|[^"\\])*(?:"|$)|'(?:\\[^]|[^'\\])*(?:'|$)/y, !isOfField);
    if (quoted !== null) {
      const inner = quoted.slice(1).replace(new RegExp(`${quoted.charAt(0)}$`), '');
      return opened(inner, this.take(/\*/y, false) !== null);
    }
    return opened(this.take(/(?:\\[^]|[^\s()\\])+/y, !isOfField) ?? this.passOver(), false);
  }

  /** A character that nothing begins with, such as a backslash at the end. */
  private passOver(): string {
    if (!this.isAtEnd() && !this.sees(/[\s()]/y)) this.at += 1;
    return '';
  }

  /** What is read next, if it is that; spaces before it do not count unless they do. */
  private take(pattern: RegExp, skipsSpace = true): string | null {
    const start = skipsSpace ? this.afterSpace() : this.at;
    pattern.lastIndex = start;
    const found = pattern.exec(this.text)?.[0] ?? null;
    if (found !== null) this.at = start + found.length;
    return found;
  }

  private sees(pattern: RegExp): boolean {
    pattern.lastIndex = this.afterSpace();
    return pattern.test(this.text);
  }

  private isAtEnd(): boolean {
    return this.afterSpace() >= this.text.length;
  }

  private afterSpace(): number {
    const space = /\s*/y;
    space.lastIndex = this.at;
    return this.at + (space.exec(this.text)?.[0].length ?? 0);
  }
}

function opened(text: string, isOpen: boolean): { value: string; isOpen: boolean } {
  const hasStar = /(?:^|[^\\])(?:\\\\)*\*$/.test(text);
  const value = (hasStar ? text.slice(0, -1) : text).replace(/\\([^])/g, '$1');
  return { value, isOpen: isOpen || hasStar };
}

function joined(kind: 'all' | 'any', parts: readonly Search[]): Search {
  const [only] = parts;
  return parts.length === 1 && only ? only : { kind, parts };
}

function isSomething(part: Search): boolean {
  return part.kind !== 'all' || part.parts.length > 0;
}
