import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Allow } from '../access/index.js';
import { Database } from '../common/database.js';
import { MailWorker } from '../mail/index.js';

/** Probes for load balancers. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly worker: MailWorker,
  ) {}

  /** The process runs. */
  @Allow('public')
  @Get('live')
  live(): object {
    return { status: 'ok' };
  }

  /** Requests can be served: 200, else 503 with what is missing. */
  @Allow('public')
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const database = await this.database.ping();
    const migrations = database && !(await this.database.hasPendingMigrations());
    const mail = this.worker.isRunning;
    const isReady = database && migrations && mail;
    void reply.status(isReady ? 200 : 503);
    return { status: isReady ? 'ok' : 'unavailable', database, migrations, mail };
  }
}
