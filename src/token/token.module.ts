import { Module } from '@nestjs/common';
import { EventModule } from '../event/index.js';
import { JwtFormat } from './jwt.format.js';
import { KeyRing } from './key-ring.js';
import { OpaqueFormat } from './opaque.format.js';
import { RefreshFormat } from './refresh.format.js';
import { SessionBound } from './session-bound.js';
import { SessionRepository } from './session.repository.js';
import { TokenChores } from './token-chores.js';
import { TokenService } from './token.service.js';

@Module({
  imports: [EventModule],
  providers: [
    JwtFormat,
    KeyRing,
    OpaqueFormat,
    RefreshFormat,
    SessionBound,
    SessionRepository,
    TokenChores,
    TokenService,
  ],
  exports: [JwtFormat, KeyRing, TokenService],
})
export class TokenModule {}
