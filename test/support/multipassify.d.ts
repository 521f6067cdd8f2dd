declare module 'multipassify' {
  /** Makes tokens as storefronts do. */
  export default class Multipassify {
    constructor(secret: string);
    /** Stamps the data with the time of the system. */
    encode(customer: Record<string, unknown>): string;
    /** The nonce and the encrypted text. */
    encrypt(text: string): Buffer;
    sign(body: Buffer): Buffer;
  }
}
