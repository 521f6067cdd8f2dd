const OLDEST = '2025-10';
const NEWEST = '2026-10';
export const UNSTABLE = 'unstable';

/** Where the schema is mounted; the version is any text here, so that a wrong one is refused in the vendor's words. */
export const STOREFRONT_PATH = '/api/:version/graphql.json';
export const ADMIN_PATH = `/admin${STOREFRONT_PATH}`;

const ALIAS = /^(\/admin)?\/api(?:\/([^/?]+))?\/graphql(?:\.json)?\/?(?=\?|$)/;
const VERSION = /^\d{4}-(?:01|04|07|10)$/;

/** The one path of each schema behind all that clients use: with or without version and `.json`. Other URLs stay as they are. */
export function shopifyPath(url: string): string {
  return url.replace(
    ALIAS,
    (_whole, admin: string | undefined, version: string | undefined) =>
      `${admin ?? ''}/api/${version ?? OLDEST}/graphql.json`,
  );
}

/**
 * The version that answers a request to a path of `shopifyPath`: one that is too old or too new is served as the
 * oldest or newest; null for what is no version.
 */
export function servedVersion(url: string): string | null {
  const version = ALIAS.exec(url)?.[2] ?? '';
  if (version === UNSTABLE) return UNSTABLE;
  if (!VERSION.test(version)) return null;
  if (version < OLDEST) return OLDEST;
  return version > NEWEST ? NEWEST : version;
}

/** Every version that is served as itself, the oldest first. */
export function servedVersions(): string[] {
  const versions: string[] = [];
  for (let [year = 0, month = 0] = numbersIn(OLDEST); ; [year, month] = after(year, month)) {
    const version = `${year}-${String(month).padStart(2, '0')}`;
    versions.push(version);
    if (version === NEWEST) return [...versions, UNSTABLE];
  }
}

function numbersIn(version: string): number[] {
  return version.split('-').map(Number);
}

/** The vendor makes a version each quarter. */
function after(year: number, month: number): [number, number] {
  return month === 10 ? [year + 1, 1] : [year, month + 3];
}
