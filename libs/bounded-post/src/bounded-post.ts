import { PostError } from './post-error.js';

/** A request to another server, and how much of it is waited for. */
export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** For all of it, from connecting to the last byte. */
  readonly timeoutMs: number;
  /** Of the answer's body, unpacked. */
  readonly maxBytes: number;
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
export async function boundedPost({ url, headers, body, timeoutMs, maxBytes }: Post): Promise<Posted> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
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
