import { createHash, timingSafeEqual } from 'node:crypto';
import { Controller, Get, NotFoundException, Req, Res, UnauthorizedException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONTENT_TYPE } from '#lib/prometheus';
import { Allow } from '../access/index.js';
import { Config } from '../config/index.js';
import { MetricsService } from './metrics.service.js';

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;
/** Of whoever passes requests on. */
const FORWARDING = ['forwarded', 'via', 'x-forwarded-for', 'x-real-ip'];

/** Numbers that tell how the instance is, and nothing of any account. */
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly service: MetricsService,
    private readonly config: Config,
  ) {}

  /** Answers whoever has the token; where there is none, whoever is on this very machine. */
  @Allow('public')
  @Get()
  async read(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { metricsToken } = this.config;
    if (metricsToken === null && !isLocal(request)) throw new NotFoundException();
    if (metricsToken !== null && !isSame(request.headers.authorization ?? '', `Bearer ${metricsToken}`)) {
      void reply.header('WWW-Authenticate', 'Bearer');
      throw new UnauthorizedException();
    }
    void reply.header('Content-Type', CONTENT_TYPE);
    return this.service.text();
  }
}

function isLocal({ socket, headers }: FastifyRequest): boolean {
  return LOOPBACK.test(socket.remoteAddress ?? '') && FORWARDING.every((name) => headers[name] === undefined);
}

/** Takes as long for any two texts. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
