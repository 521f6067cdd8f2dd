import { TestApp } from '../support/test-app.js';

const ASK = 'mutation($e:String!){requestPasswordResetEmail(email:$e)}';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

it('mails one link, neither none nor two, to who asks many times at the same moment (SEC-45, SEC-73)', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { email } = await app.aCustomer();
    const from = `198.51.100.${100 + round}`;

    await Promise.all(Array.from({ length: 8 }, () => app.request({ method: 'POST', url: '/graphql', body: { query: ASK, variables: { e: email } }, from }))); // prettier-ignore

    expect(await app.mailsTo(email)).toHaveLength(1);
  }
});

it('lets as many networks register as are allowed, when they all come at once (SEC-40)', async () => {
  const query = 'mutation($i:CustomerCreateInput!){createCustomerV2(input:$i){customer{email}}}';
  const make = (at: number): Promise<{ text: string }> => {
    const i = { email: `racer${at}@example.com`, firstname: 'Ann', lastname: 'Lee', password: 'four words of my own' };
    return app.request({ method: 'POST', url: '/graphql', body: { query, variables: { i } }, from: '198.51.100.200' });
  };

  const answers = await Promise.all(Array.from({ length: 14 }, (_, at) => make(at)));

  expect(answers.filter(({ text }) => text.includes('"customer":{"email"'))).toHaveLength(10);
});
