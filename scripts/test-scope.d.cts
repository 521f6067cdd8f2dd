export const chromium: string;
export const hasChromium: boolean;
export const redisServer: string;
export const hasRedis: boolean;
export function leftOut(database?: string, browser?: boolean, redis?: boolean): string[];
