import { connect } from 'node:net';
import { freePort } from '../support/free-port.js';
import { TestApp } from '../support/test-app.js';

let app: TestApp;
let port: number;

beforeAll(async () => {
  port = await freePort();
  app = await TestApp.startOwn({ PUBLIC_URL: `http://127.0.0.1:${port}` });
  await app.listen();
});

afterAll(() => app.stop());

/** What the server says to these bytes until it hangs up. */
function answerTo(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (part) => (answer += part.toString()));
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}

const TWO_LENGTHS = 'Content-Type: application/json\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n';

it.each([
  ['no HTTP', 'HELLO\r\n\r\n', '400 Bad Request'],
  ['a body of two lengths', `POST /graphql HTTP/1.1\r\nHost: x\r\n${TWO_LENGTHS}\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n`, '400 Bad Request'],
  ['a header with a NUL', 'GET /account/recover HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n', '400 Bad Request'],
  ['headers of more than 16 KiB', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(17_000)}\r\n\r\n`, '431 Request Header Fields Too Large'],
])('answers %s in its own words, once, and lets nobody keep the answer (SEC-3, SEC-8)', async (_what, bytes, status) => {
  const answer = await answerTo(bytes);

  const [head = '', body = ''] = answer.split('\r\n\r\n');
  expect(head.split('\r\n').sort()).toEqual(
    [
      `HTTP/1.1 ${status}`,
      ...['Cache-Control: no-store', 'Referrer-Policy: no-referrer', 'X-Content-Type-Options: nosniff'],
      ...['Connection: close', `Content-Length: ${body.length}`, 'Content-Type: application/problem+json'],
    ].sort(),
  );
  expect(JSON.parse(body)).toEqual({ type: 'about:blank', status: Number(status.slice(0, 3)), title: status.slice(4) });
  expect(app.logged.filter((line) => line.includes('"level":50'))).toEqual([]);
}); // prettier-ignore
