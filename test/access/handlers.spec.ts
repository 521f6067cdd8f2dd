import { DiscoveryModule, DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { Test } from '@nestjs/testing';
import { Controller, Get, Module } from '@nestjs/common';
import { ALLOW, CALLER_FROM, type Audience } from '../../src/access/index.js';
import { AppModule } from '../../src/app.module.js';
import { loadConfig, withDevelopmentSecrets } from '../../src/config/index.js';
import { emptyDatabase } from '../support/database.js';

const RESOLVER_TYPE = 'graphql:resolver_type';

interface Handler {
  readonly name: string;
  readonly allowed: readonly Audience[] | undefined;
  readonly hasCaller: boolean;
}

/** Every controller route and every root field of the application. */
async function handlersOf(...more: (new () => object)[]): Promise<Handler[]> {
  await emptyDatabase();
  const config = withDevelopmentSecrets(loadConfig());
  const module = await Test.createTestingModule({
    imports: [AppModule.of(config), DiscoveryModule, ...more],
  }).compile();
  const reflector = module.get(Reflector);
  const scanner = new MetadataScanner();
  const discovery = module.get(DiscoveryService);
  const handlers = [...discovery.getControllers(), ...discovery.getProviders()].flatMap(({ instance, metatype }) => {
    if (!instance || !metatype) return [];
    const prototype: object = Object.getPrototypeOf(instance);
    return scanner.getAllMethodNames(prototype).flatMap((method): Handler[] => {
      const handler: unknown = Reflect.get(prototype, method);
      if (typeof handler !== 'function' || !isHandler(handler)) return [];
      const allowed = reflector.get<readonly Audience[] | undefined>(ALLOW, handler);
      return [
        { name: `${metatype.name}.${method}`, allowed, hasCaller: reflector.get(CALLER_FROM, metatype) !== undefined },
      ];
    });
  });
  await module.close();
  return handlers;
}

function isHandler(handler: object): boolean {
  const root = Reflect.getMetadata(RESOLVER_TYPE, handler);
  return Reflect.hasMetadata(METHOD_METADATA, handler) || ['Query', 'Mutation', 'Subscription'].includes(String(root));
}

it('says for every handler who may call it', async () => {
  const handlers = await handlersOf();

  expect(handlers.filter(({ allowed }) => !allowed).map(({ name }) => name)).toEqual([]);
  expect(handlers.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'AdobeTokenResolver.generateCustomerToken',
      'AdminCustomersController.create',
      'ResetController.send',
    ]),
  );
});

it('tells who is calling wherever not everybody may call', async () => {
  const handlers = await handlersOf();

  const closed = handlers.filter(({ allowed }) => !allowed?.includes('public'));
  expect(closed.length).toBeGreaterThan(5);
  expect(closed.filter(({ hasCaller }) => !hasCaller)).toEqual([]);
});

it('finds a handler that says nothing', async () => {
  @Controller('forgotten')
  class ForgottenController {
    @Get() read(): string {
      return 'open to the world';
    }
  }
  @Module({ controllers: [ForgottenController] })
  class ForgottenModule {}

  const handlers = await handlersOf(ForgottenModule);

  expect(handlers.filter(({ allowed }) => !allowed).map(({ name }) => name)).toEqual(['ForgottenController.read']);
});
