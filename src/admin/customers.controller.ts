import { Body, Controller, Get, HttpCode, Param, Post, Query, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { parseEmail } from '#lib/email-address';
import { InvitationService } from '../activation/index.js';
import { Allow, CallerFrom, CurrentCaller, type Caller } from '../access/index.js';
import { DomainError } from '../common/domain-error.js';
import {
  CustomerService,
  passwordRulesOf,
  RegistrationService,
  UnlockService,
  type Customer,
} from '../customer/index.js';
import { StoreDirectory, type Store } from '../store/index.js';
import { AdminCaller } from './admin.caller.js';
import { AdminFilter } from './admin.filter.js';
import { customerNumber, customerQuery, newCustomer, parseInput } from './admin.input.js';
import { toAdminCustomer } from './admin.mapper.js';

@Controller('admin/v1/customers')
@CallerFrom(AdminCaller)
@UseFilters(AdminFilter)
export class AdminCustomersController {
  constructor(
    private readonly customers: CustomerService,
    private readonly registration: RegistrationService,
    private readonly unlocks: UnlockService,
    private readonly invitations: InvitationService,
    private readonly stores: StoreDirectory,
  ) {}

  @Allow('staff')
  @Post()
  async create(
    @Body() body: unknown,
    @CurrentCaller() { trail }: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const {
      realm,
      email: given,
      password,
      passwordHash,
      state,
      emailConfirmed,
      addresses,
      ...profile
    } = parseInput(newCustomer, body);
    const store = this.storeOf(realm);
    const email = parseEmail(given, { eai: store.realm.policy.eai });
    if (!email) throw new DomainError('EMAIL_INVALID');
    const customer = await this.registration.register({
      store,
      email,
      password: password ?? null,
      passwordHash: passwordHash ?? null,
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
    return this.shown(customer);
  }

  /** Those with that address, one for each realm. */
  @Allow('staff')
  @Get()
  async list(@Query() query: unknown): Promise<object> {
    const email = parseEmail(parseInput(customerQuery, query).email, { eai: true });
    const found = email ? await this.customers.findAllByEmail(email) : [];
    return { items: await Promise.all(found.map((customer) => this.shown(customer))), nextCursor: null };
  }

  @Allow('staff')
  @Get(':number')
  async one(@Param('number') number: string): Promise<object> {
    return this.shown(await this.get(number));
  }

  @Allow('staff')
  @HttpCode(204)
  @Post(':number/unlock')
  async unlock(@Param('number') number: string, @CurrentCaller() { trail }: Caller): Promise<void> {
    await this.unlocks.unlock((await this.get(number)).number, trail);
  }

  /** A link to hand out; staff never see one that resets a password (SEC-34). */
  @Allow('staff')
  @HttpCode(200)
  @Post(':number/activation-url')
  async activationUrl(@Param('number') number: string, @CurrentCaller() { trail }: Caller): Promise<object> {
    const { number: known } = await this.get(number);
    return { url: await this.invitations.makeLink({ number: known, store: null, trail }) };
  }

  @Allow('staff')
  @HttpCode(204)
  @Post(':number/invite')
  async invite(@Param('number') number: string, @CurrentCaller() { trail }: Caller): Promise<void> {
    await this.invitations.invite({ number: (await this.get(number)).number, store: null, trail });
  }

  /** A number of another form belongs to nobody. */
  private async get(number: string): Promise<Customer> {
    const parsed = customerNumber.safeParse(number);
    const customer = parsed.success ? await this.customers.findByNumber(parsed.data) : null;
    if (!customer) throw new DomainError('CUSTOMER_NOT_FOUND');
    return customer;
  }

  private storeOf(realmCode: string | undefined): Store {
    if (realmCode === undefined) return this.stores.defaultStore;
    const realm = this.stores.findRealm(realmCode);
    if (!realm) throw new DomainError('STORE_UNKNOWN');
    return this.stores.firstOf(realm);
  }

  private async shown(customer: Customer): Promise<object> {
    const { realm } = this.stores.getById(customer.storeId);
    const [addresses, hasPassword] = await Promise.all([
      this.customers.addressesOf(customer),
      this.customers.hasPassword(customer),
    ]);
    return toAdminCustomer(customer, addresses, realm.code, hasPassword);
  }
}
