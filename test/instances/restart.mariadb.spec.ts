import { Instances, type Person } from '../cluster/instances.js';
import { until } from '../support/until.js';
import { Balancer } from './balancer.js';

jest.setTimeout(120_000);

const DELAY_SECONDS = 2;
const CLIENTS = 4;
const ASK = 'mutation($e:String!){requestPasswordResetEmail(email:$e)}';
const SIGN_IN = 'mutation($e:String!,$p:String!){generateCustomerToken(email:$e,password:$p){token}}';
const WHO = '{customer{email}}';

let keyturn: Instances;

beforeAll(async () => {
  keyturn = await Instances.startPair({}, { SHUTDOWN_DELAY_SECONDS: String(DELAY_SECONDS) });
});

afterAll(() => keyturn.stop());

/** A shopper who signs in and reads, again and again; failures are what did not succeed. */
class Shopper {
  readonly failures: string[] = [];
  successes = 0;
  private going = true;

  constructor(
    private readonly url: string,
    private readonly person: Person,
  ) {}

  async go(): Promise<void> {
    while (this.going) {
      const { email: e, password: p } = this.person;
      const token = await this.ask(SIGN_IN, { e, p }, {}, /"token":"([^"]+)"/);
      if (token) await this.ask(WHO, {}, { authorization: `Bearer ${token}` }, /"email":"([^"]+)"/);
    }
  }

  leave(): void {
    this.going = false;
  }

  /** What the wanted part of an answer is. */
  private async ask(query: string, variables: object, headers: object, wanted: RegExp): Promise<string | undefined> {
    const body = JSON.stringify({ query, variables });
    const request = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body };
    const text = await fetch(`${this.url}/graphql`, request).then((answer) => answer.text(), String);
    const found = wanted.exec(text)?.[1];
    if (found === undefined) this.failures.push(text);
    else this.successes += 1;
    return found;
  }
}

it('drops no request when one instance after the other is restarted under load', async () => {
  const balancer = await Balancer.start([0, 1].map((at) => () => keyturn.url(at)));
  await until(() => balancer.isReady(0) && balancer.isReady(1));
  const people = await Promise.all(Array.from({ length: CLIENTS }, (_, at) => keyturn.aPerson(at)));
  const shoppers = people.map((person) => new Shopper(balancer.url, person));
  const going = shoppers.map((shopper) => shopper.go());
  const codes: (number | null)[] = [];
  const given: number[] = [];

  for (const at of [0, 1]) {
    codes.push(await keyturn.end(at));
    await keyturn.startAgain(at);
    const before = balancer.given[at] ?? 0;
    await until(() => (balancer.given[at] ?? 0) > before + CLIENTS);
    given.push((balancer.given[at] ?? 0) - before);
  }
  for (const shopper of shoppers) shopper.leave();
  await Promise.all(going);
  await balancer.stop();

  expect(shoppers.flatMap(({ failures }) => failures)).toEqual([]);
  expect(codes).toEqual([0, 0]);
  expect(given.every((requests) => requests > CLIENTS)).toBe(true);
});

it('says that it is ending while it still serves, and lets go of kept connections', async () => {
  const ann = await keyturn.aPerson();
  const ready = async (): Promise<Response> => fetch(`${keyturn.url(0)}/health/ready`);

  const before = (await ready()).headers.get('connection');
  const ending = keyturn.end(0);
  await until(async () => (await ready()).status === 503);
  const last = await ready();
  const { status, body } = await keyturn.adobe(0, SIGN_IN, { e: ann.email, p: ann.password });
  const code = await ending;
  await keyturn.startAgain(0);

  expect([before, last.headers.get('connection')]).toEqual(['keep-alive', 'close']);
  expect([last.status, await last.json()]).toEqual([503, { status: 'ending' }]);
  expect([status, typeof body.data.generateCustomerToken.token, code]).toEqual([200, 'string', 0]);
  expect((await ready()).status).toBe(200);
});

it('finishes a mail that is being sent, so that it goes out once', async () => {
  const ann = await keyturn.aPerson();
  let accept = (): void => undefined;
  keyturn.mails.accepting = new Promise<void>((resolve) => (accept = resolve));
  await keyturn.adobe(0, ASK, { e: ann.email });
  await until(() => keyturn.textsTo(ann.email).length > 0);

  let code: number | null | undefined;
  const signalled = performance.now();
  void keyturn.end(0).then((ended) => (code = ended));
  await until(() => code !== undefined || performance.now() - signalled > (DELAY_SECONDS + 1) * 1000);
  const early = code;
  accept();
  await until(() => code !== undefined);
  const { body } = await keyturn.admin(1, 'GET', `/customers/${ann.number}/mails`);

  expect([early, code]).toEqual([undefined, 0]);
  expect(body.items).toMatchObject([{ status: 'sent', attempts: 1 }]);
  expect(keyturn.textsTo(ann.email)).toHaveLength(1);
});
