import type { Host } from '../model/host.ts';

/** What shows that a project is built by a bundler. */
interface Signs {
  /** As `format/map-options.ts` calls it. */
  readonly bundler: string;
  readonly configs: readonly string[];
  readonly packages: readonly string[];
}

/** What is built upon another bundler stands before it: a project of Vite may have esbuild, too. */
const SIGNS: readonly Signs[] = [
  { bundler: 'Next.js', configs: ['next.config'], packages: ['next'] },
  {
    bundler: 'Angular',
    configs: ['angular'],
    packages: ['@angular/build', '@angular-devkit/build-angular'],
  },
  { bundler: 'Parcel', configs: [], packages: ['parcel'] },
  { bundler: 'Vite', configs: ['vite.config'], packages: ['vite'] },
  {
    bundler: 'webpack, Rspack',
    configs: ['webpack.config', 'rspack.config'],
    packages: ['webpack', '@rspack/core'],
  },
  {
    bundler: 'Rollup, Rolldown',
    configs: ['rollup.config', 'rolldown.config'],
    packages: ['rollup', 'rolldown'],
  },
  { bundler: 'esbuild', configs: [], packages: ['esbuild'] },
];

/**
 * Which bundler a project uses, by its config file or else by what its package.json depends on; the
 * first folder that tells is believed.
 * @param folders absolute, the nearest first
 * @returns null where nothing tells
 */
export async function userBundler(folders: readonly string[], host: Host): Promise<string | null> {
  for (const folder of folders) {
    const found = await bundlerOf(folder, host);
    if (found !== null) return found;
  }
  return null;
}

async function bundlerOf(folder: string, host: Host): Promise<string | null> {
  const stems = new Set((await host.list(folder)).map(configStem));
  const configured = SIGNS.find(({ configs }) => configs.some((name) => stems.has(name)));
  if (configured !== undefined) return configured.bundler;
  const names = await dependenciesIn(folder, host);
  return SIGNS.find(({ packages }) => packages.some((name) => names.has(name)))?.bundler ?? null;
}

function configStem(name: string): string {
  return name.replace(/\.(?:[cm]?[jt]s|json)$/, '');
}

async function dependenciesIn(folder: string, host: Host): Promise<ReadonlySet<string>> {
  const bytes = await host.read(host.resolve(folder, 'package.json'));
  const value = bytes === null ? null : parseOrNull(new TextDecoder().decode(bytes));
  const lists = ['dependencies', 'devDependencies'].map((key) => memberOf(value, key));
  return new Set(lists.flatMap((list) => Object.keys(Object(list))));
}

/** A package.json that is no JSON is for its package manager to complain of. */
function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}
