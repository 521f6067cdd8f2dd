import { Get, Query } from '@nestjs/common';
import { z } from 'zod';
import {
  CONDITION_TYPES,
  echoOf,
  readSearchCriteria,
  SearchCriteriaRefused,
  type SearchCriteria,
} from '#lib/search-criteria';
import { oneLine } from '#lib/plain-text';
import { Described } from '#lib/openapi';
import { CurrentCaller, type Caller } from '../../../access/index.js';
import { CustomerSearchService } from '../../../customer/index.js';
import { AdobeError, input, type AdobeRefusal } from '../adobe.refusal.js';
import { criteriaIn, MAX_SIZE, pageIn } from '../search.criteria.js';
import { searchAnswer } from './rest.answers.js';
import { RestCustomers } from './rest.customers.js';
import { missing } from './rest.input.js';
import { Resource, RestController } from './rest.route.js';
import type { AdobeRestSearch } from './rest.types.js';

const FILTER = 'searchCriteria[filter_groups][0][filters][0]';
const ORDER = 'searchCriteria[sortOrders][0]';

/** As documents show it: one filter and one order of the many that there may be. The lib reads them. */
const searchQuery = z.object({
  [`${FILTER}[field]`]: z.string().optional(),
  [`${FILTER}[value]`]: z.string().optional(),
  [`${FILTER}[condition_type]`]: z.enum(CONDITION_TYPES).optional(),
  [`${ORDER}[field]`]: z.string().optional(),
  [`${ORDER}[direction]`]: z.enum(['ASC', 'DESC']).optional(),
  'searchCriteria[pageSize]': z.int().min(1).max(MAX_SIZE).optional(),
  'searchCriteria[currentPage]': z.int().min(0).optional(),
});

/** Finds customers of the store's realm. */
@RestController('customers/search')
export class AdobeRestSearchController {
  constructor(
    private readonly search: CustomerSearchService,
    private readonly customers: RestCustomers,
  ) {}

  @Described({ summary: 'Find customers', query: searchQuery, answer: searchAnswer })
  @Resource('Magento_Customer::customer')
  @Get()
  async find(
    @Query() query: Readonly<Record<string, unknown>>,
    @CurrentCaller() { store }: Caller,
  ): Promise<AdobeRestSearch> {
    const asked = searchIn(query);
    const { rows, total } = await this.search.findNumbered(store.realm, criteriaIn(asked, store), pageIn(asked));
    const customers = rows.map(({ customer }) => customer);
    return { items: await this.customers.shownAll(customers), search_criteria: echoOf(asked), total_count: total };
  }
}

/** @throws AdobeError */
function searchIn(query: Readonly<Record<string, unknown>>): SearchCriteria {
  try {
    return readSearchCriteria(query);
  } catch (error) {
    throw error instanceof SearchCriteriaRefused ? new AdobeError(refusalOf(error)) : error;
  }
}

function refusalOf({ reason, part }: SearchCriteriaRefused): AdobeRefusal {
  const fieldName = oneLine(part, 120);
  switch (reason) {
    case 'missing':
      return missing(fieldName);
    case 'unknown':
      return input('"%fieldName" is not supported. Correct the field name and try again.', { fieldName });
    case 'malformed':
      return input('The value of "%fieldName" is not valid.', { fieldName });
    case 'too-many':
      return input('"%fieldName" has too many parts.', { fieldName });
  }
}
