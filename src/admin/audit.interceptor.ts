import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { knownCaller } from '../access/index.js';
import { Database } from '../common/database.js';
import { EventService } from '../event/index.js';

/** Leaves an event of every call, with the name of the credential; what the call changed leaves events of its own. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    private readonly database: Database,
    private readonly events: EventService,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return from(this.run(context.switchToHttp().getRequest<FastifyRequest>(), next));
  }

  private async run(request: FastifyRequest, next: CallHandler): Promise<unknown> {
    try {
      const answer: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
      await this.record(request, 'done');
      return answer;
    } catch (error) {
      await this.record(request, 'refused');
      throw error;
    }
  }

  private async record(request: FastifyRequest, outcome: 'done' | 'refused'): Promise<void> {
    const caller = await knownCaller(request);
    if (!caller?.client) return;
    const { method, routeOptions } = request;
    const data = { credential: caller.client.name, call: `${method} ${routeOptions.url ?? ''}`, outcome };
    const event = { type: 'admin_call', trail: caller.trail, storeId: null, customerId: null, data } as const;
    await this.database.transaction((tx) => this.events.record(event, tx));
  }
}
