import { TestApp } from '../support/test-app.js';
import { aShopper, bookOf, created, operations } from './address-book.js';
import { clientOf, refusal, texts } from './wire.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
});

afterAll(() => app.stop());

describe.each([
  ['updateCustomerAddress', 'update', 'remove'],
  ['updateCustomerAddressV2', 'updateV2', 'removeV2'],
] as const)('%s', (operation, update, remove) => {
  const isV2 = update === 'updateV2';
  const keyOf = ({ id, uid }: { id: number; uid: string }): object => (isV2 ? { uid } : { id });
  const removal = isV2 ? 'deleteCustomerAddressV2' : 'deleteCustomerAddress';

  it('changes what is given, moves the marks, and leaves the rest', async () => {
    const ask = await aShopper(app);
    const [first, second] = [await created(ask, { default_shipping: true }), await created(ask)];

    const { body } = await ask(update, {
      ...keyOf(second),
      input: { city: 'Dallas', default_shipping: true, default_billing: true, firstname: null },
    });

    expect(body.data[operation]).toMatchObject({
      ...second,
      city: 'Dallas',
      firstname: 'Ann',
      default_shipping: true,
      default_billing: true,
      region: { region_code: 'TX' },
    });
    expect(await bookOf(app, ask.token)).toMatchObject([
      { id: first.id, default_shipping: false },
      { id: second.id, default_shipping: true },
    ]);
  });

  it('forgets the region with the country', async () => {
    const ask = await aShopper(app);
    const address = await created(ask);

    const { body } = await ask(update, { ...keyOf(address), input: { country_code: 'AT' } });

    expect(body.data[operation].region).toEqual({ region: null, region_code: null, region_id: null });
  });

  it.each([
    ['no input', null, '"input" value must be specified'],
    ['an empty input', {}, '"input" value must be specified'],
    ['a blank name', { firstname: ' ', city: '' }, 'Required parameters are missing: firstname, city'],
    ['no postcode any more', { postcode: '' }, 'Required parameters are missing: postcode'],
    [
      "another country's region",
      { region: { region_id: 70 } },
      'The region_id does not match the selected country or region',
    ],
    [
      'a country that wants another region',
      { country_code: 'CA' },
      'A region_id is required for the specified country code',
    ],
    ['too many lines', { street: ['a', 'b', 'c'] }, '"Street Address" cannot contain more than 2 lines.'],
  ])('refuses %s and changes nothing', async (_what, input, message) => {
    const ask = await aShopper(app);
    const address = await created(ask);
    const before = await bookOf(app, ask.token);

    const { body } = await ask(update, { ...keyOf(address), input });

    expect(body).toEqual(refusal(operation, message));
    expect(await bookOf(app, ask.token)).toEqual(before);
  });

  it("neither finds nor touches another customer's address (SEC-65)", async () => {
    const [ann, ben] = [await aShopper(app), await aShopper(app)];
    const address = await created(ann);
    const unknown = isV2
      ? 'Could not find an address with the specified ID'
      : `Could not find a address with ID "${address.id}"`;

    const changed = await ben(update, { ...keyOf(address), input: { city: 'Dallas' } });
    const removed = await ben(remove, keyOf(address));

    const category = 'graphql-no-such-entity' as const;
    expect(changed.body).toEqual(refusal(operation, unknown, category));
    expect(removed.body).toEqual(refusal(removal, unknown, category));
    expect(await bookOf(app, ann.token)).toMatchObject([{ city: 'Austin' }]);
  });

  it('deletes an address, but none that is marked', async () => {
    const ask = await aShopper(app);
    const [billing, shipping, plain] = [
      await created(ask, { default_billing: true }),
      await created(ask, { default_shipping: true }),
      await created(ask),
    ];
    const named = ({ id }: { id: number }): string =>
      isV2 ? 'Customer Address with the specified ID' : `Customer Address ${id}`;

    const answers = [
      await ask(remove, keyOf(billing)),
      await ask(remove, keyOf(shipping)),
      await ask(remove, keyOf(plain)),
    ];

    expect(answers.map(({ body }) => body)).toEqual([
      refusal(removal, `${named(billing)} is set as default billing address and can not be deleted`),
      refusal(removal, `${named(shipping)} is set as default shipping address and can not be deleted`),
      { data: { [removal]: true } },
    ]);
    expect(await bookOf(app, ask.token)).toHaveLength(2);
  });

  it('wants an id, and a customer who is signed in', async () => {
    const ask = await aShopper(app);
    const nothing = isV2 ? { uid: '' } : { id: 0 };
    const text = `Address "${isV2 ? 'uid' : 'id'}" value must be specified`;

    const [updated, removed] = [await ask(update, { ...nothing, input: { city: 'x' } }), await ask(remove, nothing)];
    const guest = await clientOf(app)(operations[remove], isV2 ? { uid: 'MQ==' } : { id: 1 });

    expect([updated.body, removed.body]).toEqual([refusal(operation, text), refusal(removal, text)]);
    expect(guest.body).toEqual(refusal(removal, texts.unauthorized, 'graphql-authorization'));
  });
});

it.each(['MQ', 'MDE=', '1', 'LTE=', 'MS41', 'eA==', 'MTAwMDAwMDAwMDAwMA=='])(
  'takes the uid %s for nobody’s',
  async (uid) => {
    const ask = await aShopper(app);

    const { body } = await ask('removeV2', { uid });

    expect(body).toEqual(
      refusal('deleteCustomerAddressV2', 'Could not find an address with the specified ID', 'graphql-no-such-entity'),
    );
  },
);
