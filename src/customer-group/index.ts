export { CustomerGroup } from './customer-group.entity.js';
export { CustomerGroupModule } from './customer-group.module.js';
export {
  CustomerGroupService,
  isCustomerGroupField,
  type CustomerGroupChanges,
  type CustomerGroupField,
} from './customer-group.service.js';
