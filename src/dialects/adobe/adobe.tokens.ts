import { Injectable } from '@nestjs/common';
import type { Caller } from '../../access/index.js';
import { DomainError } from '../../common/domain-error.js';
import { SessionService, SignInService, StaffSignInService, type Customer } from '../../customer/index.js';
import type { Store } from '../../store/index.js';
import type { TokenTerms } from '../../token/index.js';
import { CUSTOMER_TOKEN_SECONDS } from './adobe.caller.js';
import { parsedEmail } from './adobe.input.js';
import { AdobeError, authorization } from './adobe.refusal.js';

/** The vendor's marks of whose token it is; integrations (1) have none of ours. */
const ADMINISTRATOR = 2;
const CUSTOMER = 3;
/** As long as the vendor's tokens of administrators live. */
const ADMIN_TOKEN_SECONDS = 4 * 3600;
/** The vendor's own limit of failures for a name. */
const NAME_LIMIT = { max: 6, seconds: 1800 };

/** Signing in, as this vendor does it. The answers are tokens. */
@Injectable()
export class AdobeTokens {
  constructor(
    private readonly signIns: SignInService,
    private readonly sessions: SessionService,
    private readonly staff: StaffSignInService,
  ) {}

  /** @throws DomainError as `SignInService.signIn`, and EMAIL_INVALID */
  async forCustomer({ store, trail }: Caller, name: string, password: string): Promise<string> {
    const email = parsedEmail(name, store);
    if (!email) throw new DomainError('EMAIL_INVALID');
    const order = { store, trail, email, password, nameLimit: NAME_LIMIT };
    const { token } = await this.signIns.signIn({ ...order, token: (customer) => customerTerms(customer, store) });
    return token;
  }

  /** @throws DomainError as `StaffSignInService.signIn` */
  async forAdmin({ store, trail }: Caller, username: string, password: string): Promise<string> {
    const order = { store, trail, username, password, nameLimit: NAME_LIMIT };
    const { token } = await this.staff.signIn({
      ...order,
      token: ({ id }) => ({
        ...termsOf(store),
        lifetime: ADMIN_TOKEN_SECONDS,
        claims: { uid: id, utypid: ADMINISTRATOR },
      }),
    });
    return token;
  }

  /**
   * A customer's token for staff, where the customer agreed to be helped like that.
   * @throws AdobeError without the consent; DomainError as `SessionService.startByStaff`
   */
  async forStaff({ store, trail, client }: Caller, customer: Customer): Promise<string> {
    if (!customer.attributes.adobe?.allowRemoteShoppingAssistance) {
      throw new AdobeError(authorization('Allow remote shopping assistance is disabled.'));
    }
    const order = { customer, by: client?.name ?? '', token: customerTerms(customer, store), store, trail };
    return (await this.sessions.startByStaff(order)).token;
  }
}

function customerTerms({ id }: Customer, store: Store): TokenTerms {
  return { ...termsOf(store), lifetime: CUSTOMER_TOKEN_SECONDS, claims: { uid: id, utypid: CUSTOMER } };
}

function termsOf({ realm }: Store): Pick<TokenTerms, 'surface' | 'form' | 'scope'> {
  return { surface: 'adobe', form: 'jwt', scope: realm.code };
}
