import { Get, Query } from '@nestjs/common';
import { echoOf, readSearchCriteria, SearchCriteriaFault, type SearchCriteria } from '#lib/search-criteria';
import { CurrentCaller, type Caller } from '../../../access/index.js';
import { CustomerSearchService } from '../../../customer/index.js';
import { AdobeError, input } from '../adobe.refusal.js';
import { RestCustomers } from './rest.customers.js';
import { missing } from './rest.input.js';
import { Resource, RestController } from './rest.route.js';
import type { AdobeRestCustomers } from './rest.types.js';
import { criteriaOf, ordersOf } from './search.criteria.js';

/** The vendor's own bound of a page, and its size where none is asked for. */
const MAX_PAGE = 300;

/** Lists of customers. */
@RestController('customers/search')
export class AdobeRestSearchController {
  constructor(
    private readonly searches: CustomerSearchService,
    private readonly customers: RestCustomers,
  ) {}

  /** A page behind the last one is empty. */
  @Resource('Magento_Customer::customer')
  @Get()
  async search(
    @Query() query: Record<string, unknown>,
    @CurrentCaller() { store }: Caller,
  ): Promise<AdobeRestCustomers> {
    const asked = criteriaIn(query);
    const size = asked.pageSize ?? MAX_PAGE;
    if (size > MAX_PAGE) throw new AdobeError(input('Maximum SearchCriteria pageSize is %1', [String(MAX_PAGE)]));
    const page = { orders: ordersOf(asked), offset: ((asked.currentPage ?? 1) - 1) * size, size };
    const { rows, total } = await this.searches.list(store.realm, criteriaOf(asked, store), page);
    return { items: await this.customers.shownAll(rows), search_criteria: echoOf(asked), total_count: total };
  }
}

function criteriaIn(query: Record<string, unknown>): SearchCriteria {
  try {
    const asked = readSearchCriteria(query);
    if (asked) return asked;
  } catch (error) {
    if (!(error instanceof SearchCriteriaFault)) throw error;
    throw new AdobeError(input('Invalid parameter %fieldName.', { fieldName: error.parameter.slice(0, 128) }));
  }
  throw new AdobeError(missing('searchCriteria'));
}
