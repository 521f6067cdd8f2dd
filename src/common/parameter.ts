/** A value bound to a statement of our own. Never an object or array from outside (SEC-67). */
export type Parameter = string | number | boolean | Date | Buffer | null;

/** What a row must be, by the entity's properties; never from outside without its type checked (SEC-67). */
export type Equalities<E> = { readonly [Property in keyof E & string]?: Exclude<Parameter, null> };
