import { SMTPServer } from 'smtp-server';

/** An SMTP server of its own, which keeps what it gets. */
export class MailServer {
  /** Recipients and text parts, decoded. */
  readonly mails: { readonly to: string; readonly text: string }[] = [];
  /** What it waits for before it says that it has taken a mail. */
  accepting: Promise<unknown> = Promise.resolve();
  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, { envelope }, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const text = textIn(Buffer.concat(parts).toString());
        for (const { address } of envelope.rcptTo) this.mails.push({ to: address, text });
        void this.accepting.then(() => done());
      });
    },
  });

  get texts(): string[] {
    return this.mails.map(({ text }) => text);
  }

  /** The URL to send through. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `smtp://127.0.0.1:${(this.server.server.address() as { port: number }).port}`;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(resolve));
  }
}

function textIn(mail: string): string {
  const [, encoded = ''] = /Content-Type: text\/plain[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/.exec(mail) ?? [];
  return Buffer.from(encoded, 'base64').toString();
}
