import { Args, ID, Mutation } from '@nestjs/graphql';
import { InvitationService } from '../../../activation/index.js';
import { Allow, CurrentCaller, type Caller } from '../../../access/index.js';
import { AdminCustomers } from './admin.customers.js';
import { toAdminCustomer } from './admin.mapper.js';
import { adminPayload } from './admin.payload.js';
import { AdminResolver } from './admin.schema.js';
import { AdminActivationUrlPayload, AdminInvitePayload } from './customer.types.js';
import { AdminEmailInput } from './input.types.js';
import { letterIn } from './invite.input.js';

const NO_URL: Omit<AdminActivationUrlPayload, 'userErrors'> = { accountActivationUrl: null };
const NOBODY: Pick<AdminInvitePayload, 'customer'> = { customer: null };

/** From a record to an account: a link to hand out, or an invitation by mail. */
@AdminResolver()
export class AdminInvitationResolver {
  constructor(
    private readonly customers: AdminCustomers,
    private readonly invitations: InvitationService,
  ) {}

  @Allow('staff')
  @Mutation(() => AdminActivationUrlPayload, { nullable: true })
  customerGenerateAccountActivationUrl(
    @Args('customerId', { type: () => ID }) customerId: string,
    @CurrentCaller() { store, trail }: Caller,
  ): Promise<AdminActivationUrlPayload> {
    return adminPayload('customerGenerateAccountActivationUrl', NO_URL, async () => {
      const { number } = await this.customers.get(customerId, store);
      return { accountActivationUrl: await this.invitations.makeLink({ number, store, trail }) };
    });
  }

  @Allow('staff')
  @Mutation(() => AdminInvitePayload, { nullable: true })
  async customerSendAccountInviteEmail(
    @Args('customerId', { type: () => ID }) customerId: string,
    @CurrentCaller() { store, trail }: Caller,
    @Args('email', { type: () => AdminEmailInput, nullable: true }) email?: AdminEmailInput | null,
  ): Promise<AdminInvitePayload> {
    const { customer, userErrors } = await adminPayload('customerSendAccountInviteEmail', NOBODY, async () => {
      const found = await this.customers.get(customerId, store);
      const letter = email ? { letter: letterIn(email, found, store) } : {};
      const invited = await this.invitations.invite({ number: found.number, store, trail, ...letter });
      return { customer: toAdminCustomer(invited) };
    });
    return { customer, userErrors: userErrors.map(({ field, message }) => ({ field, message, code: 'INVALID' })) };
  }
}
