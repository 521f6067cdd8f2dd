import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { parseEmail } from '#lib/email-address';
import { Described } from '#lib/openapi';
import { Allow, CurrentCaller, type Caller } from '../access/index.js';
import {
  CustomerService,
  passwordRulesOf,
  RecordService,
  RegistrationService,
  RemovalService,
  type Customer,
} from '../customer/index.js';
import { customerAnswer, customersAnswer } from './admin.answers.js';
import { keysetIn, toList } from './admin.cursor.js';
import { AdminCustomers, emailIn } from './admin.customers.js';
import { etagOf, matching } from './admin.etag.js';
import {
  customerChanges,
  customerNumber,
  customerQuery,
  keyHeader,
  newCustomer,
  parseInput,
  versionHeader,
} from './admin.input.js';
import { AdminApi } from './admin.surface.js';

/** Customers' records. */
@Controller('admin/v1/customers')
@AdminApi()
export class AdminCustomersController {
  constructor(
    private readonly customers: CustomerService,
    private readonly registration: RegistrationService,
    private readonly records: RecordService,
    private readonly removal: RemovalService,
    private readonly known: AdminCustomers,
  ) {}

  @Described({ summary: 'Make a customer', headers: keyHeader, body: newCustomer, answer: customerAnswer })
  @Allow('staff')
  @Post()
  async create(
    @Body() body: unknown,
    @CurrentCaller() { trail }: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const {
      realm,
      email,
      password = null,
      passwordHash = null,
      state,
      emailConfirmed,
      addresses,
      ...profile
    } = parseInput(newCustomer, body);
    const store = this.known.storeIn(realm);
    const customer = await this.registration.register({
      store,
      email: emailIn(email, store),
      password,
      passwordHash,
      rules: passwordRulesOf(store),
      profile,
      state,
      emailConfirmed,
      addresses,
      uniquePhone: true,
      trail,
      machine: true,
    });
    void reply.header('Location', `/admin/v1/customers/${customer.number}`);
    return this.answer(customer, reply);
  }

  /** By number, in pages; with an address those who have it, one for each realm. */
  @Described({ summary: 'Customers in pages, or those with an address', query: customerQuery, answer: customersAnswer })
  @Allow('staff')
  @Get()
  async list(@Query() query: unknown): Promise<object> {
    const { email, realm, ...page } = parseInput(customerQuery, query);
    if (email !== undefined) return this.withEmail(email, realm);
    const realmId = realm === undefined ? null : this.known.realmNamed(realm).id;
    const found = await this.customers.list(realmId, keysetIn('customers', page));
    const shown = new Map((await this.known.allShown(found.rows)).map((item, at) => [found.rows[at], item]));
    return toList('customers', found, (row) => shown.get(row) ?? {});
  }

  @Described({
    summary: 'A customer, with its version as ETag',
    path: { number: customerNumber },
    answer: customerAnswer,
  })
  @Allow('staff')
  @Get(':number')
  async one(@Param('number') number: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    return this.answer(await this.known.get(number), reply);
  }

  @Described({
    summary: 'Change a customer that was read',
    path: { number: customerNumber },
    headers: versionHeader,
    body: customerChanges,
    answer: customerAnswer,
  })
  @Allow('staff')
  @Patch(':number')
  async change(
    @Param('number') number: string,
    @Body() body: unknown,
    @CurrentCaller() { trail }: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const customer = await this.known.get(number);
    const allow = matching(reply.request.headers['if-match'] ?? '');
    const { email, ...changes } = parseInput(customerChanges, body);
    const store = this.known.storeOf(customer);
    const moved = email === undefined ? {} : { email: emailIn(email, store) };
    const order = { customer, changes, ...moved, uniquePhone: true, allow, store, trail };
    return this.answer(await this.records.update(order), reply);
  }

  @Described({ summary: 'Make a customer anonymous, for good', path: { number: customerNumber } })
  @Allow('staff')
  @HttpCode(204)
  @Delete(':number')
  async remove(@Param('number') number: string, @CurrentCaller() { trail }: Caller): Promise<void> {
    const customer = await this.known.get(number);
    await this.removal.remove(customer, this.known.storeOf(customer), trail);
  }

  private async withEmail(text: string, realm: string | undefined): Promise<object> {
    const email = parseEmail(text, { eai: true });
    const found = email ? await this.customers.findAllByEmail(email) : [];
    const realmId = realm === undefined ? null : this.known.realmNamed(realm).id;
    const items = await this.known.allShown(found.filter((one) => realmId === null || one.realmId === realmId));
    return { items, nextCursor: null };
  }

  private answer(customer: Customer, reply: FastifyReply): Promise<object> {
    void reply.header('ETag', etagOf(customer));
    return this.known.shown(customer);
  }
}
