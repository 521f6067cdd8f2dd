import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LessThanOrEqual } from 'typeorm';
import { Database } from '../common/database.js';
import { Housekeeping } from '../common/housekeeping.js';
import { AccessToken } from './access-token.entity.js';

const KEEP_ENDED_SECONDS = 7 * 24 * 3600;
const BATCH = 1000;

/** Removes tokens that ended long ago. */
@Injectable()
export class TokenChores implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly housekeeping: Housekeeping,
  ) {}

  onModuleInit(): void {
    this.housekeeping.register('access tokens', KEEP_ENDED_SECONDS, (endedBefore) => this.purge(endedBefore));
  }

  private purge(endedBefore: Date): Promise<number> {
    return this.database.transaction(async (tx) => {
      const old = await tx.find(AccessToken, {
        where: { expiresAt: LessThanOrEqual(endedBefore) },
        select: { id: true },
        take: BATCH,
      });
      if (old.length > 0) {
        await tx.delete(
          AccessToken,
          old.map(({ id }) => id),
        );
      }
      return old.length;
    });
  }
}
