import { TestApp } from '../support/test-app.js';
import { atAdmin, START, refusalOf } from './operations.js';

const USER = 'query($r:ID!){user(userRef:$r){_id email orderCount}}';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
});

afterAll(() => app.stop());

async function idOf(email: string): Promise<string> {
  const { body } = await atAdmin(app, START, { e: email });
  return String(body.data.userBuyerCreatePasswordToken._id);
}

it('finds a buyer by the id that it was shown under', async () => {
  const ann = await app.aCustomer();
  const _id = await idOf(ann.email);

  const { body } = await atAdmin(app, USER, { r: _id });

  expect(body).toEqual({ data: { user: { _id, email: ann.email, orderCount: 0 } } });
});

it('finds nobody by an id of another form, case or second', async () => {
  const ann = await app.aCustomer();
  const _id = await idOf(ann.email);
  const otherSecond = `00000001${_id.slice(8)}`;

  const strangers = [`${_id}0`, _id.slice(1), otherSecond, '0'.repeat(24), 'f'.repeat(24), '', '1', "' OR 1=1"];
  for (const id of [...strangers, `ABCDEF12${_id.slice(8)}`]) {
    const answer = await atAdmin(app, USER, { r: id });

    expect(answer.status).toBe(200);
    expect(answer.body.data).toEqual({ user: null });
    expect(refusalOf(answer)).toEqual({ code: 'NOT_FOUND' });
  }
});
