// Is what a page is said to load what the bundler says, and what a browser does?

const isCode = (path) => /\.(js|css)$/.test(path);

/** Differences between the page of a snapshot and the bundler's facts; empty where they agree. */
export function scorePage(page, { assets }, dist) {
  if (page === undefined) return ['no page'];
  const of = (load) =>
    assets.filter((asset) => asset.load === load).map(({ file }) => `${dist}/${file}`);
  const initial = differences('initial', page.initial.filter(isCode), of('initial').filter(isCode));
  // No script names the style sheets of lazy chunks in some builds, so they are not asked for.
  const isScript = (path) => path.endsWith('.js');
  const lazy = of('lazy').filter(isScript);
  return lazy.length === 0
    ? initial
    : [...initial, ...differences('lazy', page.lazy.filter(isScript), lazy)];
}

/** The same against the paths that a browser has asked for, down to files of `dist`. */
export function scoreRequests(page, requested, dist) {
  if (page === undefined) return ['no page'];
  const loaded = requested.map((path) => `${dist}/${path}`).filter(isCode);
  return differences('browser', page.initial.filter(isCode), loaded);
}

function differences(what, said, truth) {
  const more = said.filter((path) => !truth.includes(path)).map((path) => `${what}: not ${path}`);
  const less = truth.filter((path) => !said.includes(path)).map((path) => `${what}: also ${path}`);
  return [...more, ...less];
}
