import { Agent, request } from 'node:http';
import { Logger } from '@nestjs/common';
import { CustomerService } from '../../src/customer/index.js';
import { MailboxTransport } from '../../src/mail/mailbox.transport.js';
import { operations } from '../adobe/wire.js';
import { TestApp } from '../support/test-app.js';

/** So that the body comes by itself. */
const BODY_AFTER_MS = 20;

let app: TestApp;
let base: string;
/** One connection, as a storefront's server keeps it: what reads a body belongs to that, and not to a request. */
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

beforeAll(async () => {
  app = await TestApp.start();
  base = await app.listen();
});

afterEach(() => jest.restoreAllMocks());

afterAll(async () => {
  agent.destroy();
  await app.stop();
});

/** Sends a GraphQL document through the one connection; answers the id that the answer names. */
function ask(query: string, variables: object, headers: Record<string, string> = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(`${base}/graphql`, { method: 'POST', agent, headers: { 'content-type': 'application/json', ...headers } }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(String(answer.headers['x-request-id'])));
    }); // prettier-ignore
    sent.once('error', reject);
    sent.flushHeaders();
    setTimeout(() => sent.end(JSON.stringify({ query, variables })), BODY_AFTER_MS);
  });
}

/** The ids in lines of that text, in order; undefined where a line has none. */
const idsOf = (text: string): unknown[] =>
  app.logged
    .map((line): Record<string, unknown> => JSON.parse(line))
    .filter(({ msg }) => msg === text)
    .map(({ requestId }) => requestId);

it('are in whatever a request logs, those on a connection that others use too', async () => {
  const customers = app.get(CustomerService);
  const found = customers.findHolder.bind(customers);
  jest.spyOn(customers, 'findHolder').mockImplementation((...given) => {
    new Logger('test').log('a token is looked up');
    return found(...given);
  });
  const token = await app.signedIn(await app.aCustomer());

  const first = await ask('{customer{email}}', {}, { authorization: `Bearer ${token}` });
  const second = await ask('{customer{email}}', {}, { authorization: `Bearer ${token}` });

  expect(first).not.toBe(second);
  expect(idsOf('a token is looked up')).toEqual([first, second]);
});

it('are in nothing that a worker logs, whoever woke it', async () => {
  const { email } = await app.aCustomer();
  const mailbox = app.get(MailboxTransport);
  const sent = mailbox.send.bind(mailbox);
  jest.spyOn(mailbox, 'send').mockImplementation((mail) => {
    new Logger('test').log('a mail is sent');
    return sent(mail);
  });

  await ask(operations.requestPasswordResetEmail, { email });
  await app.mailsTo(email);

  expect(idsOf('a mail is sent')).toEqual([undefined]);
});
