import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';

const ADMIN = { authorization: 'Bearer demo-admin-token' };

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
});

afterAll(() => app.stop());

function call(
  method: 'GET' | 'PATCH' | 'DELETE',
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return app.request({ method, url: `/admin/v1${path}`, headers: { ...ADMIN, ...headers }, body });
}

async function etagOf({ number }: TestCustomer): Promise<string> {
  return String((await call('GET', `/customers/${number}`)).headers['etag']);
}

describe('PATCH /customers/{number}', () => {
  const patch = async (ann: TestCustomer, body: object, tag?: string): Promise<Answer> =>
    call('PATCH', `/customers/${ann.number}`, body, { 'if-match': tag ?? (await etagOf(ann)) });

  it('changes what is given, and answers the record with its new version', async () => {
    const ann = await app.aCustomer({ phone: '1', tags: ['a'] });
    const before = await etagOf(ann);

    const { status, headers, body } = await patch(
      ann,
      { firstName: 'Anna', phone: null, tags: ['b', 'c'], acceptsMarketing: true },
      before,
    );

    expect(status).toBe(200);
    expect(body).toMatchObject({
      number: ann.number,
      firstName: 'Anna',
      lastName: 'Lee',
      phone: null,
      tags: ['b', 'c'],
      acceptsMarketing: true,
    });
    expect(headers['etag']).not.toBe(before);
    expect(await etagOf(ann)).toBe(headers['etag']);
  });

  it('moves a customer to another address at once, and tells both (SEC-35)', async () => {
    const ann = await app.aCustomer();
    const email = `moved-${ann.number}@example.com`;

    const { body } = await patch(ann, { email });

    expect(body.email).toBe(email);
    expect((await app.mailsTo(ann.email)).map(({ subject }) => subject)).toEqual([
      'Your e-mail address for Demo Store was changed',
    ]);
    expect((await app.mailsTo(email)).map(({ subject }) => subject)).toEqual([
      'Your e-mail address for Demo Store was changed',
    ]);
  });

  it('is refused where somebody else changed the record meanwhile, and changes nothing', async () => {
    const ann = await app.aCustomer();
    const stale = await etagOf(ann);
    await patch(ann, { firstName: 'Anna' }, stale);

    const { status, body } = await patch(ann, { firstName: 'Annabel' }, stale);

    expect([status, body.title]).toEqual([412, 'Precondition Failed']);
    expect((await call('GET', `/customers/${ann.number}`)).body.firstName).toBe('Anna');
  });

  it('lets one of many win who read the same version', async () => {
    const ann = await app.aCustomer();
    const tag = await etagOf(ann);

    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, at) => patch(ann, { firstName: `Ann ${at}` }, tag)),
    );

    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(7).fill(412)]);
  });

  it('wants to know which version was read; any will do for `*`', async () => {
    const ann = await app.aCustomer();

    const without = await call('PATCH', `/customers/${ann.number}`, { firstName: 'Anna' });
    const any = await patch(ann, { firstName: 'Anna' }, '*');

    expect([without.status, any.status]).toEqual([428, 200]);
  });

  it('does not take a sign-in for a change of the record', async () => {
    const ann = await app.aCustomer();
    const tag = await etagOf(ann);
    await app.signedIn(ann);

    expect((await patch(ann, { firstName: 'Anna' }, tag)).status).toBe(200);
  });

  it.each([
    [{ password: 'a very good password' }, /password/],
    [{ passwordHash: 'x' }, /passwordHash/],
    [{ number: 1 }, /number/],
    [{ id: 1 }, /"id"|id/],
    [{ state: 'enabled' }, /state/],
    [{ disabledBy: null }, /disabledBy/],
    [{ firstName: 7 }, /firstName/],
    [{ firstName: 'a\0b' }, /firstName/],
    [{ tags: 'a' }, /tags/],
    [{}, /says nothing/],
  ])('refuses %j (SEC-2, SEC-34)', async (body, detail) => {
    const ann = await app.aCustomer();

    const answer = await patch(ann, body);

    expect([answer.status, answer.body.title]).toEqual([400, 'Bad Request']);
    expect(answer.body.detail).toMatch(detail);
    expect((await call('GET', `/customers/${ann.number}`)).body.firstName).toBe('Ann');
  });

  it('tells a taken address, and one that is none', async () => {
    const [ann, ben] = [await app.aCustomer(), await app.aCustomer()];

    const [taken, malformed] = [await patch(ann, { email: ben.email }), await patch(ann, { email: 'nobody' })];

    expect([taken.status, malformed.status]).toEqual([409, 422]);
  });
});

describe('DELETE /customers/{number}', () => {
  it('leaves nothing of the customer, whose address is free again (SEC-80)', async () => {
    const ann = await app.aCustomer();
    const token = await app.signedIn(ann);

    const removed = await call('DELETE', `/customers/${ann.number}`);
    const again = await call('DELETE', `/customers/${ann.number}`);
    const known = await app.adobe('{customer{id}}', {}, { authorization: `Bearer ${token}` });

    expect([removed.status, removed.text, again.status, known.status]).toEqual([204, '', 404, 401]);
    expect((await app.aCustomer({ email: ann.email })).number).not.toBe(ann.number);
  });
});

describe('GET /customers', () => {
  it('pages through all, each once, also when some are made meanwhile', async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => app.aCustomer()));
    const seen: number[] = [];
    let cursor: string | null = null;

    do {
      const { body }: Answer = await call('GET', `/customers?limit=2${cursor === null ? '' : `&cursor=${cursor}`}`);
      seen.push(...(body.items as { number: number }[]).map(({ number }) => number));
      cursor = body.nextCursor as string | null;
      if (seen.length === 2) await app.aCustomer();
    } while (cursor !== null);

    expect(seen).toEqual(expect.arrayContaining(made.map(({ number }) => number)));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('reads a page in four statements, however long it is', async () => {
    await Promise.all(Array.from({ length: 3 }, () => app.aCustomer({ addresses: [{ city: 'Graz' }] })));
    await call('GET', '/customers?limit=1');
    app.statements.length = 0;

    await call('GET', '/customers?limit=100');

    expect(app.statements.filter((sql) => sql.startsWith('SELECT'))).toHaveLength(3);
  });

  it.each([
    'cursor=x',
    'cursor=Y3VzdG9tZXJzIDA',
    `cursor=${Buffer.from('events 12').toString('base64url')}`,
    'limit=0',
    'limit=101',
    'limit=-1',
    'limit=1e2',
    'page=2',
    'limit=1&limit=2',
  ])('refuses ?%s', async (query) => {
    const { status, body } = await call('GET', `/customers?${query}`);

    expect([status, body.title]).toEqual([400, 'Bad Request']);
  });

  it('narrows to a realm, and refuses one that there is not', async () => {
    const [all, none] = [
      await call('GET', '/customers?realm=default&limit=1'),
      await call('GET', '/customers?realm=nowhere'),
    ];

    expect([all.status, all.body.items.length, none.status]).toEqual([200, 1, 422]);
  });
});
