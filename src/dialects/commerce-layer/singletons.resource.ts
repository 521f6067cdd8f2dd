import { Injectable } from '@nestjs/common';
import { boolean, object, text, type Attribute } from '#lib/json-api';
import type { Caller } from '../../access/index.js';
import { toShortId } from '../../common/public-id.js';
import { contactOf, type ApiClient, type Store } from '../../store/index.js';
import { settingsOf } from './commerce-layer.caller.js';
import type { CommerceLayerResource, ResourceDeclaration } from './commerce-layer.resource.js';
import { COMMON } from './common.declaration.js';
import { commonAttributes } from './common.mapper.js';

const EVERYBODY = ['integration', 'storefront'] as const;
const NO_NOTES = { reference: null, referenceOrigin: null, metadata: null };

function singleton(type: string, singlePath: string, attributes: Record<string, Attribute>): ResourceDeclaration {
  return {
    type,
    singlePath,
    access: { retrieve: [...EVERYBODY] },
    attributes: { ...attributes, ...COMMON },
    relationships: {},
  };
}

export const organizationDeclaration = singleton('organizations', 'organization', {
  ...{ name: text('F'), slug: text('F'), domain: text('F'), support_phone: text('F'), support_email: text('F') },
  ...{
    logo_url: text('F'),
    favicon_url: text('F'),
    primary_color: text('F'),
    gtm_id: text('F'),
    gtm_id_test: text('F'),
  },
  ...{ config: object('F'), addresses_phone_required: boolean('F') },
});

export const applicationDeclaration = singleton('applications', 'application', {
  ...{ name: text('F'), kind: text('F'), public_access: boolean('F'), redirect_uri: text('F'), scopes: text('F') },
});

/** The store that a token was issued for; what a storefront looks like is not kept here. */
@Injectable()
export class OrganizationResource implements CommerceLayerResource<Store> {
  readonly declaration = organizationDeclaration;

  idOf({ number }: Store): string {
    return toShortId(number);
  }

  attributesOf(store: Store): Readonly<Record<string, unknown>> {
    const nothing = { support_phone: null, logo_url: null, favicon_url: null, primary_color: null };
    return {
      name: store.name,
      slug: settingsOf(store).organization,
      domain: store.storefrontUrl === null ? null : new URL(store.storefrontUrl).host,
      support_email: contactOf(store),
      ...nothing,
      ...{ gtm_id: null, gtm_id_test: null, config: null },
      addresses_phone_required: !settingsOf(store).addressPhoneOptional,
      ...commonAttributes(store, NO_NOTES),
    };
  }

  related(): Promise<readonly (readonly unknown[])[]> {
    return Promise.resolve([]);
  }

  find(_id: string, { store }: Caller): Promise<Store | null> {
    return Promise.resolve(store);
  }
}

/** The credential that a token was issued to. */
@Injectable()
export class ApplicationResource implements CommerceLayerResource<ApiClient> {
  readonly declaration = applicationDeclaration;

  idOf({ number }: ApiClient): string {
    return toShortId(number);
  }

  attributesOf(client: ApiClient): Readonly<Record<string, unknown>> {
    const isPublic = client.kind === 'commerce-layer-sales-channel';
    return {
      name: client.name,
      kind: isPublic ? 'sales_channel' : 'integration',
      public_access: isPublic,
      redirect_uri: null,
      scopes: 'market:all',
      ...commonAttributes({ createdAt: client.createdAt, updatedAt: client.createdAt }, NO_NOTES),
    };
  }

  related(): Promise<readonly (readonly unknown[])[]> {
    return Promise.resolve([]);
  }

  find(_id: string, { client }: Caller): Promise<ApiClient | null> {
    return Promise.resolve(client);
  }
}
