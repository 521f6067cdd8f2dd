/** Every fault of a lock file, in words. */
export function lockFaults(lock: object): string[];
