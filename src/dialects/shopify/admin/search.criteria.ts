import type { Comparison, Condition, Criteria } from '../../../common/criteria.js';
import type { CustomerField } from '../../../customer/index.js';
import type { Store } from '../../../store/index.js';
import { countryIn } from '../shopify.countries.js';
import { ShopifyError } from '../shopify.errors.js';
import { customerNumberIn } from '../shopify.ids.js';
import { parsedEmail, phoneIn } from '../shopify.input.js';
import type { SearchWarning } from './admin.extensions.js';
import { readSearch, SearchTooComplex, type Search, type Term } from './customer.search.js';
import { timeSpanIn } from './search.times.js';

type CustomerCriteria = Criteria<CustomerField>;

/** What a search comes to, and which of its fields there are not. */
export interface ReadSearch {
  readonly criteria: CustomerCriteria;
  readonly warnings: readonly SearchWarning[];
}

interface Context {
  readonly store: Store;
  readonly now: Date;
}

const EVERYBODY: CustomerCriteria = { all: [] };
const NOBODY: CustomerCriteria = { any: [] };

/** @throws ShopifyError BAD_REQUEST for times that are none, and for a search that is too long */
export function criteriaOf(query: string, context: Context): ReadSearch {
  const warnings: SearchWarning[] = [];
  const criteria = translated(parsed(query), context, (field) => {
    warnings.push({ field, message: 'Invalid search field for this query.', code: 'invalid_field' });
  });
  return { criteria: criteria ?? EVERYBODY, warnings };
}

function parsed(query: string): Search {
  try {
    return readSearch(query);
  } catch (error) {
    if (!(error instanceof SearchTooComplex)) throw error;
    throw new ShopifyError('The query is too complex.', { code: 'BAD_REQUEST' });
  }
}

/** Null: says nothing, as its fields are not known. */
function translated(search: Search, context: Context, warn: (field: string) => void): CustomerCriteria | null {
  switch (search.kind) {
    case 'not': {
      const part = translated(search.part, context, warn);
      return part && { not: part };
    }
    case 'all':
    case 'any': {
      const parts = search.parts.flatMap((part) => translated(part, context, warn) ?? []);
      if (parts.length === 0) return null;
      return search.kind === 'all' ? { all: parts } : { any: parts };
    }
    case 'term':
      return ofTerm(search, context, warn);
  }
}

function ofTerm(term: Term, context: Context, warn: (field: string) => void): CustomerCriteria | null {
  if (term.field === null) return anywhere(term, context.store);
  const field = term.field.toLowerCase();
  const criteria = FIELDS[field];
  if (criteria) return criteria(term, context);
  warn(term.field);
  return null;
}

/** A whole address is its owner's and nobody else's, whatever its words are. */
function anywhere({ value, comparison }: Term, store: Store): CustomerCriteria | null {
  const email = comparison === 'is' && value.includes('@') ? parsedEmail(value, store) : null;
  if (email) return condition('email', 'is', email.key);
  return value.trim() === '' ? null : condition('text', comparison === 'isSet' ? 'is' : comparison, value);
}

const FIELDS: Readonly<Record<string, ((term: Term, context: Context) => CustomerCriteria) | undefined>> = {
  email: ({ value, comparison }, { store }) => {
    if (comparison === 'isSet') return EVERYBODY;
    const whole = comparison === 'is' && value.includes('@');
    const email = whole ? parsedEmail(value, store) : null;
    if (whole) return email ? condition('email', 'is', email.key) : NOBODY;
    return condition('emailPart', comparison, value);
  },
  state: ({ value, comparison }) => (comparison === 'isSet' ? EVERYBODY : condition('state', 'is', value)),
  tag: tagged,
  tag_not: (term) => ({ not: tagged(term) }),
  created_at: during('createdAt'),
  customer_date: during('createdAt'),
  updated_at: during('updatedAt'),
  id: ({ value, comparison }) => {
    if (comparison === 'isSet') return EVERYBODY;
    const number = /^\d{1,20}$/.test(value)
      ? Math.min(Number(value), Number.MAX_SAFE_INTEGER)
      : customerNumberIn(value);
    return number === null ? NOBODY : condition('number', comparison === 'startsWith' ? 'is' : comparison, number);
  },
  first_name: ({ value, comparison }) => condition('firstName', comparison, value),
  last_name: ({ value, comparison }) => condition('lastName', comparison, value),
  phone: ({ value, comparison }, { store }) => {
    const number = comparison === 'is' ? phoneIn(value, store, () => undefined) : null;
    return condition('phone', comparison, number ?? value);
  },
  country: ({ value, comparison }) => {
    if (comparison === 'isSet') return condition('country', 'isSet', '');
    const code = countryIn(value);
    return code === null ? NOBODY : condition('country', 'is', code);
  },
};

/** Whole tags; of several with commas between, any. */
function tagged({ value, comparison }: Term): CustomerCriteria {
  if (comparison === 'isSet') return condition('tag', 'isSet', '');
  const tags = value.split(',').flatMap((tag) => tag.trim() || []);
  return { any: tags.map((tag) => condition('tag', comparison, tag)) };
}

/** A day or a year is the whole of it. */
function during(field: 'createdAt' | 'updatedAt'): (term: Term, context: Context) => CustomerCriteria {
  return ({ value, comparison, field: written }, { now }) => {
    if (comparison === 'isSet') return EVERYBODY;
    const span = timeSpanIn(value, now);
    if (!span) {
      throw new ShopifyError(`Invalid timestamp for query filter \`${written}\`.`, { code: 'BAD_REQUEST' });
    }
    const { from, until } = span;
    switch (comparison) {
      case 'below':
        return condition(field, 'below', from);
      case 'atMost':
        return condition(field, 'below', until);
      case 'above':
        return condition(field, 'atLeast', until);
      case 'atLeast':
        return condition(field, 'atLeast', from);
      default:
        return { all: [condition(field, 'atLeast', from), condition(field, 'below', until)] };
    }
  };
}

function condition(
  field: CustomerField,
  comparison: Comparison,
  value: Condition<CustomerField>['value'],
): Condition<CustomerField> {
  return { field, comparison, value };
}
