import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Allow } from '../access/index.js';
import { Database } from '../common/database.js';
import { Schema } from '../common/schema.js';
import { Shutdown } from '../common/shutdown.js';
import { LimitService } from '../lockout/index.js';
import { MailWorker } from '../mail/index.js';

/** Probes for load balancers. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly schema: Schema,
    private readonly worker: MailWorker,
    private readonly limits: LimitService,
    private readonly shutdown: Shutdown,
  ) {}

  /** The process runs. */
  @Allow('public')
  @Get('live')
  live(): object {
    return { status: 'ok' };
  }

  /**
   * Requests can be served: 200, else 503 with what is missing. Without its counters an instance is `degraded` and still
   * in service: customers who are signed in can be answered, and no other instance would do better. One that is about to
   * end is `ending`, though it still answers.
   */
  @Allow('public')
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    if (this.shutdown.hasBegun) {
      void reply.status(503);
      return { status: 'ending' };
    }
    const database = await this.database.ping();
    const migrations = database && !(await this.schema.hasPendingMigrations());
    const mail = this.worker.isRunning;
    const limits = await this.limits.answers();
    const isReady = database && migrations && mail;
    const fine = limits ? 'ok' : 'degraded';
    void reply.status(isReady ? 200 : 503);
    return { status: isReady ? fine : 'unavailable', database, migrations, mail, limits };
  }
}
