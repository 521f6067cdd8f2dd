import { Module } from '@nestjs/common';
import { EventModule } from '../event/index.js';
import { Config } from '../config/index.js';
import { CounterStore } from './counter-store.js';
import { FailureCounter } from './failure-counter.js';
import { RedisCounters } from './limit.redis.js';
import { LimitRepository } from './limit.repository.js';
import { LimitService } from './limit.service.js';
import { LockoutRepository } from './lockout.repository.js';
import { LockoutService } from './lockout.service.js';
import { PaceService } from './pace.service.js';

@Module({
  imports: [EventModule],
  providers: [
    LockoutService,
    LockoutRepository,
    FailureCounter,
    LimitService,
    LimitRepository,
    {
      provide: CounterStore,
      inject: [Config, LimitRepository],
      useFactory: (config: Config, database: LimitRepository): CounterStore =>
        config.redisUrl === null ? database : new RedisCounters(config.redisUrl, config),
    },
    PaceService,
  ],
  exports: [LockoutService, LimitService, PaceService],
})
export class LockoutModule {}
