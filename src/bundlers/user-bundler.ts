import type { Host } from '../model/host.ts';

/** What shows that a project is built by a bundler. */
interface Signs {
  /** As `format/map-options.ts` calls it. */
  readonly bundler: string;
  /** Names of files, those of scripts without their endings. */
  readonly configs: readonly string[];
  readonly packages: readonly string[];
}

/** What is built upon another bundler stands before it: a project of Vite may have esbuild, too. */
const SIGNS: readonly Signs[] = [
  { bundler: 'Next.js', configs: ['next.config'], packages: ['next'] },
  { bundler: 'Nuxt', configs: ['nuxt.config'], packages: ['nuxt'] },
  { bundler: 'Astro', configs: ['astro.config'], packages: ['astro'] },
  { bundler: 'Gatsby', configs: ['gatsby-config'], packages: ['gatsby'] },
  { bundler: 'Create React App', configs: [], packages: ['react-scripts'] },
  { bundler: 'Vue CLI', configs: ['vue.config'], packages: ['@vue/cli-service'] },
  {
    bundler: 'Angular',
    configs: ['angular.json'],
    packages: ['@angular/build', '@angular-devkit/build-angular', '@angular/cli'],
  },
  { bundler: 'Parcel', configs: ['.parcelrc'], packages: ['parcel'] },
  {
    bundler: 'Vite',
    configs: ['vite.config'],
    packages: ['vite', '@sveltejs/kit', '@react-router/dev'],
  },
  { bundler: 'Remix', configs: ['remix.config'], packages: ['@remix-run/dev'] },
  { bundler: 'Rsbuild', configs: ['rsbuild.config'], packages: ['@rsbuild/core'] },
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

/** A bundler, and what tells of it. */
export interface UserBundler {
  readonly bundler: string;
  /** The name of its config file; null where it is known by what is installed. */
  readonly config: string | null;
}

/**
 * Which bundler a project uses, by its config file or else by what its package.json depends on; the
 * first folder that tells is believed.
 * @param folders absolute, the nearest first
 * @returns null where nothing tells
 */
export async function userBundler(
  folders: readonly string[],
  host: Host,
): Promise<UserBundler | null> {
  for (const folder of folders) {
    const found = await bundlerOf(folder, host);
    if (found !== null) return found;
  }
  return null;
}

async function bundlerOf(folder: string, host: Host): Promise<UserBundler | null> {
  const files = await host.list(folder);
  const byStem = new Map(files.toSorted().map((name) => [configStem(name), name]));
  for (const { bundler, configs } of SIGNS) {
    const config = configs.find((name) => byStem.has(name));
    if (config !== undefined) return { bundler, config: byStem.get(config) ?? null };
  }
  const names = await dependenciesIn(folder, host);
  const installed = SIGNS.find(({ packages }) => packages.some((name) => names.has(name)));
  return installed === undefined ? null : { bundler: installed.bundler, config: null };
}

function configStem(name: string): string {
  return name.replace(/\.[cm]?[jt]s$/, '');
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
