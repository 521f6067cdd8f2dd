/** Why there is no answer that can be used. */
export type PostFault = 'unreachable' | 'slow' | 'large' | 'redirect';

/** The other server did not answer, or not in a way that is taken. */
export class PostError extends Error {
  override readonly name = 'PostError';

  constructor(
    readonly fault: PostFault,
    cause?: unknown,
  ) {
    super(`no usable answer: ${fault}`, { cause });
  }
}

/** Nobody was asked: the name leads to an address that may not be. */
export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
}
