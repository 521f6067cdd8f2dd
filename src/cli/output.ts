/** What a command prints: lines for people, or one JSON document for scripts. */
export class Output {
  constructor(private readonly json: boolean) {}

  print(data: object, lines: readonly string[]): void {
    process.stdout.write(this.json ? `${JSON.stringify(data)}\n` : lines.map((line) => `${line}\n`).join(''));
  }

  fail(message: string): void {
    process.stderr.write(this.json ? `${JSON.stringify({ error: message })}\n` : `${message}\n`);
  }
}
