import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { requestOf, withCaller } from '../../../access/index.js';
import { DomainError } from '../../../common/domain-error.js';
import { ShopifyAdminCaller } from './admin.caller.js';

/** The scope that a root field asks of the token. */
export function adminScopeOf({ parentType }: Pick<GraphQLResolveInfo, 'parentType'>): string {
  return parentType.name === 'Mutation' ? 'write_customers' : 'read_customers';
}

/** Stands before every root field and asks for its scope; the shop's name is everybody's. A token that names no scopes has all. */
@Injectable()
export class ShopifyAdminScopes implements CanActivate {
  constructor(private readonly caller: ShopifyAdminCaller) {}

  /** @throws DomainError NOT_ALLOWED */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const info = GqlExecutionContext.create(context).getInfo<GraphQLResolveInfo>();
    return withCaller(requestOf(context), this.caller, ({ client }) => {
      const isAllowed = info.fieldName === 'shop' || !client?.scopes || client.scopes.includes(adminScopeOf(info));
      if (!isAllowed) throw new DomainError('NOT_ALLOWED');
      return true;
    });
  }
}
