/** The path of a url or of a path, without query and trailing slash; hash routes stay. */
export function normalPath(urlOrPath: string): string {
  const url = new URL(urlOrPath, 'http://page');
  const path = url.pathname.replace(/(?<=.)\/$/, '');
  return /^#!?\//.test(url.hash) ? `${path}${url.hash}` : path;
}
