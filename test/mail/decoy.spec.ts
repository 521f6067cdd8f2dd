import { MailWorker } from '../../src/mail/index.js';
import { mailPhrases } from '../../src/mail/mail.texts.js';
import { TestApp } from '../support/test-app.js';

const ASK = 'mutation($e:String!){requestPasswordResetEmail(email:$e)}';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
});

afterEach(() => jest.restoreAllMocks());
afterAll(() => app.stop());

it('words a decoy as it words a mail, then drops it, so that neither holds up who asks next (SEC-72, SEC-77)', async () => {
  const ann = await app.aCustomer();
  const worded = jest.spyOn(mailPhrases, 'sayIn');

  const counts: number[] = [];
  for (const email of [ann.email, 'nobody@example.com']) {
    worded.mockClear();
    await app.adobe(ASK, { e: email });
    await app.get(MailWorker).idle();
    counts.push(worded.mock.calls.length);
  }
  const left = await app.database.select("SELECT COUNT(*) AS decoys FROM mail_message WHERE kind = 'decoy'", []);

  expect(counts[0]).toBeGreaterThan(0);
  expect(counts[1]).toBe(counts[0]);
  expect(await app.mailsTo('nobody@example.com')).toEqual([]);
  expect(Number(left[0]?.['decoys'])).toBe(0);
});
