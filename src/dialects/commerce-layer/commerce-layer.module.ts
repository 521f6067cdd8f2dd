import { Module } from '@nestjs/common';
import { CustomerModule } from '../../customer/index.js';
import { CustomerGroupModule } from '../../customer-group/index.js';
import { EmailConfirmationModule } from '../../email-confirmation/index.js';
import { EventModule } from '../../event/index.js';
import { LockoutModule } from '../../lockout/index.js';
import { PasswordResetModule } from '../../password-reset/index.js';
import { StoreModule } from '../../store/index.js';
import { SubscriptionModule } from '../../subscription/index.js';
import { TagModule } from '../../tag/index.js';
import { TokenModule } from '../../token/index.js';
import { WebhookModule } from '../../webhook/index.js';
import { CommerceLayerCaller } from './commerce-layer.caller.js';
import { CommerceLayerOrigins } from './commerce-layer.origins.js';
import { CommerceLayerPace } from './commerce-layer.pace.js';
import type { AnyResource } from './commerce-layer.resource.js';
import { RESOURCES } from './commerce-layer.resources.js';
import { CommerceLayerShopper } from './commerce-layer.shopper.js';
import { CommerceLayerWire } from './commerce-layer.wire.js';
import { CustomerChanges } from './customers.changes.js';
import { CustomerLabels } from './customers.labels.js';
import { CustomerRelations } from './customers.relations.js';
import { CustomerWriter } from './customers.writer.js';
import { CommerceLayerKeysController } from './keys.controller.js';
import { OauthClients } from './oauth.clients.js';
import { OauthController } from './oauth.controller.js';
import { OauthGrants } from './oauth.grants.js';
import { OauthRevocation } from './oauth.revocation.js';
import { PasswordResetGate } from './password-reset.gate.js';
import { RelationshipEndpoint } from './relationship.endpoint.js';
import { resourceController, singletonController } from './resource.controller.js';
import { ResourceEndpoint } from './resource.endpoint.js';
import { ResourceReader } from './resource.reader.js';
import { ResourceRegistry } from './resource.registry.js';
import { CommerceLayerTokenInfoController } from './tokeninfo.controller.js';
import { WebhookCalls } from './webhooks.calls.js';

/** Commerce Layer's JSON:API at `/api`, its OAuth at `/oauth`, and the keys of all JWTs. */
@Module({
  imports: [
    CustomerGroupModule,
    CustomerModule,
    EmailConfirmationModule,
    EventModule,
    LockoutModule,
    PasswordResetModule,
    StoreModule,
    SubscriptionModule,
    TagModule,
    TokenModule,
    WebhookModule,
  ],
  controllers: [
    CommerceLayerKeysController,
    CommerceLayerTokenInfoController,
    OauthController,
    ...RESOURCES.map(([declaration, resource]) =>
      declaration.singlePath === undefined
        ? resourceController(declaration, resource)
        : singletonController(declaration, resource),
    ),
  ],
  providers: [
    CommerceLayerCaller,
    CommerceLayerOrigins,
    CommerceLayerPace,
    CommerceLayerShopper,
    CommerceLayerWire,
    CustomerChanges,
    CustomerLabels,
    CustomerRelations,
    CustomerWriter,
    OauthClients,
    OauthGrants,
    OauthRevocation,
    PasswordResetGate,
    RelationshipEndpoint,
    ResourceEndpoint,
    ResourceReader,
    WebhookCalls,
    ...RESOURCES.map(([, resource]) => resource),
    {
      provide: ResourceRegistry,
      useFactory: (...resources: readonly AnyResource[]) => new ResourceRegistry(resources),
      inject: RESOURCES.map(([, resource]) => resource),
    },
  ],
})
export class CommerceLayerModule {}
