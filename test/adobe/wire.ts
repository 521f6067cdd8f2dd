import type { Answer, TestApp } from '../support/test-app.js';

/** The operations as clients send them: every argument a variable of its own name. */
export const operations = {
  requestPasswordResetEmail: 'mutation($email:String!){requestPasswordResetEmail(email:$email)}',
  resetPassword:
    'mutation($email:String!,$resetPasswordToken:String!,$newPassword:String!)' +
    '{resetPassword(email:$email,resetPasswordToken:$resetPasswordToken,newPassword:$newPassword)}',
  changeCustomerPassword:
    'mutation($currentPassword:String!,$newPassword:String!)' +
    '{changeCustomerPassword(currentPassword:$currentPassword,newPassword:$newPassword){id email}}',
  generateCustomerToken:
    'mutation($email:String!,$password:String!){generateCustomerToken(email:$email,password:$password){token}}',
  revokeCustomerToken: 'mutation{revokeCustomerToken{result}}',
  createCustomerV2: 'mutation($input:CustomerCreateInput!){createCustomerV2(input:$input){customer{id email}}}',
  confirmEmail:
    'mutation($email:String!,$key:String!)' +
    '{confirmEmail(input:{email:$email,confirmation_key:$key}){customer{id email is_confirmed confirmation_status}}}',
  resendConfirmationEmail: 'mutation($email:String!){resendConfirmationEmail(email:$email)}',
  updateCustomerEmail:
    'mutation($email:String!,$password:String!){updateCustomerEmail(email:$email,password:$password){customer{id email}}}',
  isEmailAvailable: 'query($email:String!){isEmailAvailable(email:$email){is_email_available}}',
  customer: '{customer{id email}}',
} as const;

/** What anybody may ask. */
export const PUBLIC = '{isEmailAvailable(email:"a@b.co"){is_email_available}}';
export const PUBLIC_ANSWER = { data: { isEmailAvailable: { is_email_available: true } } };

export type Category =
  | 'graphql-input'
  | 'graphql-authentication'
  | 'graphql-authorization'
  | 'graphql-no-such-entity'
  | 'graphql-already-exists';

export const texts = {
  signInRefused:
    'The account sign-in was incorrect or your account is disabled temporarily. Please wait and try again later.',
  unauthorized: "The current customer isn't authorized.",
  mismatched: 'The password token is mismatched. Reset and try again.',
  tooShort: 'The password needs at least 8 characters. Create a new password and try again.',
  tooLong: 'Please enter a password with at most 256 characters.',
  edgeSpace: "The password can't begin or end with a space. Verify the password and try again.",
  tooFewClasses:
    'Minimum of different classes of characters in password is 3. ' +
    'Classes of characters: Lower Case, Upper Case, Digits, Special Characters.',
  isEmail: "The password can't be the same as the email address. Create a new password and try again.",
  taken: 'A customer with the same email address already exists in an associated website.',
  tooMany: 'We received too many requests. Please wait and try again later.',
} as const;

let networks = 0;

/** The address of a client in a network that was not seen before, so that no other test uses up its limits. */
export function anAddress(): string {
  networks += 1;
  return `10.${networks >> 16}.${(networks >> 8) & 255}.${networks & 255}`;
}

export type Send = (query: string, variables?: object, headers?: Record<string, string>) => Promise<Answer>;

/** Somebody on a network of its own. */
export function clientOf(app: TestApp, from = anAddress()): Send {
  return (query, variables, headers) => app.adobe(query, variables, headers, from);
}

export function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

/** The whole answer of an operation that refuses. */
export function refusal(operation: string, message: string, category: Category = 'graphql-input'): object {
  const error = { message, locations: [expect.anything()], path: [operation], extensions: { category } };
  return { data: { [operation]: null }, errors: [error] };
}

/** The answer to a request that is no GraphQL request, or that is refused as a whole: no data, no place. */
export function refusedWhole(message: string, category: Category = 'graphql-input'): object {
  return { errors: [{ message, extensions: { category } }] };
}

/** The answer to a document that GraphQL itself refuses: texts are graphql-js', no category, nothing executed. */
export function engineRefusal(message: RegExp): object {
  return { errors: [expect.objectContaining({ message: expect.stringMatching(message) })] };
}

/** Status and body, as most tests compare them. */
export function told({ status, body }: Answer): readonly [number, unknown] {
  return [status, body];
}

export function bodiesOf(answers: readonly Answer[]): unknown[] {
  return answers.map(({ body }): unknown => body);
}

/** The first thing that an answer complains of. */
export function messageOf({ body }: Answer): string | null {
  const message: unknown = body?.errors?.[0]?.message;
  return typeof message === 'string' ? message : null;
}

/** The token of a sign-in, or null where there is none. */
export function tokenIn({ body }: Answer): string | null {
  const token: unknown = body?.data?.generateCustomerToken?.token;
  return typeof token === 'string' ? token : null;
}

let made = 0;

/** An address that no customer has yet. */
export const aNewEmail = (): string => `new-${(made += 1)}@example.com`;

/** Creates a customer with what is given over what is needed. */
export function createCustomer(send: Send, given: Record<string, unknown> = {}): Promise<Answer> {
  const input = { email: aNewEmail(), firstname: 'Mira', lastname: 'Shah', password: 'a very good password', ...given };
  return send(operations.createCustomerV2, { input });
}
