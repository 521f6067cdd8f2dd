import { AddressService, CustomerService, ProfileService, type AddressBook } from '../../src/customer/index.js';
import { ownTrail } from '../../src/event/index.js';
import { StoreDirectory } from '../../src/store/index.js';
import { TestApp } from '../support/test-app.js';

let app: TestApp;
let addresses: AddressService;
let customers: CustomerService;

beforeAll(async () => {
  app = await TestApp.start();
  addresses = app.get(AddressService);
  customers = app.get(CustomerService);
});

afterAll(() => app.stop());

async function aBook(): Promise<AddressBook> {
  const { id } = await app.aCustomer();
  return { customer: { id }, store: app.get(StoreDirectory).defaultStore, trail: ownTrail };
}

async function marksOf({ customer }: AddressBook): Promise<(number | null)[]> {
  const found = await customers.findById(customer.id);
  return [found?.defaultBillingId ?? null, found?.defaultShippingId ?? null];
}

it('keeps, changes, marks and deletes addresses', async () => {
  const book = await aBook();
  const graz = { city: 'Graz', lines: ['Hauptplatz 1'] };
  const { address: home } = await addresses.add({ ...book, address: graz, marksFirst: true });
  const added = await addresses.add({ ...book, address: { city: 'Linz', defaultBilling: true }, marksFirst: true });
  const work = added.address;

  expect(await marksOf(book)).toEqual([work.id, home.id]);
  expect(added.marks).toEqual({ isBilling: true, isShipping: false });
  const { address: changed, marks } = await addresses.update({
    ...book,
    key: { number: home.number },
    change: ({ city }) => ({ company: `${city} Inc.`, defaultShipping: false }),
  });
  expect(changed).toMatchObject({ city: 'Graz', company: 'Graz Inc.', lines: ['Hauptplatz 1'] });
  expect(marks).toEqual({ isBilling: false, isShipping: false });
  expect(await marksOf(book)).toEqual([work.id, null]);
  await addresses.setDefault({ ...book, key: { id: work.id }, billing: true, shipping: true });
  expect(await marksOf(book)).toEqual([work.id, work.id]);
  await addresses.remove({ ...book, key: { id: work.id } });
  expect(await marksOf(book)).toEqual([null, null]);
});

it("neither finds nor touches another customer's address (SEC-65)", async () => {
  const [ann, ben] = [await aBook(), await aBook()];
  const { address } = await addresses.add({ ...ann, address: { city: 'Graz' }, marksFirst: true });
  const { id, number } = address;

  for (const key of [{ id }, { number }]) {
    await expect(addresses.update({ ...ben, key, change: () => ({ city: 'Linz' }) })).rejects.toMatchObject({
      code: 'ADDRESS_NOT_FOUND',
    });
    await expect(addresses.remove({ ...ben, key })).rejects.toMatchObject({ code: 'ADDRESS_NOT_FOUND' });
    await expect(addresses.setDefault({ ...ben, key, billing: true, shipping: true })).rejects.toMatchObject({
      code: 'ADDRESS_NOT_FOUND',
    });
  }
  expect(await marksOf(ann)).toEqual([null, id]);
  expect(await marksOf(ben)).toEqual([null, null]);
});

it('adds an address once, of however many that come at the same time', async () => {
  const book = await aBook();
  const address = { city: 'Graz', lines: ['Hauptplatz 1'] };

  const tries = await Promise.allSettled(
    Array.from({ length: 8 }, () => addresses.add({ ...book, address, unique: true })),
  );

  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(tries.filter((one) => one.status === 'rejected' && one.reason.code === 'ADDRESS_EXISTS')).toHaveLength(7);
});

it('holds at most 250 addresses for a customer', async () => {
  const book = await aBook();
  for (let count = 0; count < 250; count += 1) await addresses.add({ ...book, address: { city: `Town ${count}` } });

  await expect(addresses.add({ ...book, address: { city: 'One too many' } })).rejects.toMatchObject({
    code: 'ADDRESSES_FULL',
    details: { maximum: 250 },
  });
});

it('changes a profile in part, and lets nobody have the number of another customer', async () => {
  const [ann, ben] = [await app.aCustomer(), await app.aCustomer()];
  const store = app.get(StoreDirectory).defaultStore;
  const update = async (id: number, changes: object): Promise<unknown> => {
    const customer = await customers.findById(id);
    if (!customer) throw new Error('no customer');
    return app.get(ProfileService).update({ customer, changes, uniquePhone: true, store, trail: ownTrail });
  };

  await update(ann.id, { phone: '+16135550199', attributes: { adobe: { custom: { size: 'L' } } } });
  await update(ann.id, { lastName: null, attributes: {} });
  await expect(update(ben.id, { firstName: 'Benjamin', phone: '+16135550199' })).rejects.toMatchObject({
    code: 'PHONE_TAKEN',
  });

  expect(await customers.findById(ann.id)).toMatchObject({
    firstName: 'Ann',
    lastName: null,
    phone: '+16135550199',
    attributes: { adobe: { custom: { size: 'L' } } },
  });
  expect(await customers.findById(ben.id)).toMatchObject({ firstName: 'Ann', phone: null });
});
