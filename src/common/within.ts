/** What reads find, or null when the database refuses or does not answer in time: probes must answer whatever it does. */
export async function within<T>(milliseconds: number, reads: () => Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), milliseconds);
  });
  try {
    return await Promise.race([reads().catch(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
}
