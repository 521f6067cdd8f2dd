import { TestApp, type TestCustomer } from '../support/test-app.js';
import { bearer, clientOf, operations, refusal, texts } from './wire.js';

const NEW = { code: 'new', name: 'New', mailFrom: 'n@demo.example', adobe: { profile: '2.4.9' } };
const ID_TYPE = '{__type(name:"Customer"){fields(includeDeprecated:true){name type{kind name ofType{name}}}}}';

let app: TestApp;
let ann: TestCustomer;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' }, stores: [NEW] });
  ann = await app.aCustomer();
});

afterAll(() => app.stop());

it('tells ids as opaque texts, and as numbers to storefronts of other stores at the same time', async () => {
  const headers = bearer(await app.signedIn(ann));

  const [opaque, number] = [
    await clientOf(app)('{customer{id email}}', {}, { ...headers, store: 'new' }),
    await clientOf(app)('{customer{id email}}', {}, headers),
  ];

  expect(opaque.body).toEqual({
    data: { customer: { id: Buffer.from(String(ann.id)).toString('base64'), email: ann.email } },
  });
  expect(number.body).toEqual({ data: { customer: { id: ann.id, email: ann.email } } });
});

it('has a schema of its own', async () => {
  const typeOf = async (headers: Record<string, string>): Promise<unknown> => {
    const { body } = await clientOf(app)(ID_TYPE, {}, headers);
    const fields = body.data.__type.fields as { name: string; type: unknown }[];
    return fields.find(({ name }) => name === 'id')?.type;
  };

  expect(await typeOf({ store: 'new' })).toEqual({ kind: 'NON_NULL', name: null, ofType: { name: 'ID' } });
  expect(await typeOf({})).toEqual({ kind: 'SCALAR', name: 'Int', ofType: null });
});

it('answers with statuses that have a meaning', async () => {
  const headers = { store: 'new' };

  const signIn = await clientOf(app)(
    operations.generateCustomerToken,
    { email: ann.email, password: 'wrong' },
    headers,
  );
  const guest = await clientOf(app)('{customer{id}}', {}, headers);

  expect([signIn.status, signIn.body]).toEqual([
    401,
    refusal('generateCustomerToken', texts.signInRefused, 'graphql-authentication'),
  ]);
  expect([guest.status, guest.body]).toEqual([403, refusal('customer', texts.unauthorized, 'graphql-authorization')]);
});

it('refuses an unknown store as every release does', async () => {
  const { body } = await clientOf(app)('{customer{id}}', {}, { store: 'nowhere' });

  expect(body.errors[0].message).toBe('Requested store is not found');
});
