import { MercuriusDriver, type MercuriusDriverConfig } from '@nestjs/mercurius';
import { errorCodes, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { answerPreflight, markAnswer, type CrossOriginPolicy } from '#lib/cross-origin';
import { knowVariant, type SchemaVariant } from './schema-variant.js';
import { readableDocument, tellApart } from './readable-request.js';

/** Mercurius adds a parser for this type in a scope of its own, where it cannot be taken away again. */
const BARE_DOCUMENT = /^\s*application\/graphql\s*(?:;|$)/i;

/** Options of one schema, beside Mercurius' own. */
export interface ScopedMercuriusConfig extends MercuriusDriverConfig {
  /** Whether a body may be a bare document of type `application/graphql`. */
  readonly bareDocuments?: boolean;
  /** Stands before the document is read: what it throws refuses all of the request. */
  readonly admit?: (request: FastifyRequest, document: string) => Promise<void>;
  /** Absent: browsers keep answers from pages of other origins. */
  readonly crossOrigin?: CrossOriginPolicy;
  /** Answers an admitted request in place of the schema; false: the schema's turn. */
  readonly elsewhere?: (request: FastifyRequest, reply: FastifyReply) => boolean | Promise<boolean>;
  /** Absent: the only schema at its path. */
  readonly variant?: SchemaVariant;
  /** Whether the path exists at the moment; where not, it answers 404 like any unknown path. */
  readonly isServed?: () => boolean;
}

/** Documents with more tokens are refused by the parser (SEC-63). */
export const MAX_TOKENS = 2000;

/** What holds for each schema: it is written in code, sorted when printed, compiled, and words the refusals of its fields. */
const COMMON: MercuriusDriverConfig = {
  autoSchemaFile: true,
  sortSchema: true,
  jit: 1,
  fieldResolverEnhancers: ['filters'],
};

interface AdapterHost {
  readonly httpAdapter: { getType(): string; getInstance(): FastifyInstance };
}

/**
 * Serves one of several GraphQL schemas of an application. Mercurius can be registered only once on a Fastify instance,
 * so each schema gets a child scope of its own, with body parsers of its own: JSON and nothing else, or a form on some
 * other site could post a mutation (SEC-5).
 */
export class ScopedMercuriusDriver extends MercuriusDriver {
  private child: FastifyInstance | undefined;

  override get instance(): ReturnType<() => MercuriusDriver['instance']> {
    return this.child as unknown as MercuriusDriver['instance'];
  }

  override mergeDefaultOptions(config: ScopedMercuriusConfig): Promise<ScopedMercuriusConfig> {
    return super.mergeDefaultOptions({ ...COMMON, ...config });
  }

  /** Without Nest's trial introspection of each schema at start; Mercurius validates the schema as well. */
  override generateSchema(config: ScopedMercuriusConfig): ReturnType<MercuriusDriver['generateSchema']> {
    return super.generateSchema({ ...config, buildSchemaOptions: { ...config.buildSchemaOptions, skipCheck: true } });
  }

  override async start(config: ScopedMercuriusConfig): Promise<void> {
    const own = this as unknown as { httpAdapterHost: AdapterHost; resolverDecoratorHost: unknown };
    const host = own.httpAdapterHost;
    own.resolverDecoratorHost = undefined; // whose two hooks of each request serve tools that nobody has here
    const http = host.httpAdapter.getInstance();
    if (config.variant) knowVariant(http, config.variant);
    await http.register(async (child) => {
      this.child = child;
      prepareScope(child, config);
      own.httpAdapterHost = { httpAdapter: { getType: () => host.httpAdapter.getType(), getInstance: () => child } };
      try {
        await super.start(withSafeguards(config));
      } finally {
        own.httpAdapterHost = host;
      }
    });
  }
}

function prepareScope(child: FastifyInstance, config: ScopedMercuriusConfig): void {
  const { isServed, bareDocuments, crossOrigin, path } = config;
  child.removeAllContentTypeParsers();
  child.addContentTypeParser('application/json', { parseAs: 'string' }, child.getDefaultJsonParser('error', 'error'));
  child.addHook('onRequest', (request, reply, done) => {
    const type = request.headers['content-type'] ?? '';
    if (isServed?.() === false) reply.callNotFound();
    else if (!bareDocuments && BARE_DOCUMENT.test(type)) done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(type));
    else done();
  });
  if (crossOrigin && path !== undefined) {
    child.options(path, (_request, reply) => answerPreflight(reply, crossOrigin));
    child.addHook('onSend', (request, reply) => markAnswer(request, reply, crossOrigin));
  }
}

function withSafeguards({
  bareDocuments: _bare,
  crossOrigin: _crossOrigin,
  isServed: _served,
  admit,
  elsewhere,
  variant,
  ...config
}: ScopedMercuriusConfig): MercuriusDriverConfig {
  const preHandler = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const document = readableDocument(request, MAX_TOKENS);
    await admit?.(request, document);
    const answered = elsewhere?.(request, reply) ?? false;
    if (answered && (await answered)) return reply; // which ends the request
    tellApart(request);
    return undefined;
  };
  return {
    ...config,
    graphql: { parseOptions: { maxTokens: MAX_TOKENS } },
    additionalRouteOptions: { preHandler, ...(variant ? { constraints: { [variant.name]: variant.value } } : {}) },
  } as MercuriusDriverConfig;
}
