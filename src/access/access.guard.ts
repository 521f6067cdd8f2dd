import { Injectable, type CanActivate, type ExecutionContext, type Type } from '@nestjs/common';
import { ModuleRef, Reflector } from '@nestjs/core';
import { DomainError } from '../common/domain-error.js';
import { noteOperation } from '../common/request-notes.js';
import type { ApiClientKind } from '../store/index.js';
import { ALLOW, CALLER_FROM, type Audience } from './allow.decorator.js';
import { fieldOf, requestOf, withCaller, type Caller, type CallerReader } from './caller.js';

const STAFF: readonly ApiClientKind[] = ['keyturn-admin', 'adobe-admin', 'shopify-admin'];
const MACHINES: readonly ApiClientKind[] = ['adobe-integration', 'commerce-layer-integration', 'common-ground-key'];

const STOREFRONTS: readonly ApiClientKind[] = [
  'shopify-storefront',
  'shopify-storefront-private',
  'commerce-layer-sales-channel',
];

/** Stands before every handler: reads the caller and compares it with what `@Allow` says. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly modules: ModuleRef,
  ) {}

  /** @throws DomainError NOT_SIGNED_IN, NOT_ALLOWED, and what the caller's reader refuses */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const audiences = this.reflector.get<readonly Audience[] | undefined>(ALLOW, context.getHandler());
    if (!audiences) throw new Error(`${context.getClass().name}.${context.getHandler().name} has no @Allow`);
    const field = fieldOf(context);
    if (field !== null) noteOperation(field);
    const reader = this.reflector.get<Type<CallerReader> | undefined>(CALLER_FROM, context.getClass());
    if (!reader) return audiences.includes('public');
    const own = this.modules.get<CallerReader>(reader, { strict: false });
    return withCaller(requestOf(context), own, (caller) => admitted(audiences, caller));
  }
}

function admitted(audiences: readonly Audience[], caller: Caller): true {
  if (isAllowed(audiences, caller)) return true;
  throw new DomainError(caller.session || caller.client ? 'NOT_ALLOWED' : 'NOT_SIGNED_IN');
}

/** Whether a caller is among those who may. */
export function isAllowed(audiences: readonly Audience[], caller: Caller): boolean {
  return audiences.some((audience) => isOne(audience, caller));
}

function isOne(audience: Audience, { session, client }: Caller): boolean {
  switch (audience) {
    case 'public':
      return true;
    case 'customer':
      return session !== null;
    case 'staff':
      return client !== null && STAFF.includes(client.kind);
    case 'integration':
      return client !== null && MACHINES.includes(client.kind);
    case 'storefront':
      return client !== null && STOREFRONTS.includes(client.kind);
  }
}
