import { TestApp } from '../support/test-app.js';
import { gid } from '../shopify/storefront.js';
import { admin, aRecord, ask, IDENTIFY } from './admin.js';

let app: TestApp;
let made = 0;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

const anEmail = (): string => {
  made += 1;
  return `record-${made}@example.com`;
};

describe('customerByIdentifier', () => {
  it('finds by one of three, and nobody is null', async () => {
    const { id, email } = await aRecord(app, { email: anEmail(), phone: '+16134505222' });
    const find = (identifier: object) => ask(app, IDENTIFY, { identifier });

    expect(await find({ id })).toEqual({ id, email });
    expect(await find({ emailAddress: ` ${String(email).toUpperCase()} ` })).toEqual({ id, email });
    expect(await find({ phoneNumber: '+1 (613) 450-5222' })).toEqual({ id, email });
    expect(await find({ id: gid(4711) })).toBeNull();
    expect(await find({ emailAddress: 'nobody' })).toBeNull();
    expect(await find({ phoneNumber: '+16134505223' })).toBeNull();
    expect(await find({ phoneNumber: '?' })).toBeNull();
  });

  it.each([
    [{}, 0],
    [{ emailAddress: 'a@example.com', id: gid(1) }, 2],
    [{ emailAddress: null }, 0],
  ])('takes exactly one: %j', async (identifier, count) => {
    const { status, body } = await admin(app, IDENTIFY, { identifier });

    expect(status).toBe(200);
    expect(body.errors[0].extensions).toMatchObject({
      code: 'INVALID_VARIABLE',
      problems: [
        {
          path: [],
          explanation: `'CustomerIdentifierInput' requires exactly one argument, but ${count} were provided.`,
        },
      ],
    });
    expect(body.data).toBeUndefined();
  });

  it('refuses several in the document, too', async () => {
    const { body } = await admin(
      app,
      '{ customerByIdentifier(identifier: { id: "gid://shopify/Customer/1", emailAddress: "a@b.co" }) { id } }',
    );

    expect(body.errors[0].extensions.code).toBe('invalidOneOfInputObject');
  });
});
