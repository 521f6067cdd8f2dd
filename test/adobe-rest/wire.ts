import { anAddress } from '../adobe/wire.js';
import type { Answer, TestApp } from '../support/test-app.js';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** A request of a client, on a network of its own. */
export type Call = (method: Method, path: string, body?: unknown) => Promise<Answer>;

export const INTEGRATION = 'demo-adobe-integration-token';
export const UNAUTHORIZED = "The consumer isn't authorized to access %resources.";
export const REQUIRED = '"%fieldName" is required. Enter and try again.';
export const SEVERAL = 'One or more input exceptions have occurred.';
export const NO_ENTITY = 'No such entity with %fieldName = %fieldValue';
export const NO_ENTITY_2 = 'No such entity with %fieldName = %fieldValue, %field2Name = %field2Value';

/** Calls below `/rest/V1`, with a Bearer token where there is one. */
export function callerOf(app: TestApp, token?: string, headers: Record<string, string> = {}): Call {
  const authorization: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return (method, path, body) =>
    app.request({
      method,
      url: path.startsWith('/rest') ? path : `/rest/V1/${path}`,
      headers: { ...authorization, ...headers },
      from: anAddress(),
      ...(body === undefined ? {} : { body }),
    });
}

/** A token of the demo setup's administrator. */
export async function adminToken(app: TestApp): Promise<string> {
  const body = { username: 'demo-admin', password: 'demo-admin-password-1' };
  const answer = await callerOf(app)('POST', 'integration/admin/token', body);
  if (typeof answer.body !== 'string') throw new Error(`no token: ${answer.text}`);
  return answer.body;
}

export function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64').toString()) as Record<string, unknown>;
}

/** What is refused for several fields at once. */
export function several(...problems: readonly (readonly [string, object?])[]): object {
  const errors = problems.map(([message, parameters]) => ({ message, ...(parameters ? { parameters } : {}) }));
  return { message: SEVERAL, errors };
}

export const missing = (fieldName: string): object => ({ message: REQUIRED, parameters: { fieldName } });
