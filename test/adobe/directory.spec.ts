import { demoSetup } from '../../src/store/index.js';
import { applySetup } from '../setup/apply-setup.js';
import { TestApp } from '../support/test-app.js';
import { bearer, clientOf, refusal } from './wire.js';

const CONFIG = `autocomplete_on_storefront base_currency_code base_link_url base_media_url base_url code
  countries_with_required_region create_account_confirmation customer_access_token_lifetime default_display_currency_code
  display_state_if_optional graphql_share_customer_group id is_default_store is_default_store_group locale
  minimum_password_length newsletter_enabled optional_zip_countries required_character_classes_number root_category_uid
  secure_base_link_url secure_base_media_url secure_base_url store_code store_group_code store_group_name store_name
  store_sort_order timezone website_code website_id website_name magento_wishlist_general_is_enabled use_store_in_url`;
const SUBSCRIBE = 'mutation($email:String!){subscribeEmailToNewsletter(email:$email){status}}';
const COUNTRY = `query($id:String){country(id:$id){id two_letter_abbreviation three_letter_abbreviation full_name_locale
  full_name_english available_regions{id code name}}}`;

const VIENNA = {
  code: 'vienna',
  name: 'Wiener Laden',
  locale: 'de-AT',
  storefrontUrl: 'https://wien.example',
  mailFrom: 'wien@demo.example',
  adobe: { requiredCharacterClasses: 3, confirmationRequired: true, newsletterActive: false },
};
const OTHER_REALM = {
  code: 'other',
  policy: {},
  stores: [{ code: 'other', name: 'Other', mailFrom: 'o@demo.example', adobe: {} }],
};

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off', passwordMinimum: 12 }, stores: [VIENNA] });
});

afterAll(() => app.stop());

it('tells what a store view is like', async () => {
  const { body } = await clientOf(app)(`{storeConfig{${CONFIG}}}`);

  expect(body.data.storeConfig).toEqual({
    autocomplete_on_storefront: false,
    base_currency_code: null,
    base_link_url: 'http://localhost:3000/',
    base_media_url: null,
    base_url: 'http://localhost:3000/',
    code: 'default',
    countries_with_required_region: 'US,CA',
    create_account_confirmation: false,
    customer_access_token_lifetime: 1,
    default_display_currency_code: null,
    display_state_if_optional: true,
    graphql_share_customer_group: false,
    id: expect.any(Number),
    is_default_store: true,
    is_default_store_group: true,
    locale: 'en_US',
    minimum_password_length: '12',
    newsletter_enabled: true,
    optional_zip_countries: 'HK,IE,MO,PA,GB',
    required_character_classes_number: '1',
    root_category_uid: null,
    secure_base_link_url: 'http://localhost:3000/',
    secure_base_media_url: null,
    secure_base_url: 'http://localhost:3000/',
    store_code: 'default',
    store_group_code: 'default',
    store_group_name: 'default',
    store_name: 'Demo Store',
    store_sort_order: 0,
    timezone: 'UTC',
    website_code: 'default',
    website_id: expect.any(Number),
    website_name: 'default',
    magento_wishlist_general_is_enabled: '0',
    use_store_in_url: false,
  });
});

it('tells of the store view that the header names', async () => {
  const fields =
    'store_code is_default_store locale base_url create_account_confirmation newsletter_enabled required_character_classes_number';

  const { body } = await clientOf(app)(`{storeConfig{${fields}}}`, {}, { store: ' vienna ' });

  expect(body.data.storeConfig).toEqual({
    store_code: 'vienna',
    is_default_store: false,
    locale: 'de_AT',
    base_url: 'https://wien.example/',
    create_account_confirmation: true,
    newsletter_enabled: false,
    required_character_classes_number: '3',
  });
});

it('lists the store views of the website and of no other', async () => {
  await applySetup(app, { ...demoSetup, realms: [...demoSetup.realms, OTHER_REALM] });

  const { body } = await clientOf(app)('{availableStores(useCurrentGroup:true){store_code}}');
  const other = await clientOf(app)('{availableStores{store_code}}', {}, { store: 'other' });

  expect(body.data.availableStores).toEqual([{ store_code: 'default' }, { store_code: 'vienna' }]);
  expect(other.body.data.availableStores).toEqual([{ store_code: 'other' }]);
});

it('knows countries, in the language of the store, and the regions that have ids', async () => {
  const [at, us] = [
    await clientOf(app)(COUNTRY, { id: 'AT' }, { store: 'vienna' }),
    await clientOf(app)(COUNTRY, { id: 'US' }),
  ];

  expect(at.body.data.country).toEqual({
    id: 'AT',
    two_letter_abbreviation: 'AT',
    three_letter_abbreviation: 'AUT',
    full_name_locale: 'Österreich',
    full_name_english: 'Austria',
    available_regions: null,
  });
  const regions = us.body.data.country.available_regions as { id: number; code: string; name: string }[];
  expect(regions.map(({ id }) => id)).toEqual(Array.from({ length: 65 }, (_, at) => at + 1));
  expect(regions).toContainEqual({ id: 12, code: 'CA', name: 'California' });
  expect(regions).toContainEqual({ id: 6, code: 'AF', name: 'Armed Forces Africa' });
  expect(regions.filter(({ code, name }) => code === name)).toEqual([]);
});

it('lists countries', async () => {
  const { body } = await clientOf(app)('{countries{id full_name_locale available_regions{id}}}');

  const countries = body.data.countries as { id: string; full_name_locale: string | null }[];
  const ids = countries.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(['AT', 'US', 'GB']));
  expect(new Set(ids).size).toBe(ids.length);
  expect(countries.filter(({ full_name_locale: name }) => !name)).toEqual([]);
});

it.each([
  [null, 'Country "id" value should be specified', 'graphql-input'],
  ['', 'Country "id" value should be specified', 'graphql-input'],
  ['QQ', "The country isn't available.", 'graphql-no-such-entity'],
  ['at', "The country isn't available.", 'graphql-no-such-entity'],
  ['__proto__', "The country isn't available.", 'graphql-no-such-entity'],
] as const)('refuses the country %j', async (id, message, category) => {
  expect((await clientOf(app)(COUNTRY, { id })).body).toEqual(refusal('country', message, category));
});

it('tells the group of a guest and of a customer', async () => {
  const token = await app.signedIn(await app.aCustomer({ password: 'a long enough password' }));

  const [guest, ann] = [
    await clientOf(app)('{customerGroup{uid}}'),
    await clientOf(app)('{customerGroup{uid}}', {}, bearer(token)),
  ];

  expect([guest.body.data.customerGroup.uid, ann.body.data.customerGroup.uid]).toEqual(['MA==', 'MQ==']);
});

describe('subscribeEmailToNewsletter', () => {
  it('marks the account of the customer who asks, once', async () => {
    const ann = await app.aCustomer({ password: 'a long enough password' });
    const headers = bearer(await app.signedIn(ann));

    const first = await clientOf(app)(SUBSCRIBE, { email: ann.email }, headers);
    const second = await clientOf(app)(SUBSCRIBE, { email: ann.email }, headers);
    const { body } = await clientOf(app)('{customer{is_subscribed}}', {}, headers);

    expect(first.body).toEqual({ data: { subscribeEmailToNewsletter: { status: 'SUBSCRIBED' } } });
    expect(second.body).toEqual(refusal('subscribeEmailToNewsletter', 'This email address is already subscribed.'));
    expect(body.data.customer.is_subscribed).toBe(true);
  });

  it.each([
    ['', 'You must specify an email address to subscribe to a newsletter.'],
    ['nobody', 'Enter a valid email address.'],
    ['a@b.co', 'Guests can not subscribe to the newsletter. You must create an account to subscribe.'],
  ])('refuses %j of a guest, who learns nothing of accounts', async (email, message) => {
    expect((await clientOf(app)(SUBSCRIBE, { email })).body).toEqual(refusal('subscribeEmailToNewsletter', message));
  });

  it("refuses another's address, and all where the store sends none", async () => {
    const [ann, ben] = [
      await app.aCustomer({ password: 'a long enough password' }),
      await app.aCustomer({ password: 'a long enough password' }),
    ];
    const headers = bearer(await app.signedIn(ann));

    const answers = [
      await clientOf(app)(SUBSCRIBE, { email: ben.email }, headers),
      await clientOf(app)(SUBSCRIBE, { email: ann.email }, { ...headers, store: 'vienna' }),
    ];

    expect(answers.map(({ body }) => body)).toEqual(
      answers.map(() => refusal('subscribeEmailToNewsletter', 'Cannot create a newsletter subscription.')),
    );
  });
});
