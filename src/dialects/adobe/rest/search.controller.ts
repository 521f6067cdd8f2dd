import { Get, Query } from '@nestjs/common';
import { echoOf, readSearchCriteria, SearchCriteriaRefused, type SearchCriteria } from '#lib/search-criteria';
import { oneLine } from '#lib/plain-text';
import { CurrentCaller, type Caller } from '../../../access/index.js';
import { CustomerSearchService } from '../../../customer/index.js';
import { AdobeError, input, type AdobeRefusal } from '../adobe.refusal.js';
import { criteriaIn, pageIn } from '../search.criteria.js';
import { RestCustomers } from './rest.customers.js';
import { missing } from './rest.input.js';
import { Resource, RestController } from './rest.route.js';
import type { AdobeRestSearch } from './rest.types.js';

/** Finds customers of the store's realm. */
@RestController('customers/search')
export class AdobeRestSearchController {
  constructor(
    private readonly search: CustomerSearchService,
    private readonly customers: RestCustomers,
  ) {}

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
