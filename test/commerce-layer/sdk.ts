import { CommerceLayer } from '@commercelayer/sdk/bundle';
import type { TestApp } from '../support/test-app.js';

export type Sdk = ReturnType<typeof CommerceLayer>;

/** What the vendor's client throws. */
export interface SdkError {
  readonly status: number;
  readonly errors: readonly { readonly code: string; readonly detail: string; readonly source?: object }[];
}

let network = 0;

/** A `fetch` that leads to the application in this process, and writes down where the client wanted to go. */
export function fetchInto(app: TestApp, asked: string[] = []): typeof fetch {
  return async (input, init) => {
    const url = new URL(typeof input === 'string' ? input : 'url' in input ? input.url : input.href);
    asked.push(url.href);
    network += 1;
    const { status, headers, text } = await app.request({
      method: (init?.method ?? 'GET') as 'GET',
      url: url.pathname + url.search,
      headers: Object.fromEntries(new Headers(init?.headers).entries()),
      from: `198.18.${Math.floor(network / 250)}.${(network % 250) + 1}`,
      ...(typeof init?.body === 'string' ? { body: init.body } : {}),
    });
    const shown = Object.entries(headers).map(([name, value]) => [name, String(value)] as [string, string]);
    return new Response(status === 204 ? null : text, { status, headers: shown });
  };
}

/**
 * The vendor's client, pointed at the application by its `fetch` option. The domain is named, because the client would
 * take the token's issuer for one, and that of development is not of the form that it expects.
 */
export function sdkFor(app: TestApp, accessToken: string): Sdk {
  return CommerceLayer({ organization: 'demo', domain: 'keyturn.test', accessToken, fetch: fetchInto(app) });
}

/** The refusal that a call ends in. */
export async function refusalOf(call: Promise<unknown>): Promise<SdkError> {
  try {
    await call;
  } catch (error) {
    return error as SdkError;
  }
  throw new Error('it was not refused');
}

/** One member of each resource of a list, as text; the client's own lists are no plain arrays. */
export function each(list: Iterable<object>, name: string): string[] {
  return Array.from(list, (one) => String(Reflect.get(one, name)));
}
