import { createServer, type Server, type Socket } from 'node:net';

/** hangs: greets nobody. drops: takes a mail and closes. stalls: takes a mail and never says so. */
export type Trouble = 'none' | 'hangs' | 'drops' | 'stalls';

/** An SMTP server that misbehaves at will. Recipients named `busy…` are refused for now, `refused…` for good. */
export class TroubledMailServer {
  trouble: Trouble = 'none';
  /** Recipients of the mails that came in whole, with what was in them. */
  readonly mails: { readonly to: string; readonly text: string }[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly server: Server = createServer((socket) => this.serve(socket));
  private port = 0;

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  /** At the same port each time. */
  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
    const address = this.server.address();
    this.port = typeof address === 'object' && address ? address.port : 0;
  }

  /** From now on connections are refused. */
  async stop(): Promise<void> {
    this.hangUp();
    if (this.server.listening) await new Promise((resolve) => this.server.close(resolve));
  }

  hangUp(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  to(address: string): string[] {
    return this.mails.filter(({ to }) => to === address).map(({ text }) => text);
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket));
    if (this.trouble === 'hangs') return;
    socket.write('220 ready\r\n');
    let input = '';
    let to = '';
    socket.on('data', (data) => {
      input += String(data);
      for (let end = endOf(input, to); end > 0; end = endOf(input, to)) {
        const piece = input.slice(0, end);
        input = input.slice(end);
        to = this.answer(socket, piece, to);
      }
    });
  }

  /** Answers a command, or a mail after DATA; returns what follows: a recipient behind `DATA` is one. */
  private answer(socket: Socket, piece: string, to: string): string {
    if (to.startsWith(IN_DATA)) return this.take(socket, piece, to.slice(IN_DATA.length));
    const recipient = /^RCPT TO:<([^>]*)>/i.exec(piece)?.[1];
    if (recipient !== undefined) {
      socket.write(replyTo(recipient));
      return recipient;
    }
    if (/^DATA/i.test(piece)) {
      socket.write('354 go on\r\n');
      return IN_DATA + to;
    }
    socket.write('250 ok\r\n');
    return to;
  }

  private take(socket: Socket, mail: string, to: string): string {
    const [, encoded = ''] = /Content-Type: text\/plain[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/.exec(mail) ?? [];
    this.mails.push({ to, text: Buffer.from(encoded, 'base64').toString() });
    if (this.trouble === 'drops') socket.destroy();
    if (this.trouble === 'none') socket.write('250 taken\r\n');
    return '';
  }
}

const IN_DATA = 'DATA ';
const MAIL_END = '\r\n.\r\n';

function endOf(input: string, to: string): number {
  const end = to.startsWith(IN_DATA) ? MAIL_END : '\r\n';
  const at = input.indexOf(end);
  return at < 0 ? 0 : at + end.length;
}

function replyTo(recipient: string): string {
  if (recipient.startsWith('busy')) return '451 come back\r\n';
  return recipient.startsWith('refused') ? '550 no such mailbox\r\n' : '250 ok\r\n';
}
