/** A mail ready to go out. Addresses are apart from names and validated, never header text (SEC-16). */
export interface OutgoingMail {
  readonly id: number;
  readonly from: { readonly name: string; readonly address: string };
  /** The one recipient (SEC-74). */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A refusal that trying again will not change: this recipient is not accepted. */
export class RecipientRefused extends Error {
  override readonly name = 'RecipientRefused';
}

/** Port: hands a mail to the world. Returning means that it was accepted. */
export abstract class MailTransport {
  /** @throws RecipientRefused for good; any other error: try again later */
  abstract send(mail: OutgoingMail): Promise<void>;
}
