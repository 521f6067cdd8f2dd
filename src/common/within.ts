/** What work answers, or null when it fails or takes longer; it goes on then, and nobody hears of it. */
export function within<T>(milliseconds: number, work: () => Promise<T>): Promise<T | null> {
  return new Promise((resolve) => {
    const working = work();
    const timer = setTimeout(() => resolve(null), milliseconds);
    const end = (result: T | null): void => {
      clearTimeout(timer);
      resolve(result);
    };
    working.then(end, () => end(null));
  });
}
