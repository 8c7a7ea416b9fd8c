/**
 * The address of an entry of the app router: `/shop/[id]` for `/(store)/shop/@main/[id]/page`.
 * Null for layouts and handlers, which are no pages.
 */
export function routeOf(entry: string | undefined): string | null {
  if (entry === undefined || !/(?:^|\/)page$/.test(entry)) return null;
  const parts = entry.split('/').slice(0, -1).filter(isVisible);
  return `/${parts.join('/')}`;
}

/** Groups and slots are folders of the source only; `(.)photo` is an address. */
function isVisible(part: string): boolean {
  return part !== '' && !part.startsWith('@') && !/^\([^.)]+\)$/.test(part);
}

/** The entries that stand around one: `/layout`, `/shop/layout` for `/shop/page`. */
export function layoutsOf(entry: string): string[] {
  const folders = entry.split('/').slice(0, -1);
  return folders.flatMap((_, index) => {
    const folder = folders.slice(0, index + 1).join('/');
    return [`${folder}/layout`, `${folder}/template`];
  });
}
