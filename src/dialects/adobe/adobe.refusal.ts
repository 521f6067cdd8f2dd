import { ToldError } from '#lib/scoped-mercurius';

export type AdobeCategory =
  | 'graphql-input'
  | 'graphql-authentication'
  | 'graphql-authorization'
  | 'graphql-no-such-entity'
  | 'graphql-already-exists';

/** One thing that is wrong, as a template; GraphQL tells it filled in, REST raw with its parameters. */
export interface AdobeProblem {
  readonly message: string;
  /** By place (`%1`) or by name (`%fieldName`); absent: the message has no gaps. */
  readonly parameters?: readonly string[] | Readonly<Record<string, string | number>>;
}

/** A refusal in the vendor's words. */
export interface AdobeRefusal extends AdobeProblem {
  readonly category: AdobeCategory;
  /** What is wrong besides; told as errors of their own. */
  readonly also?: readonly AdobeProblem[];
}

/** What a refusal asks of the answer as a whole; absent: by category. */
export interface AdobeAnswer {
  readonly status?: 400 | 401 | 404 | 503;
  readonly retryAfterSeconds?: number;
}

/** A refusal on its way to the answer. */
export class AdobeError extends ToldError {
  constructor(
    readonly refusal: AdobeRefusal,
    readonly answer: AdobeAnswer = {},
  ) {
    super(filled(refusal), { extensions: { category: refusal.category } });
  }
}

export function input(message: string, parameters?: AdobeProblem['parameters']): AdobeRefusal {
  return { message, category: 'graphql-input', ...(parameters ? { parameters } : {}) };
}

export const authentication = (message: string): AdobeRefusal => ({ message, category: 'graphql-authentication' });
export const authorization = (message: string): AdobeRefusal => ({ message, category: 'graphql-authorization' });

/** The text with its gaps filled. */
export function filled({ message, parameters }: AdobeProblem): string {
  if (!parameters) return message;
  const values: Readonly<Record<string, string | number>> = isList(parameters)
    ? Object.fromEntries(parameters.map((value, at) => [at + 1, value]))
    : parameters;
  return message.replace(/%(\w+)/g, (gap, name: string) => String(values[name] ?? gap));
}

function isList(parameters: NonNullable<AdobeProblem['parameters']>): parameters is readonly string[] {
  return Array.isArray(parameters);
}
