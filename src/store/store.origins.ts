import type { Store } from './store.entity.js';

/**
 * Origins of the pages that may read a store's answers (SEC-9): those that the setup lists, `*` among them, else that of
 * the storefront.
 */
export function originsOf({ settings, storefrontUrl }: Store, publicUrl: string): string[] {
  const listed = settings.origins ?? [storefrontUrl ?? publicUrl];
  return listed.map((url) => (url === '*' ? url : new URL(url).origin));
}
