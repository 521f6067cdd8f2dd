import type { Type } from '@nestjs/common';
import { addressesDeclaration } from './addresses.declaration.js';
import { AddressesResource } from './addresses.resource.js';
import type { AnyResource, ResourceDeclaration } from './commerce-layer.resource.js';
import { CustomerAddressesResource, customerAddressesDeclaration } from './customer-addresses.resource.js';
import { CustomerGroupsResource, customerGroupsDeclaration } from './customer-groups.resource.js';
import { CustomerSubscriptionsResource, customerSubscriptionsDeclaration } from './customer-subscriptions.resource.js';
import { customersDeclaration } from './customers.declaration.js';
import { CustomersResource } from './customers.resource.js';
import { EventCallbacksResource, eventCallbacksDeclaration } from './event-callbacks.resource.js';
import { EventsResource, eventsDeclaration } from './events.resource.js';
import { passwordResetsDeclaration } from './password-resets.declaration.js';
import { PasswordResetsResource } from './password-resets.resource.js';
import {
  applicationDeclaration,
  ApplicationResource,
  organizationDeclaration,
  OrganizationResource,
} from './singletons.resource.js';
import { TagsResource, tagsDeclaration } from './tags.resource.js';
import { WebhooksResource, webhooksDeclaration } from './webhooks.resource.js';

/** All resources of this API: what each is declared as, and who answers for it. */
export const RESOURCES: readonly (readonly [ResourceDeclaration, Type<AnyResource>])[] = [
  [addressesDeclaration, AddressesResource],
  [applicationDeclaration, ApplicationResource],
  [customerAddressesDeclaration, CustomerAddressesResource],
  [customerGroupsDeclaration, CustomerGroupsResource],
  [passwordResetsDeclaration, PasswordResetsResource],
  [customerSubscriptionsDeclaration, CustomerSubscriptionsResource],
  [customersDeclaration, CustomersResource],
  [eventCallbacksDeclaration, EventCallbacksResource],
  [eventsDeclaration, EventsResource],
  [organizationDeclaration, OrganizationResource],
  [tagsDeclaration, TagsResource],
  [webhooksDeclaration, WebhooksResource],
];

/** The names below `/api` that are this API's. */
export const RESOURCE_PATHS: readonly string[] = RESOURCES.map(([{ type, singlePath }]) => singlePath ?? type);
