export const chromium: string;
export const hasChromium: boolean;
export function leftOut(database?: string, browser?: boolean): string[];
