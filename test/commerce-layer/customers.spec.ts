import { TestApp } from '../support/test-app.js';
import { CommerceLayerClient } from './wire.js';

let app: TestApp;
let cl: CommerceLayerClient;
let integration: string;

beforeAll(async () => {
  app = await TestApp.start();
  cl = new CommerceLayerClient(app);
  integration = await cl.integration();
});

afterAll(() => app.stop());

it('smoke', async () => {
  const made = await cl.call('POST', 'customers', integration, {
    type: 'customers',
    attributes: { email: 'jo@example.com', password: 'a good password', metadata: { first_name: 'Jo', x: 1 } },
    relationships: {},
  });
  console.log(JSON.stringify(made.body, null, 1));
  const listed = await cl.call(
    'GET',
    'customers?filter[q][email_or_reference_cont]=jo&filter[q][metadata_jcont]={"x":1}&include=customer_group,tags,orders&sort=-created_at&page[number]=1&fields[customers]=email,tags',
    integration,
  );
  console.log(JSON.stringify(listed.body, null, 1));
  console.log(app.logged.filter((l) => l.includes('"level":50')).join('\n'));
});
