import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Controller, Get, NotFoundException, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Allow } from '../access/index.js';
import { packageRoot } from '../common/package-root.cjs';
import { Config } from '../config/index.js';
import { consoles, type Console } from './consoles.js';

/** Files of development packages; nothing is loaded from elsewhere. */
const FILES: ReadonlyMap<string, { readonly file: string; readonly type: string }> = new Map([
  ['react.js', { file: 'react/umd/react.production.min.js', type: 'text/javascript' }],
  ['react-dom.js', { file: 'react-dom/umd/react-dom.production.min.js', type: 'text/javascript' }],
  ['graphiql.js', { file: 'graphiql/graphiql.min.js', type: 'text/javascript' }],
  ['graphiql.css', { file: 'graphiql/graphiql.min.css', type: 'text/css' }],
]);

const START = `const root = document.getElementById('graphiql');
const fetcher = GraphiQL.createFetcher({ url: root.dataset.endpoint, headers: JSON.parse(root.dataset.headers) });
ReactDOM.createRoot(root).render(React.createElement(GraphiQL, { fetcher }));
`;

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; " +
  "connect-src 'self'; worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'";

/** A console for each schema, from local files; development only. */
@Controller('graphiql')
export class GraphiqlController {
  private readonly require = createRequire(join(packageRoot, 'package.json'));

  constructor(private readonly config: Config) {}

  @Allow('public')
  @Get(':schema')
  page(@Param('schema') schema: string, @Res() reply: FastifyReply): void {
    const console = consoles.get(schema);
    if (!console || this.config.environment === 'production') throw new NotFoundException();
    void reply
      .header('Content-Type', 'text/html; charset=utf-8')
      .header('Content-Security-Policy', POLICY)
      .send(pageFor(schema, console));
  }

  @Allow('public')
  @Get('assets/:name')
  async asset(@Param('name') name: string, @Res() reply: FastifyReply): Promise<void> {
    if (this.config.environment === 'production') throw new NotFoundException();
    if (name === 'start.js') return void reply.header('Content-Type', 'text/javascript; charset=utf-8').send(START);
    const asset = FILES.get(name);
    if (!asset) throw new NotFoundException();
    void reply.header('Content-Type', `${asset.type}; charset=utf-8`).send(await this.contentOf(asset.file));
  }

  /** The packages come with the development dependencies; an installation without them has no console. */
  private async contentOf(file: string): Promise<Buffer> {
    const [name = '', ...rest] = file.split('/');
    try {
      return await readFile(join(this.require.resolve(`${name}/package.json`), '..', ...rest));
    } catch {
      throw new NotFoundException();
    }
  }
}

function pageFor(schema: string, { endpoint, headers }: Console): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>GraphiQL: ${schema}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/graphiql/assets/graphiql.css">
</head>
<body style="margin: 0">
<div id="graphiql" style="height: 100vh" data-endpoint="${endpoint}" data-headers="${JSON.stringify(headers).replaceAll('"', '&quot;')}"></div>
<script src="/graphiql/assets/react.js"></script>
<script src="/graphiql/assets/react-dom.js"></script>
<script src="/graphiql/assets/graphiql.js"></script>
<script src="/graphiql/assets/start.js"></script>
</body>
</html>
`;
}
