import type { Answer, TestApp } from '../support/test-app.js';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const MAX_REDIRECTS = 3;
/** What is longer, browsers leave aside, and keep the older one of that name. */
const MAX_COOKIE = 4096;

let visitors = 0;

type Fields = Readonly<Record<string, string>>;

/** Somebody with a browser: keeps cookies, follows redirects, sends the form that is open. Each has an own network. */
export class Visitor {
  readonly cookies = new Map<string, string>();
  readonly from: string;
  /** Where redirects led, the first address first. */
  readonly path: string[] = [];
  /** The page that is open. */
  page: Answer;

  constructor(
    private readonly app: Pick<TestApp, 'request'>,
    from?: string,
  ) {
    visitors += 1;
    this.from = from ?? `10.0.${visitors >> 8}.${visitors & 255}`;
  }

  /** Opens an address, of a mail too, and what it redirects to. */
  async open(address: string, headers: Record<string, string> = {}): Promise<Answer> {
    const { pathname, search } = new URL(address, 'http://localhost:3000');
    this.path.length = 0;
    let url = pathname + search;
    for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
      this.path.push(url);
      const answer = await this.request('GET', url, headers);
      const { location } = answer.headers;
      if (typeof location !== 'string') return (this.page = answer);
      url = location;
    }
    throw new Error(`too many redirects: ${this.path.join(', ')}`);
  }

  /** One request without following anything. */
  async request(method: 'GET' | 'HEAD', url: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.kept(
      await this.app.request({ method, url, headers: { ...this.cookieHeader, ...headers }, from: this.from }),
    );
  }

  /** Sends the open form with its hidden fields; an answer of another kind than a page stays open instead of it. */
  async send(fields: Fields): Promise<Answer> {
    const { action, hidden } = formIn(this.page.text);
    return (this.page = await this.post(action, encoded({ ...hidden, ...fields })));
  }

  /** Sends any body anywhere, with the cookies; the open page stays. */
  async post(url: string, body: string, headers: Record<string, string> = FORM): Promise<Answer> {
    const all = { ...this.cookieHeader, ...headers };
    return this.kept(await this.app.request({ method: 'POST', url, headers: all, body, from: this.from }));
  }

  /** The token of the open form. */
  get csrf(): string {
    return formIn(this.page.text).hidden['csrf'] ?? '';
  }

  private get cookieHeader(): Record<string, string> {
    const pairs = [...this.cookies].map(([name, value]) => `${name}=${value}`);
    return pairs.length > 0 ? { cookie: pairs.join('; ') } : {};
  }

  private kept(answer: Answer): Answer {
    for (const cookie of cookiesOf(answer)) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (/Max-Age=0\b/.test(cookie)) this.cookies.delete(name);
      else if (name.length + value.length <= MAX_COOKIE) this.cookies.set(name, value);
    }
    return answer;
  }
}

/** Every `Set-Cookie` of an answer. */
export function cookiesOf({ headers }: Answer): string[] {
  return [headers['set-cookie'] ?? []].flat().map(String);
}

export function encoded(fields: Fields): string {
  return new URLSearchParams(fields).toString();
}

/** A text with another character in one place. */
export function altered(text: string, at: number): string {
  return text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
}

/** What a page says, without its markup. */
export function said({ text }: Answer): string {
  const body = text.replace(/[^]*<main>/, '');
  return body
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** What stays the same when the same thing is answered again: all but date, request id, token and cookie. */
export function comparable({ status, headers, text }: Answer): unknown {
  const { date: _date, 'x-request-id': _id, ...rest } = headers;
  return JSON.parse(
    JSON.stringify({ status, rest, text })
      .replace(/(keyturn-\w+=)[\w-]{40,}/g, '$1…')
      .replace(/(name=\\"csrf\\" value=\\")[\w-]+/g, '$1…'),
  );
}

function formIn(html: string): { readonly action: string; readonly hidden: Fields } {
  const action = /<form method="post" action="([^"]*)"/.exec(html)?.[1];
  if (action === undefined) throw new Error(`no form in: ${html.slice(0, 2000)}`);
  const inputs = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
  return {
    action: unescaped(action),
    hidden: Object.fromEntries(inputs.map(([, name, value]) => [name, unescaped(value ?? '')])),
  };
}

function unescaped(text: string): string {
  return text
    .replace(/&#x3D;/g, '=')
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
