import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';

/** Every answer is JSON, texts and `null` as well; members that are null are left out, as the vendor does. */
@Injectable()
export class RestAnswer implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<string> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((answer: unknown) => {
        void reply.header('Content-Type', 'application/json; charset=utf-8');
        return JSON.stringify(answer, withoutNull);
      }),
    );
  }
}

function withoutNull(name: string, value: unknown): unknown {
  return value === null && name !== '' ? undefined : value;
}
