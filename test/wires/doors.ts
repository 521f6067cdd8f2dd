import { CHANNEL, CommerceLayerClient } from '../commerce-layer/wire.js';
import { ASK, asBase64, atClient, LOGIN, register } from '../common-ground/operations.js';
import { anAddress, clientOf, operations } from '../adobe/wire.js';
import { Visitor } from '../pages/visitor.js';
import { RECOVER, shopify, SIGN_IN } from '../shopify/storefront.js';
import type { Answer, TestApp } from '../support/test-app.js';

/** A way in that a stranger may try with any address, each time from a network of its own. */
export interface Door {
  readonly name: string;
  readonly knock: (app: TestApp, email: string, password: string) => Promise<Answer>;
}

/** Every path that takes an address and a password. */
export const signIns: readonly Door[] = [
  { name: "Adobe's generateCustomerToken", knock: (app, email, password) => clientOf(app)(operations.generateCustomerToken, { email, password }) }, // prettier-ignore
  {
    name: "Adobe's REST token",
    knock: (app, username, password) => {
      const url = '/rest/V1/integration/customer/token';
      return app.request({ method: 'POST', url, body: { username, password }, from: anAddress() });
    },
  },
  { name: "Shopify's customerAccessTokenCreate", knock: (app, email, password) => shopify(app, SIGN_IN, { input: { email, password } }) }, // prettier-ignore
  {
    name: "Commerce Layer's password grant",
    knock: (app, username, password) =>
      new CommerceLayerClient(app).oauth({ ...CHANNEL, grant_type: 'password', username, password }, {}, anAddress()),
  },
  {
    name: "Common Ground's login",
    knock: (app, email, password) => atClient(app, LOGIN, { e: asBase64(email), p: asBase64(password) }, { 'x-forwarded-for': anAddress() }), // prettier-ignore
  },
];

/** Every path that asks for a mail and takes an address from anybody. */
export const requests: readonly Door[] = [
  { name: "Adobe's requestPasswordResetEmail", knock: (app, email) => clientOf(app)(operations.requestPasswordResetEmail, { email }) }, // prettier-ignore
  {
    name: "Adobe's REST reset request",
    knock: (app, email) => {
      const body = { email, template: 'email_reset' };
      return app.request({ method: 'PUT', url: '/rest/V1/customers/password', body, from: anAddress() });
    },
  },
  { name: "Shopify's customerRecover", knock: (app, email) => shopify(app, RECOVER, { email }) },
  { name: "Common Ground's userCreatePasswordToken", knock: (app, email) => atClient(app, ASK, { e: asBase64(email) }, { 'x-forwarded-for': anAddress() }) }, // prettier-ignore
  {
    name: 'the recovery page',
    knock: async (app, email) => {
      const visitor = new Visitor(app);
      await visitor.open('/account/recover');
      return visitor.send({ email });
    },
  },
];

/** Paths that open an account and tell nobody whether there is one. */
export const registrations: readonly Door[] = [
  { name: "Common Ground's register", knock: (app, email, password) => register(app, email, { p: password }, { 'x-forwarded-for': anAddress() }) }, // prettier-ignore
];

/** Reads that could tell whether there is an account. */
export const questions: readonly Door[] = [
  { name: "Adobe's isEmailAvailable", knock: (app, email) => clientOf(app)(operations.isEmailAvailable, { email }) },
  {
    name: "Adobe's REST isEmailAvailable",
    knock: (app, customerEmail) => {
      const body = { customerEmail, websiteId: 1 };
      return app.request({ method: 'POST', url: '/rest/V1/customers/isEmailAvailable', body, from: anAddress() });
    },
  },
];
