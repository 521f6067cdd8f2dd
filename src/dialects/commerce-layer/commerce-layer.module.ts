import { Module } from '@nestjs/common';
import { CustomerModule } from '../../customer/index.js';
import { LockoutModule } from '../../lockout/index.js';
import { PasswordResetModule } from '../../password-reset/index.js';
import { StoreModule } from '../../store/index.js';
import { TokenModule } from '../../token/index.js';
import { CommerceLayerCaller } from './commerce-layer.caller.js';
import { CommerceLayerWire } from './commerce-layer.wire.js';
import { CommerceLayerKeysController } from './keys.controller.js';
import { OauthClients } from './oauth.clients.js';
import { OauthController } from './oauth.controller.js';
import { OauthGrants } from './oauth.grants.js';
import { OauthRevocation } from './oauth.revocation.js';
import { PasswordResetGate } from './password-reset.gate.js';
import { CommerceLayerPasswordResetsController } from './password-resets.controller.js';

/** Commerce Layer's JSON:API at `/api`, its OAuth at `/oauth`, and the keys of all JWTs. */
@Module({
  imports: [CustomerModule, LockoutModule, PasswordResetModule, StoreModule, TokenModule],
  controllers: [CommerceLayerKeysController, CommerceLayerPasswordResetsController, OauthController],
  providers: [CommerceLayerCaller, CommerceLayerWire, OauthClients, OauthGrants, OauthRevocation, PasswordResetGate],
})
export class CommerceLayerModule {}
