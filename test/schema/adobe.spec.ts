import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, findBreakingChanges, lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { Inject, Module } from '@nestjs/common';
import { GraphQLModule, GraphQLSchemaHost, ObjectType, Field, Query, Resolver } from '@nestjs/graphql';
import { ScopedMercuriusDriver, type ScopedMercuriusConfig } from '#lib/scoped-mercurius';
import { Allow } from '../../src/access/index.js';
import { schemaOf } from '../support/schema.js';
import { TestApp } from '../support/test-app.js';

const contract = buildSchema(readFileSync(join(__dirname, 'contracts/adobe.graphql'), 'utf8'));
const PRINTED = join(__dirname, 'printed/adobe.graphql');
const PENDING = join(__dirname, 'pending/adobe.json');

let schema: GraphQLSchema;

beforeAll(async () => {
  schema = await schemaOf('adobe');
});

it('has not drifted from the committed print (UPDATE_SCHEMAS=1 writes it)', () => {
  const printed = `${printSchema(lexicographicSortSchema(schema))}\n`;
  if (process.env['UPDATE_SCHEMAS']) writeFileSync(PRINTED, printed);

  expect(existsSync(PRINTED) ? readFileSync(PRINTED, 'utf8') : '').toBe(printed);
});

it('breaks nothing of the contract but what is listed as not built yet', () => {
  const breaking = findBreakingChanges(contract, schema).map(({ description }) => description).sort();
  if (process.env['UPDATE_SCHEMAS']) writeFileSync(PENDING, `${JSON.stringify(breaking, null, 2)}\n`);

  expect(breaking).toEqual(JSON.parse(readFileSync(PENDING, 'utf8')));
});
