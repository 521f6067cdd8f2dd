import type { Type } from '@nestjs/common';
import type { AnyResource, ResourceDeclaration } from './commerce-layer.resource.js';
import { customersDeclaration } from './customers.declaration.js';
import { CustomersResource } from './customers.resource.js';
import { passwordResetsDeclaration } from './password-resets.declaration.js';
import { PasswordResetsResource } from './password-resets.resource.js';

/** All resources of this API: what each is declared as, and who answers for it. */
export const RESOURCES: readonly (readonly [ResourceDeclaration, Type<AnyResource>])[] = [
  [customersDeclaration, CustomersResource],
  [passwordResetsDeclaration, PasswordResetsResource],
];

export const RESOURCE_TYPES: readonly string[] = RESOURCES.map(([{ type }]) => type);
