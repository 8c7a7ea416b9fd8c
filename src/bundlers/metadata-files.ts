import type { Host } from '../model/host.ts';
import type { BundlerRequest } from './bundler.ts';

/** Metadata stands at the top of an output folder: looked for in as many, the outer ones first. */
const MOST_FOLDERS = 50;
/** Metadata files read at most. */
const MOST_FILES = 20;

/** All names that bundlers' metadata is known by, so that nothing else is ever read. */
const KNOWN = [
  // webpack, rspack, Angular, Turbopack: `webpack-stats.json`, `stats.client.json`
  /(?:^|[-_.])stats(?:[-_.][\w.-]*)?\.json$/i,
  // Vite; plugins of webpack, Laravel Mix, gulp-rev
  /^(?:(?:asset|vite|mix|rev)-)?manifest(?:[-_.][\w.-]*)?\.json$/i,
  // Next.js
  /^(?:app-build|build|react-loadable)-manifest\.json$/,
  // esbuild, tsup: `metafile-esm.json`, `esbuild-meta.json`
  /(?:^|[-_.])(?:meta|metafile)(?:[-_.][\w.-]*)?\.json$/i,
];
/** Folders inside of an output folder, or beside it, that hold nothing else. */
const INNER: Readonly<Record<string, readonly string[]>> = {
  '.vite': ['.vite'],
  '.next': ['.next', '.next/diagnostics'],
  diagnostics: ['diagnostics'],
};

/**
 * Paths, in key form, of files that are called as bundlers call their metadata. Costs a listing of
 * each folder, and nothing is read.
 */
export async function metadataFiles(
  { folders, root }: BundlerRequest,
  host: Host,
): Promise<string[]> {
  const outer = [...new Set(['', ...folders])].sort(byDepth).slice(0, MOST_FOLDERS);
  const found = await Promise.all(outer.map((folder) => filesIn(folder, root, host)));
  const files = [...new Set(found.flat())].sort(byDepth).slice(0, MOST_FILES);
  return [...files, ...(await clientManifests(files, root, host))];
}

/** One for each route of Next.js; only Turbopack's stats leave stylesheets out. */
const CLIENT_MANIFESTS = 'server/app/**/page_client-reference-manifest.js';
const MOST_ROUTES = 500;

async function clientManifests(
  files: readonly string[],
  root: string,
  host: Host,
): Promise<string[]> {
  const stats = files.find((path) => path.endsWith('diagnostics/route-bundle-stats.json'));
  if (stats === undefined) return [];
  const folder = stats.slice(0, -'diagnostics/route-bundle-stats.json'.length);
  const found = await host.glob([CLIENT_MANIFESTS], host.resolve(root, folder));
  return found
    .map(({ path }) => folder + path)
    .sort()
    .slice(0, MOST_ROUTES);
}

async function filesIn(folder: string, root: string, host: Host): Promise<string[]> {
  const names = await host.list(host.resolve(root, folder));
  const inner = names.flatMap((name) => (Object.hasOwn(INNER, name) ? (INNER[name] ?? []) : []));
  const deeper = await Promise.all(
    inner.map(async (name) =>
      (await host.list(host.resolve(root, joined(folder, name)))).map((file) => `${name}/${file}`),
    ),
  );
  return [...names, ...deeper.flat()].filter(isKnown).map((path) => joined(folder, path));
}

function isKnown(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return KNOWN.some((pattern) => pattern.test(name));
}

function joined(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

function byDepth(left: string, right: string): number {
  const depths = left.split('/').length - right.split('/').length;
  return depths !== 0 ? depths : left < right ? -1 : 1;
}
