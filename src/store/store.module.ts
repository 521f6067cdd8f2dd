import { Module } from '@nestjs/common';
import { ApiClientService } from './api-client.service.js';
import { ApiClientSetup } from './api-client.setup.js';
import { SetupService } from './setup.service.js';
import { StoreDirectory } from './store.directory.js';
import { StoreSeal } from './store.seal.js';

@Module({
  providers: [ApiClientService, ApiClientSetup, SetupService, StoreDirectory, StoreSeal],
  exports: [ApiClientService, SetupService, StoreDirectory],
})
export class StoreModule {}
