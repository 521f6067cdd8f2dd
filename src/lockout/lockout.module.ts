import { Module } from '@nestjs/common';
import { EventModule } from '../event/index.js';
import { LimitRepository } from './limit.repository.js';
import { LimitService } from './limit.service.js';
import { LockoutRepository } from './lockout.repository.js';
import { LockoutService } from './lockout.service.js';
import { PaceService } from './pace.service.js';

@Module({
  imports: [EventModule],
  providers: [LockoutService, LockoutRepository, LimitService, LimitRepository, PaceService],
  exports: [LockoutService, LimitService, PaceService],
})
export class LockoutModule {}
