import { z } from 'zod';
import { isAllowed, type Caller } from '../../access/index.js';
import { toShortId } from '../../common/public-id.js';
import { isIntegration, type Access } from './commerce-layer.resource.js';
import { RESOURCES } from './commerce-layer.resources.js';
import { marketsIn } from './oauth.mapper.js';

const ACTIONS = { create: ['create'], destroy: ['remove'], read: ['list', 'retrieve'], update: ['update'] } as const;
type RoleAction = keyof typeof ACTIONS;
const ROLE_ACTIONS = ['create', 'destroy', 'read', 'update'] as const satisfies readonly RoleAction[];

const claims = z.object({ scope: z.string(), test: z.boolean(), iat: z.number(), exp: z.number() });

/** The vendor's form, as its dashboard's elements read it. There are no roles and no hub here. */
export interface CommerceLayerTokenInfo {
  readonly token: {
    readonly test: boolean;
    readonly market_ids: readonly string[];
    readonly stock_location_ids: readonly string[];
    /** Seconds. */
    readonly lifespan: number;
  };
  readonly role: { readonly id: null; readonly kind: string; readonly name: string };
  readonly application: {
    readonly id: string;
    readonly kind: string;
    readonly name: string;
    readonly core: false;
  } | null;
  readonly owner?: { readonly type: 'Customer'; readonly id: string; readonly email: string };
  /** By resource; those that may not be touched are left out. Of what is told here an owner reaches the own part only. */
  readonly permissions: Readonly<Record<string, { readonly actions: readonly RoleAction[] }>>;
  readonly accessible_apps: readonly [];
}

export function toTokenInfo(caller: Caller): CommerceLayerTokenInfo {
  const { client, session } = caller;
  const { scope, test, iat, exp } = claims.parse(caller.claims);
  const { id: market_ids = [], stock_location_ids = [] } = marketsIn(scope) ?? {};
  const kind = isIntegration(caller) ? 'integration' : 'sales_channel';
  return {
    token: { test, market_ids, stock_location_ids, lifespan: exp - iat },
    role: { id: null, kind, name: kind },
    application: client && { id: toShortId(client.number), kind, name: client.name, core: false },
    ...(session ? { owner: ownerOf(session) } : {}),
    permissions: permissionsOf(caller),
    accessible_apps: [],
  };
}

function ownerOf({
  customer: { number, email },
}: NonNullable<Caller['session']>): CommerceLayerTokenInfo['owner'] & object {
  return { type: 'Customer', id: toShortId(number), email };
}

function permissionsOf(caller: Caller): CommerceLayerTokenInfo['permissions'] {
  const all = RESOURCES.map(([{ type, access }]) => [type, { actions: actionsOf(access, caller) }] as const);
  return Object.fromEntries(all.filter(([, { actions }]) => actions.length > 0));
}

function actionsOf(access: Access, caller: Caller): RoleAction[] {
  return ROLE_ACTIONS.filter((role) =>
    ACTIONS[role].some((action) => {
      const audiences = access[action];
      return audiences !== undefined && isAllowed(audiences, caller);
    }),
  );
}
