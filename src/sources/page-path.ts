/** The path of a url or of a path, without query and trailing slash; hash routes stay. */
export function normalPath(urlOrPath: string): string {
  if (!URL.canParse(urlOrPath, 'http://page')) return urlOrPath;
  const url = new URL(urlOrPath, 'http://page');
  const path = url.pathname.replace(/(?<=.)\/$/, '');
  return /^#!?\//.test(url.hash) ? `${path}${url.hash}` : path;
}
