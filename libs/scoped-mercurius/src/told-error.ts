import { GraphQLError, type GraphQLErrorOptions } from 'graphql';

/**
 * An error that an answer tells its client. It has no stack: nobody looks for it in the code, and collecting the two that
 * GraphQLError collects was a fifth of the work of a refused sign-in. What is a fault of ours is not one of these.
 */
export class ToldError extends GraphQLError {
  constructor(message: string, options?: GraphQLErrorOptions) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
      super(message, options);
    } finally {
      Error.stackTraceLimit = limit;
    }
  }
}
