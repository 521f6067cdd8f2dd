import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Allow } from '../access/index.js';
import { Database } from '../common/database.js';
import { LimitService } from '../lockout/index.js';
import { MailWorker } from '../mail/index.js';

/** Probes for load balancers. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly worker: MailWorker,
    private readonly limits: LimitService,
  ) {}

  /** The process runs. */
  @Allow('public')
  @Get('live')
  live(): object {
    return { status: 'ok' };
  }

  /**
   * Requests can be served: 200, else 503 with what is missing. Without its counters an instance is `degraded` and still
   * in service: customers who are signed in can be answered, and no other instance would do better.
   */
  @Allow('public')
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const database = await this.database.ping();
    const migrations = database && !(await this.database.hasPendingMigrations());
    const mail = this.worker.isRunning;
    const limits = await this.limits.answers();
    const isReady = database && migrations && mail;
    const fine = limits ? 'ok' : 'degraded';
    void reply.status(isReady ? 200 : 503);
    return { status: isReady ? fine : 'unavailable', database, migrations, mail, limits };
  }
}
