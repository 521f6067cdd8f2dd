/** What a command prints: lines for people, or one JSON document for scripts. */
export class Output {
  constructor(private readonly json: boolean) {}

  print(data: object, lines: readonly string[]): void {
    process.stdout.write(this.json ? `${JSON.stringify(data)}\n` : lines.map((line) => `${line}\n`).join(''));
  }

  /** Says what went wrong; scripts get the faults of a list one by one as well. */
  fail(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    const faults = error instanceof Error && 'faults' in error ? error.faults : undefined;
    process.stderr.write(this.json ? `${JSON.stringify({ error: message, faults })}\n` : `${message}\n`);
  }
}
