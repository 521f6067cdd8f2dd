import { Module } from '@nestjs/common';
import { EventModule } from '../event/index.js';
import { LockoutModule } from '../lockout/index.js';
import { StoreModule } from '../store/index.js';
import { OneTimeSecretRepository } from './one-time-secret.repository.js';
import { OneTimeSecretService } from './one-time-secret.service.js';
import { SecretFailures } from './secret-failures.js';

@Module({
  imports: [EventModule, LockoutModule, StoreModule],
  providers: [OneTimeSecretRepository, OneTimeSecretService, SecretFailures],
  exports: [OneTimeSecretService, SecretFailures],
})
export class OneTimeSecretModule {}
