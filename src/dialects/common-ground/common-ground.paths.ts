const ALIAS = /^\/cg\/admin\/graphql\/graphql(?=\/?(?:\?|$))/;

/** The admin surface also answers at the path of the vendor's newer host. */
export function commonGroundPath(url: string): string {
  return url.replace(ALIAS, '/cg/admin/graphql');
}
