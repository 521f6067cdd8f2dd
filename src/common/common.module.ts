import { Global, Module } from '@nestjs/common';
import { Argon2Hasher, PasswordHasher } from '#lib/password-hash';
import { Config } from '../config/index.js';
import { Clock, SystemClock } from './clock.js';
import { Database } from './database.js';
import { Housekeeping } from './housekeeping.js';
import { Replicas } from './replicas.js';
import { Schema } from './schema.js';
import { Shutdown } from './shutdown.js';

/** Hashes that may wait before the next is refused (SEC-20). */
const HASHES_WAITING = 100;

@Global()
@Module({
  providers: [
    { provide: Clock, useClass: SystemClock },
    {
      provide: PasswordHasher,
      inject: [Config],
      useFactory: ({ hash }: Config) => Argon2Hasher.create({ ...hash, waiting: HASHES_WAITING }),
    },
    Database,
    Housekeeping,
    Replicas,
    Schema,
    Shutdown,
  ],
  exports: [Clock, Database, Housekeeping, PasswordHasher, Replicas, Schema, Shutdown],
})
export class CommonModule {}
