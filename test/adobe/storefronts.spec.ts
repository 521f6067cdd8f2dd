import { TestApp, type Answer } from '../support/test-app.js';
import { aNewEmail, clientOf, type Send } from './wire.js';

// The account sections of published storefronts, as their clients send them: named operations, Apollo's `__typename`, an empty
// Authorization header while nobody is signed in. Their packages want other versions of graphql and react than ours.
const ADDRESS = `__typename id city country_code default_billing default_shipping firstname lastname middlename postcode
  region{__typename region region_code region_id} street telephone`;
const INFORMATION = '__typename id firstname lastname email';

/** Venia (@magento/peregrine 15, @magento/venia-ui 11). */
const venia = {
  storeConfig:
    'query GetStoreConfigData{storeConfig{__typename store_code minimum_password_length customer_access_token_lifetime}}',
  rootCategory: 'query getRootCategoryId{storeConfig{__typename store_code root_category_uid}}',
  createAccount: `mutation CreateAccount($email:String!,$firstname:String!,$lastname:String!,$password:String!,$is_subscribed:Boolean!){
    createCustomer(input:{email:$email,firstname:$firstname,lastname:$lastname,password:$password,is_subscribed:$is_subscribed}){
      __typename customer{__typename email is_confirmed}}}`,
  signIn:
    'mutation SignIn($email:String!,$password:String!){generateCustomerToken(email:$email,password:$password){__typename token}}',
  afterSignIn: 'query GetCustomerAfterSignIn{customer{__typename email firstname lastname is_subscribed}}',
  signOut: 'mutation SignOutFromMenu{revokeCustomerToken{__typename result}}',
  addressBook: `query GetCustomerAddressesForAddressBook{customer{__typename addresses{...Book}} countries{__typename id full_name_locale}}
    fragment Book on CustomerAddress{${ADDRESS}}`,
  addAddress:
    'mutation AddNewCustomerAddressToAddressBook($address:CustomerAddressInput!){createCustomerAddress(input:$address){__typename id}}',
  changeAddress: `mutation UpdateCustomerAddressInAddressBook($addressId:Int!,$updated_address:CustomerAddressInput!){
    updateCustomerAddress(id:$addressId,input:$updated_address){...Book}} fragment Book on CustomerAddress{${ADDRESS}}`,
  deleteAddress: 'mutation DeleteCustomerAddressFromAddressBook($addressId:Int!){deleteCustomerAddress(id:$addressId)}',
  subscription:
    'mutation SetNewsletterSubscription($isSubscribed:Boolean!){updateCustomer(input:{is_subscribed:$isSubscribed}){__typename customer{__typename is_subscribed}}}',
  information: `query GetCustomerInformation{customer{...Info}} fragment Info on Customer{${INFORMATION}}`,
  setInformation: `mutation SetCustomerInformation($customerInput:CustomerInput!){
    updateCustomer(input:$customerInput){__typename customer{...Info}}} fragment Info on Customer{${INFORMATION}}`,
  changePassword: `mutation ChangeCustomerPassword($currentPassword:String!,$newPassword:String!){
    changeCustomerPassword(currentPassword:$currentPassword,newPassword:$newPassword){__typename email}}`,
  forgot: 'mutation requestPasswordResetEmail($email:String!){requestPasswordResetEmail(email:$email)}',
  reset: `mutation resetPassword($email:String!,$token:String!,$newPassword:String!){
    resetPassword(email:$email,resetPasswordToken:$token,newPassword:$newPassword)}`,
  countries: 'query GetCountries{countries{__typename id full_name_english two_letter_abbreviation}}',
  regions:
    'query GetRegions($countryCode:String!){country(id:$countryCode){__typename id available_regions{__typename id code name}}}',
} as const;

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
});

afterAll(() => app.stop());

type Play = (document: string, variables?: object) => Promise<Answer['body']>;

/** Plays operations in one browser; an answer with errors ends the play. */
function browser(send: Send = clientOf(app)): { play: Play; token: string } {
  const shopper = {
    token: '',
    play: async (document: string, variables?: object) => {
      const authorization = shopper.token === '' ? '' : `Bearer ${shopper.token}`;
      const { status, body } = await send(document, variables, {
        authorization,
        store: 'default',
        'content-currency': 'USD',
      });
      if (status !== 200 || body.errors) throw new Error(`${document.slice(0, 60)}: ${status} ${JSON.stringify(body)}`);
      return body.data;
    },
  };
  return shopper;
}

it('plays the account section of Venia from the first visit to the last', async () => {
  const shopper = browser();
  const email = aNewEmail();
  const signIn = async (password: string): Promise<void> => {
    const { generateCustomerToken } = await shopper.play(venia.signIn, { email, password });
    shopper.token = String(generateCustomerToken.token);
  };
  const US = {
    firstname: 'Mira',
    lastname: 'Shah',
    street: ['500 Main St', ''],
    city: 'Austin',
    postcode: '78701',
    country_code: 'US',
    telephone: '1',
    default_billing: false,
    default_shipping: false,
  };

  for (const document of [venia.storeConfig, venia.rootCategory, venia.countries]) await shopper.play(document);
  const regions = await shopper.play(venia.regions, { countryCode: 'US' });
  await shopper.play(venia.createAccount, {
    email,
    firstname: 'Mira',
    lastname: 'Shah',
    password: 'Fresh-Pass-9',
    is_subscribed: true,
  });
  await signIn('Fresh-Pass-9');
  const customer = await shopper.play(venia.afterSignIn);
  const added = await shopper.play(venia.addAddress, { address: { ...US, region: { region_id: 57 } } });
  const addressId = Number(added.createCustomerAddress.id);
  const changed = await shopper.play(venia.changeAddress, {
    addressId,
    updated_address: { ...US, city: 'Dallas', region: { region: 'TX', region_id: 57 } },
  });
  const book = await shopper.play(venia.addressBook);
  await shopper.play(venia.deleteAddress, { addressId });
  await shopper.play(venia.subscription, { isSubscribed: false });
  const informed = await shopper.play(venia.setInformation, {
    customerInput: { firstname: 'Miriam', lastname: 'Shah', email, password: '' },
  });
  await shopper.play(venia.changePassword, { currentPassword: 'Fresh-Pass-9', newPassword: 'Fresh-Pass-10' });
  const still = await shopper.play(venia.information);
  await shopper.play(venia.signOut);
  shopper.token = '';
  await shopper.play(venia.forgot, { email });
  const reset = await shopper.play(venia.reset, {
    email,
    token: (await app.lastMail(email)).secret,
    newPassword: 'Fresh-Pass-11',
  });
  await signIn('Fresh-Pass-11');
  const last = await shopper.play(venia.afterSignIn);

  expect(regions).toMatchObject({
    country: { id: 'US', available_regions: expect.arrayContaining([expect.objectContaining({ id: 57, code: 'TX' })]) },
  });
  expect(customer).toEqual({
    customer: { __typename: 'Customer', email, firstname: 'Mira', lastname: 'Shah', is_subscribed: true },
  });
  expect(changed).toMatchObject({ updateCustomerAddress: { id: addressId, city: 'Dallas', street: ['500 Main St'] } });
  expect(book).toMatchObject({ customer: { addresses: [{ id: addressId, region: { region_code: 'TX' } }] } });
  expect([informed, still]).toMatchObject([
    { updateCustomer: { customer: { firstname: 'Miriam' } } },
    { customer: { firstname: 'Miriam', email } },
  ]);
  expect([reset, last]).toMatchObject([
    { resetPassword: true },
    { customer: { firstname: 'Miriam', is_subscribed: false } },
  ]);
});

/** GraphCommerce (magento-customer 10), Alokai (magento-api 6) and Daffodil (0.78): what they ask beyond Venia. */
const others = {
  signUp: `mutation SignUp($email:String!,$password:String!,$prefix:String,$firstname:String!,$middlename:String,$lastname:String!,
    $suffix:String,$gender:Int,$dob:String,$isSubscribed:Boolean=false){createCustomer(input:{email:$email,password:$password,
    prefix:$prefix,firstname:$firstname,middlename:$middlename,lastname:$lastname,suffix:$suffix,gender:$gender,date_of_birth:$dob,
    is_subscribed:$isSubscribed}){customer{__typename email firstname}}}`,
  createV2: `mutation createCustomer($input:CustomerCreateInput!){createCustomerV2(input:$input){customer{firstname lastname email
    is_subscribed date_of_birth}}}`,
  signIn:
    'mutation SignIn($email:String!,$password:String!){generateCustomerToken(email:$email,password:$password){token}}',
  customer: `query customer{customer{date_of_birth default_billing default_shipping email firstname gender is_subscribed lastname
    middlename prefix suffix taxvat created_at custom_attributes{__typename code ...on AttributeValue{value}
    ...on AttributeSelectedOptions{selected_options{label value}}} addresses{id uid extension_attributes{attribute_code value}}}}`,
  changeName: `mutation ChangeName($prefix:String,$firstname:String,$middlename:String,$lastname:String,$suffix:String){updateCustomerV2(
    input:{prefix:$prefix,firstname:$firstname,middlename:$middlename,lastname:$lastname,suffix:$suffix}){customer{firstname lastname}}}`,
  changeEmail:
    'mutation UpdateCustomerEmail($email:String!,$password:String!){updateCustomerEmail(email:$email,password:$password){customer{email}}}',
  createAddress: `mutation CreateCustomerAddress($input:CustomerAddressInput!){createCustomerAddress(input:$input){id street
    region{region_code region_id} custom_attributesV2{code} extension_attributes{attribute_code value}}}`,
  changeAddress: `mutation updateCustomerAddress($id:Int!,$input:CustomerAddressInput){updateCustomerAddress(id:$id,input:$input){id city
    default_billing default_shipping}}`,
  deleteAddress: 'mutation deleteCustomerAddress($id:Int!){deleteCustomerAddress(id:$id)}',
  available: 'query IsEmailAvailable($email:String!){isEmailAvailable(email:$email){is_email_available}}',
  subscribe: 'mutation subscribeEmailToNewsletter($email:String!){subscribeEmailToNewsletter(email:$email){status}}',
  forgot: 'mutation ForgotPassword($email:String!){requestPasswordResetEmail(email:$email)}',
  reset: `mutation ResetPassword($email:String!,$token:String!,$newPassword:String!){
    resetPassword(email:$email,resetPasswordToken:$token,newPassword:$newPassword)}`,
  checkToken: 'query MagentoAuthCheckToken{customer{id}}',
  revoke: 'mutation MagentoRevokeCustomerToken{revokeCustomerToken{result}}',
  deleteAccount: 'mutation AccountDelete{deleteCustomer}',
} as const;

it('plays what GraphCommerce, Alokai and Daffodil ask besides', async () => {
  const shopper = browser();
  const [email, moved] = [aNewEmail(), aNewEmail()];
  const signIn = async (address: string, password: string): Promise<void> => {
    const { generateCustomerToken } = await shopper.play(others.signIn, { email: address, password });
    shopper.token = String(generateCustomerToken.token);
  };
  const street = ['Hauptplatz', '1', ''];
  const address = {
    firstname: 'Mira',
    lastname: 'Shah',
    middlename: null,
    company: null,
    street,
    city: 'Graz',
    postcode: '8010',
    country_code: 'AT',
    region: null,
    telephone: '1',
    vat_id: null,
  };

  await shopper.play(others.available, { email });
  const signedUp = await shopper.play(others.signUp, {
    email,
    password: 'Fresh-Pass-9',
    firstname: 'Mira',
    lastname: 'Shah',
    prefix: null,
    gender: null,
    dob: null,
  });
  const second = await shopper.play(others.createV2, {
    input: {
      email: aNewEmail(),
      firstname: 'Ben',
      lastname: 'Lee',
      password: 'Fresh-Pass-9',
      date_of_birth: '1980-01-02',
    },
  });
  await signIn(email, 'Fresh-Pass-9');
  const named = await shopper.play(others.changeName, { firstname: 'Miriam', lastname: 'Shah', prefix: null });
  const added = await shopper.play(others.createAddress, { input: address });
  const id = Number(added.createCustomerAddress.id);
  const marked = await shopper.play(others.changeAddress, { id, input: { default_billing: true } });
  const unmarked = await shopper.play(others.changeAddress, { id, input: { default_billing: false } });
  const read = await shopper.play(others.customer);
  const deleted = await shopper.play(others.deleteAddress, { id });
  const subscribed = await shopper.play(others.subscribe, { email });
  await shopper.play(others.changeEmail, { email: moved, password: 'Fresh-Pass-9' });
  await shopper.play(others.checkToken);
  await shopper.play(others.revoke);
  shopper.token = '';
  await shopper.play(others.forgot, { email: moved });
  const reset = await shopper.play(others.reset, {
    email: moved,
    token: (await app.lastMail(moved)).secret,
    newPassword: 'Fresh-Pass-10',
  });
  await signIn(moved, 'Fresh-Pass-10');
  const gone = await shopper.play(others.deleteAccount);

  expect([signedUp, second]).toMatchObject([
    { createCustomer: { customer: { email } } },
    { createCustomerV2: { customer: { date_of_birth: '1980-01-02' } } },
  ]);
  expect(named).toMatchObject({ updateCustomerV2: { customer: { firstname: 'Miriam' } } });
  expect(added).toMatchObject({
    createCustomerAddress: { street: ['Hauptplatz', '1'], region: { region_code: null } },
  });
  expect([marked, unmarked]).toMatchObject([
    { updateCustomerAddress: { default_billing: true } },
    { updateCustomerAddress: { default_billing: false } },
  ]);
  expect(read).toMatchObject({ customer: { email, addresses: [{ id, extension_attributes: null }] } });
  expect([deleted, subscribed, reset, gone]).toEqual([
    { deleteCustomerAddress: true },
    { subscribeEmailToNewsletter: { status: 'SUBSCRIBED' } },
    { resetPassword: true },
    { deleteCustomer: true },
  ]);
});
