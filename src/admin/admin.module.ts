import { Module } from '@nestjs/common';
import { ActivationModule } from '../activation/index.js';
import { CustomerModule } from '../customer/index.js';
import { StoreModule } from '../store/index.js';
import { AdminCaller } from './admin.caller.js';
import { AdminCustomersController } from './customers.controller.js';

/** Keyturn's own admin API. */
@Module({
  imports: [ActivationModule, CustomerModule, StoreModule],
  controllers: [AdminCustomersController],
  providers: [AdminCaller],
})
export class AdminModule {}
