const PATIENCE_MS = 60_000;

/** Waits for something outside of this process, but not for ever. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (performance.now() >= end) throw new Error(`it has not come to pass: ${isSo.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
