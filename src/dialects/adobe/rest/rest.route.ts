import {
  applyDecorators,
  Controller,
  Injectable,
  UseFilters,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { Allow, CallerFrom, knownCaller, requestOf, type IncomingRequest } from '../../../access/index.js';
import { DomainError } from '../../../common/domain-error.js';
import { AdobeRestCaller } from './rest.caller.js';
import { AdobeRestFilter } from './rest.filter.js';
import { rightOf, type AdobeRight } from './rest.right.js';

/** A credential that is narrowed to this one has all. */
const EVERYTHING = 'Magento_Backend::all';

/** Who may call a route: anybody. */
export const Anonymous = (): MethodDecorator => Allow('public');

/** Who may call a route: the customer whose token is presented. */
export const Self = (): MethodDecorator => applyDecorators(Allow('customer'), RouteConfig({ adobeRight: 'self' }));

/** Who may call a route: administrators, and integrations that have the resource. */
export const Resource = (adobeRight: AdobeRight): MethodDecorator =>
  applyDecorators(Allow('staff', 'integration'), RouteConfig({ adobeRight }));

/** Who may call a route: administrators alone, who act for a customer. */
export const Administrator = (adobeRight: AdobeRight): MethodDecorator =>
  applyDecorators(Allow('staff'), RouteConfig({ adobeRight }));

/** Integrations may be narrowed to some resources. */
@Injectable()
export class ResourceGuard implements CanActivate {
  /** @throws DomainError NOT_ALLOWED */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const right = rightOf(context.switchToHttp().getRequest<FastifyRequest>());
    return !right.includes('::') || hasResource(right, requestOf(context));
  }
}

async function hasResource(right: string, request: IncomingRequest): Promise<true> {
  const scopes = (await knownCaller(request))?.client?.scopes ?? null;
  if (scopes === null || scopes.includes(right) || scopes.includes(EVERYTHING)) return true;
  throw new DomainError('NOT_ALLOWED');
}

/** Routes of this API, below `/rest/V1` and `/rest/{store}/V1`. */
export const RestController = (path: string): ClassDecorator =>
  applyDecorators(
    Controller([`rest/V1/${path}`, `rest/:store/V1/${path}`]),
    CallerFrom(AdobeRestCaller),
    UseGuards(ResourceGuard),
    UseFilters(AdobeRestFilter),
  );
