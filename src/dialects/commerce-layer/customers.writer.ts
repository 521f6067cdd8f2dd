import { Injectable } from '@nestjs/common';
import type { EmailAddress } from '#lib/email-address';
import { JsonApiFault, refuseAll, taken, type ErrorObject, type Written } from '#lib/json-api';
import type { Caller } from '../../access/index.js';
import { DomainError, isDomainError } from '../../common/domain-error.js';
import { toShortId } from '../../common/public-id.js';
import {
  AnonymizationService,
  CustomerService,
  PasswordPolicy,
  passwordRulesOf,
  RegistrationService,
  type CustomerRecord,
  type PasswordOwner,
} from '../../customer/index.js';
import { isIntegration } from './commerce-layer.resource.js';
import { passwordFaults } from './commerce-layer.errors.js';
import { CustomerChanges } from './customers.changes.js';
import { CustomerLabels } from './customers.labels.js';
import { customerFaults, emailIn, isEmail, profileIn } from './customers.input.js';

/** Makes customers, and hands changes on to whom they concern. */
@Injectable()
export class CustomerWriter {
  constructor(
    private readonly registrations: RegistrationService,
    private readonly customers: CustomerService,
    private readonly anonymizations: AnonymizationService,
    private readonly policy: PasswordPolicy,
    private readonly labels: CustomerLabels,
    private readonly changes: CustomerChanges,
  ) {}

  /** A sign-up through a storefront counts for the limits on those; a machine's does not. */
  async create(written: Written, caller: Caller): Promise<CustomerRecord> {
    const { store, trail } = caller;
    const email = emailIn(written.values['email'], 'email', store);
    const password = passwordIn(written);
    refuseAll([
      ...(isEmail(email) ? [] : email),
      ...customerFaults(written),
      ...this.passwordFaults(password, { email: isEmail(email) ? email.display : '' }, caller),
    ]);
    if (!isEmail(email)) throw new DomainError('EMAIL_INVALID');
    const labels = await this.labels.read(written, null, caller);
    const order = { store, trail, email, password, rules: passwordRulesOf(store), state: 'enabled' as const };
    const profile = { ...profileIn(written), ...labels };
    const customer = await orTaken(email, () =>
      this.registrations.register({ ...order, profile, emailConfirmed: true, machine: isIntegration(caller) }),
    );
    return { customer, hasPassword: password !== null };
  }

  /** All that is refused is refused before anything is changed. */
  async update(record: CustomerRecord, written: Written, caller: Caller): Promise<CustomerRecord> {
    const { store } = caller;
    const { values } = written;
    if ('password' in values && !isIntegration(caller)) throw new DomainError('NOT_ALLOWED');
    const email = 'email' in values ? emailIn(values['email'], 'email', store) : null;
    const password = passwordIn(written);
    const shown = email && isEmail(email) ? email.display : record.customer.email;
    const { firstName, lastName } = record.customer;
    refuseAll([
      ...(email === null || isEmail(email) ? [] : email),
      ...customerFaults(written),
      ...this.passwordFaults(password, { email: shown, firstName, lastName }, caller),
    ]);
    const labels = await this.labels.read(written, record.customer, caller);
    const wanted = email && isEmail(email) ? email : null;
    const profile = { ...profileIn(written, record.customer.attributes), ...labels };
    const run = (): Promise<void> => this.changes.apply({ record, email: wanted, password, profile, caller });
    await (wanted ? orTaken(wanted, run) : run());
    await this.askToForget(record, written, caller);
    return (await this.customers.findRecord(store, record.customer.number)) ?? record;
  }

  private passwordFaults(password: string | null, owner: PasswordOwner, { store }: Caller): ErrorObject[] {
    if (password === null || password === '') return [];
    return passwordFaults(() => this.policy.check(password, passwordRulesOf(store), owner));
  }

  private async askToForget({ customer }: CustomerRecord, { values }: Written, caller: Caller): Promise<void> {
    const { store, trail, client } = caller;
    const order = { customer, store, trail, requester: client ? toShortId(client.number) : '' };
    if (values['_request_anonymization'] === true) await this.anonymizations.request(order);
    if (values['_cancel_anonymization'] === true) await this.anonymizations.cancel(order);
  }
}

function passwordIn({ values }: Written): string | null {
  const { password } = values;
  return typeof password === 'string' ? password : null;
}

/** The vendor echoes an address that is another customer's. */
async function orTaken<T>({ display }: EmailAddress, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (isDomainError(error) && error.is('EMAIL_TAKEN')) throw new JsonApiFault([taken('email', display)]);
    throw error;
  }
}
