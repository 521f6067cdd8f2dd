import { TestApp } from '../support/test-app.js';
import { anAddress, multipassOf, signIn } from './multipass.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

it.each(['//evil.example', '/\\\\evil.example', 'javascript:alert(1)', 'https://a@evil.example/', '/////evil.example'])(
  'follows no return_to, and shows it nowhere: %s (SEC-60)',
  async (return_to) => {
    const { status, headers, text } = await signIn(app, multipassOf(app, { email: anAddress(), return_to }));

    expect([status, headers['location'], headers['refresh']]).toEqual([200, undefined, undefined]);
    expect(text).not.toMatch(/evil|javascript/);
  },
);
