import { Controller, Get, Header, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Allow } from '../access/index.js';
import { Config } from '../config/index.js';
import { demoAdminToken, demoSetup, secretText, StoreDirectory } from '../store/index.js';
import { consoles } from './consoles.js';
import { sendPage } from './page.js';
import { stylesheet } from './pages.style.js';
import { landingPage } from './pages.views.js';

type Link = Parameters<typeof landingPage>[0]['links'][number];

/** The front page, and the stylesheet of all pages. */
@Controller()
export class LandingController {
  constructor(
    private readonly config: Config,
    private readonly stores: StoreDirectory,
  ) {}

  @Allow('public')
  @Get()
  landing(@Res() reply: FastifyReply): void {
    const { environment, setupFile } = this.config;
    const demo = environment === 'development' && setupFile === null ? demoCredentials() : [];
    sendPage(reply, landingPage({ environment, links: this.links(), demo, hasMailbox: this.hasMailbox }));
  }

  @Allow('public')
  @Get('assets/keyturn.css')
  @Header('Content-Type', 'text/css; charset=utf-8')
  @Header('Cache-Control', 'public, max-age=3600')
  styles(): string {
    return stylesheet;
  }

  private get hasMailbox(): boolean {
    return this.config.environment !== 'production' && this.config.mailUrl === 'mailbox:';
  }

  private links(): Link[] {
    const isOpen = this.config.environment !== 'production';
    return [
      { label: 'Forgot your password', href: '/account/recover', note: 'the hosted page that asks for a reset' },
      ...(this.hasMailbox ? [{ label: 'Mailbox', href: '/dev/mailbox', note: 'caught mail' }] : []),
      ...(isOpen ? [...this.consoleLinks(), ...this.documentLinks()] : []),
      { label: 'Health', href: '/health/ready', note: 'the readiness probe' },
    ];
  }

  private documentLinks(): Link[] {
    const rest = {
      label: 'OpenAPI of Adobe Commerce REST',
      href: '/rest/all/schema',
      note: 'what answers at /rest/V1',
    };
    const admin = {
      label: 'OpenAPI of the admin API',
      href: '/admin/v1/openapi.json',
      note: 'what answers at /admin/v1',
    };
    return [...(this.stores.speaks('adobe') ? [rest] : []), admin];
  }

  private consoleLinks(): Link[] {
    return [...consoles]
      .filter(([, { dialect }]) => this.stores.speaks(dialect))
      .map(([name, { label, endpoint }]) => ({
        label: `GraphiQL for ${label}`,
        href: `/graphiql/${name}`,
        note: `the schema that answers at ${endpoint}`,
      }));
  }
}

function demoCredentials(): { label: string; value: string }[] {
  const customers = (demoSetup.customers ?? []).flatMap(({ email, password }) => [
    { label: 'Customer', value: email },
    ...(password ? [{ label: 'Password', value: secretText(password) }] : []),
  ]);
  return [...customers, { label: 'Admin token', value: demoAdminToken }];
}
