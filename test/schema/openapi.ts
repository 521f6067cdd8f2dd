import { Module, type NestModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { TestApp } from '../support/test-app.js';
import { committed } from './contract.js';

interface Operation {
  readonly summary?: string;
  readonly operationId: string;
  readonly security: readonly object[];
  readonly responses: Readonly<Record<string, { content?: Record<string, { schema: object }> }>>;
}

/** What of a document is looked into. */
export interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: object;
}

interface Subject {
  readonly name: string;
  readonly url: string;
  /** Where the document's paths begin, in the router. */
  readonly mounts: readonly string[];
  /** What all of the document's paths begin with. */
  readonly within: string;
  /** Routes below it that are not the API's. */
  readonly apart?: readonly string[];
}

const routes: string[] = [];

/** Notes every route that the server is given. */
@Module({})
class RouteList implements NestModule {
  constructor(private readonly host: HttpAdapterHost<FastifyAdapter>) {}

  /** Runs before routes are registered; hooks of the start run after. */
  configure(): void {
    routes.length = 0;
    this.host.httpAdapter.getInstance().addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) routes.push(`${one} ${url}`);
    });
  }
}

/** An application that notes its routes. */
export function startNoting(): Promise<TestApp> {
  return TestApp.startOwn({}, [RouteList]);
}

/** What every document of an API is held to. */
export function itDescribesItsApi(app: () => TestApp, { name, url, mounts, within, apart = [] }: Subject): void {
  const documentOf = async (): Promise<Document> => (await app().request({ url })).body;

  it('has not drifted from the committed print', async () => {
    const printed = `${JSON.stringify(await documentOf(), null, 2)}\n`;

    expect(committed(`${name}.openapi.json`, printed)).toBe(printed);
  });

  it('is valid OpenAPI 3.1', async () => {
    const document = await documentOf();

    expect(await new Validator().validate({ ...document })).toMatchObject({ valid: true });
    expect(document.openapi).toBe('3.1.1');
  });

  it('covers every route, and no other', async () => {
    const { paths } = await documentOf();
    const described = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );

    for (const mount of mounts) {
      const routed = routes.flatMap((route) => {
        const [method = '', path = ''] = route.split(' ');
        if (method === 'HEAD' || !path.startsWith(mount + within) || apart.includes(path)) return [];
        return `${method} ${path.slice(mount.length).replace(/\/$/, '')}`;
      });
      expect([...new Set(routed)].sort()).toEqual(described.sort());
    }
  });

  it('says of every operation what it is for, by a name of its own', async () => {
    const { paths } = await documentOf();
    const operations = Object.values(paths).flatMap((item) => Object.values(item));

    expect(operations.filter(({ summary }) => !summary)).toEqual([]);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  });
}

/** The document's own rule for an answer. */
export function answerRule(document: Document, method: string, path: string, status = 200): ValidateFunction {
  const content = document.paths[path]?.[method]?.responses[String(status)]?.content;
  const schema = content?.['application/json']?.schema;
  if (!schema) throw new Error(`no answer of ${method} ${path}`);
  const { components } = document;
  return new Ajv2020({ strict: false, validateFormats: false }).compile({ ...schema, components });
}
