import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CustomerModule } from '../customer/index.js';
import { StoreModule } from '../store/index.js';
import { TokenModule } from '../token/index.js';
import { AccessGuard } from './access.guard.js';
import { Authenticator } from './authenticator.js';
import { GenuineTokens } from './genuine-tokens.js';
import { jwtStrategy } from './jwt.strategy.js';
import { OpaqueStrategy } from './opaque.strategy.js';

@Global()
@Module({
  imports: [CustomerModule, StoreModule, TokenModule],
  providers: [
    Authenticator,
    GenuineTokens,
    OpaqueStrategy,
    jwtStrategy('adobe'),
    jwtStrategy('commerce-layer'),
    jwtStrategy('common-ground'),
    jwtStrategy('common-ground-admin'),
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [Authenticator],
})
export class AccessModule {}
