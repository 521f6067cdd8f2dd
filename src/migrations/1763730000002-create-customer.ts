import type { MigrationInterface, QueryRunner } from 'typeorm';
import { bigint, bytes, flag, id, index, int, json, reference, table, text, time, uniqueIndex } from './columns.js';

const customer = table('customer', {
  columns: [
    id(),
    bigint('number'),
    int('realm_id'),
    int('store_id'),
    text('email', 254),
    bytes('email_key', 254),
    flag('email_confirmed'),
    text('password_hash', 255, { nullable: true }),
    int('password_version'),
    text('state', 16),
    text('disabled_by', 16, { nullable: true }),
    text('first_name', 255, { nullable: true }),
    text('middle_name', 255, { nullable: true }),
    text('last_name', 255, { nullable: true }),
    text('name_prefix', 40, { nullable: true }),
    text('name_suffix', 40, { nullable: true }),
    text('phone', 40, { nullable: true }),
    text('date_of_birth', 10, { nullable: true }),
    int('gender', { nullable: true }),
    text('tax_number', 255, { nullable: true }),
    flag('accepts_marketing'),
    json('tags'),
    text('multipass_identifier', 255, { nullable: true }),
    int('default_billing_id', { nullable: true }),
    int('default_shipping_id', { nullable: true }),
    json('attributes'),
    time('created_at'),
    time('updated_at'),
    int('failed_sign_ins'),
    time('locked_until', { nullable: true }),
    time('last_sign_in_at', { nullable: true }),
  ],
  unique: ['number'],
  indices: [uniqueIndex('customer_realm_email_key', 'realm_id', 'email_key'), index('customer_email_key', 'email_key')],
  foreignKeys: [reference('customer_realm_fk', 'realm_id', 'realm', 'RESTRICT')],
});

const customerAddress = table('customer_address', {
  columns: [
    id(),
    bigint('number'),
    int('customer_id'),
    text('first_name', 255, { nullable: true }),
    text('middle_name', 255, { nullable: true }),
    text('last_name', 255, { nullable: true }),
    text('name_prefix', 40, { nullable: true }),
    text('name_suffix', 40, { nullable: true }),
    text('company', 255, { nullable: true }),
    json('lines'),
    text('city', 255, { nullable: true }),
    text('region', 255, { nullable: true }),
    text('region_code', 10, { nullable: true }),
    text('country_code', 2, { nullable: true }),
    text('postcode', 32, { nullable: true }),
    text('phone', 64, { nullable: true }),
    text('fax', 64, { nullable: true }),
    text('vat_number', 64, { nullable: true }),
    time('created_at'),
    time('updated_at'),
  ],
  unique: ['number'],
  indices: [index('customer_address_customer_id', 'customer_id')],
  foreignKeys: [reference('customer_address_customer_fk', 'customer_id', 'customer', 'CASCADE')],
});

export class CreateCustomer1763730000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(customer);
    await runner.createTable(customerAddress);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('customer_address');
    await runner.dropTable('customer');
  }
}
