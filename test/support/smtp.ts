import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
}

/** A real SMTP server in a process of its own. */
export class SmtpProcess {
  readonly mails: ReceivedMail[] = [];

  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {}

  static async start(): Promise<SmtpProcess> {
    const child = spawn(process.execPath, [join(process.cwd(), 'test/support/smtp-server.mjs')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout });
    const port = await new Promise<number>((resolve) => lines.once('line', (line) => resolve(Number(line))));
    const server = new SmtpProcess(child, port);
    lines.on('line', (line) => server.mails.push(JSON.parse(line)));
    return server;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill();
    await ended;
  }
}
