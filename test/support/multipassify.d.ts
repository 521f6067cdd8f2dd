declare module 'multipassify' {
  /** Makes tokens as storefronts do; it stamps them with the time of the system. */
  export default class Multipassify {
    constructor(secret: string);
    encode(customer: Record<string, unknown>): string;
  }
}
