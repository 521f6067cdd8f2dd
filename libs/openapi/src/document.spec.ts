import { Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { z } from 'zod';
import { Described } from './described.js';
import { openApiOf } from './document.js';

const pet = z.strictObject({ name: z.string(), age: z.int().optional() }).meta({ id: 'OpenApiTestPet' });
const newPet = z.strictObject({ name: z.string().default('Rex') });
const paging = z.object({ size: z.int().default(20), from: z.string() });

@Controller(['zoo/v1/pets', 'zoo/:city/v1/pets'])
class PetsController {
  @Described({ summary: 'All pets', query: paging, answer: z.array(pet) })
  @Get()
  list(): void {}

  @Described({ summary: 'A new pet', details: 'It barks.', body: newPet, answer: pet })
  @Post()
  create(): void {}

  @Described({ summary: 'One pet', path: { id: z.int() }, answer: pet })
  @Get(':id')
  one(): void {}

  @Described({ summary: 'No pet', headers: z.object({ 'If-Match': z.string() }) })
  @HttpCode(204)
  @Delete(':id')
  remove(): void {}

  @Get('forgotten/:id/')
  forgotten(): void {}

  get isOpen(): boolean {
    throw new Error('a getter is no handler');
  }
}

@Controller('elsewhere')
class OtherController {
  @Get()
  list(): void {}
}

interface Read {
  readonly paths: Record<string, Record<string, Record<string, unknown>>>;
  readonly components: { readonly schemas: object };
}

const documentOf = (...controllers: (new () => object)[]): Read =>
  openApiOf(controllers, {
    title: 'Zoo',
    version: '1',
    description: 'Pets.',
    server: '/zoo',
    base: '/zoo',
    within: '/zoo/v1/',
    securitySchemes: { keeper: { type: 'http', scheme: 'bearer' } },
    schemesOf: (handler) => (handler.name === 'list' ? [] : ['keeper']),
    refusal: { type: 'application/json', schema: z.strictObject({ message: z.string() }) },
  }) as Read;

const { paths, components } = documentOf(PetsController, OtherController);

it('has the routes of its own part, in order, and no others', () => {
  expect(Object.entries(paths).map(([path, item]) => [path, Object.keys(item)])).toEqual([
    ['/v1/pets', ['get', 'post']],
    ['/v1/pets/{id}', ['delete', 'get']],
    ['/v1/pets/forgotten/{id}', ['get']],
  ]);
});

it('tells parameters of each place, wanted ones as that', () => {
  expect(paths['/v1/pets']?.['get']?.['parameters']).toEqual([
    { name: 'size', in: 'query', required: false, schema: { type: 'integer', default: 20 } },
    { name: 'from', in: 'query', required: true, schema: { type: 'string' } },
  ]);
  expect(paths['/v1/pets/{id}']?.['delete']?.['parameters']).toEqual([
    { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
    { name: 'If-Match', in: 'header', required: true, schema: { type: 'string' } },
  ]);
  expect(paths['/v1/pets/{id}']?.['get']?.['parameters']).toMatchObject([{ schema: { type: 'integer' } }]);
});

it('takes what is sent as input, where defaults need not be said', () => {
  expect(paths['/v1/pets']?.['post']).toMatchObject({
    operationId: 'Pets_create',
    summary: 'A new pet',
    description: 'It barks.',
    requestBody: {
      content: { 'application/json': { schema: { properties: { name: { type: 'string', default: 'Rex' } } } } },
    },
    security: [{ keeper: [] }],
  });
  expect(JSON.stringify(paths['/v1/pets']?.['post']?.['requestBody'])).not.toContain('"required":["name"]');
});

it('tells the status that the route answers with, the body, and refusals', () => {
  const refused = { description: 'The request is refused.', content: { 'application/json': expect.anything() } };
  const answer = { schema: { $ref: '#/components/schemas/OpenApiTestPet' } };

  expect(paths['/v1/pets']?.['post']?.['responses']).toEqual({
    201: { description: 'What was asked for.', content: { 'application/json': answer } },
    default: refused,
  });
  expect(paths['/v1/pets/{id}']?.['delete']?.['responses']).toEqual({
    204: { description: 'Done; there is no body.' },
    default: refused,
  });
});

it('tells a named schema once', () => {
  expect(components.schemas).toEqual({
    OpenApiTestPet: {
      type: 'object',
      properties: { name: { type: 'string' }, age: { type: 'integer' } },
      required: ['name'],
      additionalProperties: false,
    },
  });
});

it('has routes that nobody described, without a summary', () => {
  expect(paths['/v1/pets/forgotten/{id}']?.['get']).not.toHaveProperty('summary');
});

it('refuses one name for two forms', () => {
  @Controller('zoo/v1/again')
  class AgainController {
    @Described({ summary: 'A pet as it is sent', body: z.object({ pet: withDefault }), answer: withDefault })
    @Post()
    create(): void {}
  }

  expect(() => documentOf(AgainController)).toThrow('two schemas are called OpenApiTestToy');
});

const withDefault = z.object({ name: z.string().default('Ball') }).meta({ id: 'OpenApiTestToy' });
