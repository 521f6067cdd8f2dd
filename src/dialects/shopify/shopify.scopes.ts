import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { requestOf, withCaller, type Caller } from '../../access/index.js';
import { DomainError } from '../../common/domain-error.js';
import { ShopifyCaller } from './shopify.caller.js';

const WRITE = 'unauthenticated_write_customers';
const READ = 'unauthenticated_read_customers';
const READ_TAGS = 'unauthenticated_read_customer_tags';

/** What everybody may know. */
const OPEN = new Set(['node', 'nodes', 'publicApiVersions', 'shop']);

type FieldInfo = Pick<GraphQLResolveInfo, 'fieldName' | 'parentType'>;

/** The scope that a field asks of the storefront's token. */
export function scopeOf({ fieldName, parentType }: FieldInfo): string {
  if (parentType.name === 'Mutation') return WRITE;
  return parentType.name === 'Customer' && fieldName === 'tags' ? READ_TAGS : READ;
}

function isOpen({ fieldName, parentType }: FieldInfo): boolean {
  return parentType.name === 'QueryRoot' && OPEN.has(fieldName);
}

/** A token that names no scopes has all of them. @throws DomainError NOT_ALLOWED */
export function refuseOutside({ client }: Caller, info: GraphQLResolveInfo): void {
  if (isOpen(info)) return;
  if (client?.scopes && !client.scopes.includes(scopeOf(info))) throw new DomainError('NOT_ALLOWED');
}

/** Stands before every root field and asks for its scope. */
@Injectable()
export class ShopifyScopes implements CanActivate {
  constructor(private readonly caller: ShopifyCaller) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const info = GqlExecutionContext.create(context).getInfo<GraphQLResolveInfo>();
    return withCaller(requestOf(context), this.caller, (caller) => {
      refuseOutside(caller, info);
      return true;
    });
  }
}
