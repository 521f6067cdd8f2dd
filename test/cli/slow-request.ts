import { Agent, request } from 'node:http';

/** A request that the server has accepted and whose body is still to come. */
export interface SlowRequest {
  /** Sends the body; the answer's status. */
  finish(): Promise<number>;
  /** Closes the connection, if the server has not. */
  close(): void;
}

interface Call {
  readonly url: string;
  readonly token: string;
  /** Whether the client wants to keep the connection, as load balancers do. */
  readonly keepAlive: boolean;
}

export async function slowRequest({ url, token, keepAlive }: Call, body: object): Promise<SlowRequest> {
  const text = JSON.stringify(body);
  const agent = new Agent({ keepAlive, timeout: 60_000 });
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    expect: '100-continue',
  };
  const sent = request(url, { method: 'POST', agent, headers });
  const answered = new Promise<number>((resolve, reject) => {
    sent.once('error', reject);
    sent.once('response', (response) => {
      response.resume();
      response.once('end', () => resolve(Number(response.statusCode)));
    });
  });
  const accepted = new Promise((resolve) => sent.once('continue', resolve));
  sent.flushHeaders();
  await accepted;
  return {
    finish: () => {
      sent.end(text);
      return answered;
    },
    close: () => agent.destroy(),
  };
}
