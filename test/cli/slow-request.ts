import { Agent, request, type RequestOptions } from 'node:http';

/** A request that the server has accepted and whose body is still to come. */
export interface SlowRequest {
  /** Sends the body; the answer's status. */
  finish(): Promise<number>;
  /** Closes the connection, if the server has not. */
  close(): void;
}

/** Asks for something slowly, through a connection that the client wants to keep, as load balancers do. */
export async function slowRequest(url: string, authorization: string, body: object): Promise<SlowRequest> {
  const text = JSON.stringify(body);
  const agent = new Agent({ keepAlive: true, timeout: 60_000 });
  const headers = { authorization, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  const options: RequestOptions = { method: 'POST', agent, headers: { ...headers, expect: '100-continue' } };
  const sent = request(url, options);
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
