import { Module } from '@nestjs/common';
import { Field, GraphQLModule, ObjectType, Query, Resolver } from '@nestjs/graphql';
import type { MercuriusDriverConfig } from '@nestjs/mercurius';
import { ScopedMercuriusDriver, type ScopedMercuriusConfig } from '#lib/scoped-mercurius';
import { Allow } from '../../src/access/index.js';
import { schemaAt } from '../support/schema.js';
import { TestApp } from '../support/test-app.js';

@Module({})
class OtherSchema {}

/** Has the name that Adobe's type has too. */
@ObjectType('Customer', { registerIn: () => OtherSchema })
class OtherCustomer {
  @Field(() => String) nickname: string;
}

@Resolver()
class OtherResolver {
  @Allow('public')
  @Query(() => OtherCustomer)
  customer(): OtherCustomer {
    return { nickname: 'Annie' };
  }
}

@Module({ providers: [OtherResolver] })
class OtherHandlers {}

@Module({
  imports: [
    OtherHandlers,
    GraphQLModule.forRoot<ScopedMercuriusConfig>({
      driver: ScopedMercuriusDriver,
      path: '/other/graphql',
      include: [OtherHandlers, OtherSchema],
      context: ((request: object) => ({ req: request })) satisfies MercuriusDriverConfig['context'],
    }),
  ],
})
class OtherModule {}

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.startOwn({}, [OtherModule]);
});

afterAll(() => app.stop());

it('serves two schemas of one process, each with its own type of one name', async () => {
  const adobe = await schemaAt(app, '/graphql');
  const other = await schemaAt(app, '/other/graphql');

  expect(fieldsOf(other)).toEqual(['nickname']);
  expect(fieldsOf(adobe)).toEqual(expect.arrayContaining(['firstname', 'is_subscribed']));
  expect(fieldsOf(adobe)).not.toContain('nickname');
  expect(Object.keys(other.getTypeMap()).filter((name) => !name.startsWith('__'))).toEqual([
    'Boolean',
    'Customer',
    'Query',
    'String',
  ]);
});

it('answers and refuses at each path by that schema alone', async () => {
  const query = '{customer{nickname}}';
  const own = await app.request({ method: 'POST', url: '/other/graphql', body: { query } });
  const foreign = await app.adobe(query);
  const form = await app.request({
    method: 'POST',
    url: '/other/graphql',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `query=${encodeURIComponent(query)}`,
  });

  expect(own.body).toEqual({ data: { customer: { nickname: 'Annie' } } });
  expect(foreign.body.errors[0].message).toContain('Cannot query field "nickname"');
  expect(form.status).toBe(415);
});

function fieldsOf(schema: Awaited<ReturnType<typeof schemaAt>>): string[] {
  const type = schema.getType('Customer');
  return type && 'getFields' in type ? Object.keys(type.getFields()) : [];
}
