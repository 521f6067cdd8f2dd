import { Module } from '@nestjs/common';
import { JwtFormat } from './jwt.format.js';
import { KeyRing } from './key-ring.js';
import { OpaqueFormat } from './opaque.format.js';
import { RefreshFormat } from './refresh.format.js';
import { TokenService } from './token.service.js';

@Module({
  providers: [JwtFormat, KeyRing, OpaqueFormat, RefreshFormat, TokenService],
  exports: [JwtFormat, KeyRing, TokenService],
})
export class TokenModule {}
