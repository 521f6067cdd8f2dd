import { Controller, Get, NotFoundException, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow } from '../access/index.js';
import { StrengthAssets } from './strength.assets.js';

const A_YEAR = 31_536_000;

/** The scripts of the pages that ask for a password; their names change with their content, so they keep. */
@Controller()
export class StrengthController {
  constructor(private readonly assets: StrengthAssets) {}

  @Allow('public')
  @Get('assets/:name')
  async asset(@Param('name') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const isGzipWelcome = /\bgzip\b(?!\s*;\s*q=0(?:\.0+)?\b)/i.test(request.headers['accept-encoding'] ?? '');
    const content = await this.assets.find(`/assets/${name}`, isGzipWelcome);
    if (!content) throw new NotFoundException();
    if (isGzipWelcome) void reply.header('Content-Encoding', 'gzip');
    void reply
      .header('Content-Type', 'text/javascript; charset=utf-8')
      .header('Cache-Control', `public, max-age=${A_YEAR}, immutable`)
      .header('Vary', 'Accept-Encoding')
      .send(content);
  }
}
