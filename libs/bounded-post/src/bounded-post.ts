import { PostError } from './post-error.js';

/** A question to another server, and how much of its answer is waited for. */
export interface Get {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** For all of it, from connecting to the last byte. */
  readonly timeoutMs: number;
  /** Of the answer's body, unpacked. */
  readonly maxBytes: number;
}

export interface Post extends Get {
  readonly body: string;
}

/** An answer of whatever status but a redirect. */
export interface Posted {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/**
 * Posts to another server within a time and a size. Redirects are not followed: a token that was meant for one server
 * would go to another.
 *
 * @throws PostError and nothing else
 */
export function boundedPost({ body, ...question }: Post): Promise<Posted> {
  return bounded(question, { method: 'POST', body });
}

/** As `boundedPost`, but asks only. @throws PostError and nothing else */
export function boundedGet(question: Get): Promise<Posted> {
  return bounded(question, { method: 'GET' });
}

async function bounded({ url, headers, timeoutMs, maxBytes }: Get, init: RequestInit): Promise<Posted> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await fetch(url, { ...init, headers, redirect: 'manual', signal });
    if (answer.status >= 300 && answer.status < 400) throw await discarded(answer, new PostError('redirect'));
    return { status: answer.status, headers: answer.headers, body: await bodyOf(answer, maxBytes) };
  } catch (error) {
    if (error instanceof PostError) throw error;
    throw new PostError(signal.aborted ? 'slow' : 'unreachable', error);
  }
}

async function bodyOf({ body }: Response, maxBytes: number): Promise<Buffer> {
  if (!body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new PostError('large'); // leaving the loop closes the connection
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** An error to throw once the answer's connection has been let go. */
async function discarded(answer: Response, error: PostError): Promise<PostError> {
  await answer.body?.cancel();
  return error;
}
