import type { BuildOptions, BuildResult, Metafile, OutputFile } from 'esbuild';
import type { ImportSelection } from '../model/budget.ts';
import type { Host } from '../model/host.ts';
import type { Bundler } from './import-bundler.ts';
import {
  ENTRY,
  failureOf,
  isMissingPlace,
  type MissingName,
  messagesOf,
  missingName,
  noSuchExport,
} from './import-failure.ts';
import { type Place, placeOf } from './import-place.ts';

/** An emitted file. */
export interface BundledFile {
  /** Relative to the folder where the bundler ran. */
  readonly path: string;
  readonly data: Buffer;
  /** Its source map; null where it has none. */
  readonly map: Uint8Array | null;
}

/** What a bundler made, in memory. */
export interface Bundled {
  readonly files: readonly BundledFile[];
  readonly metafile: Metafile;
}

export interface BundleRequest {
  readonly bundler: Bundler;
  /** Absolute; what places are relative to. */
  readonly folder: string;
}

/** Emitted beside the script, and counted as they are. */
const ASSETS = 'avif bmp eot gif ico jpeg jpg mp3 mp4 otf png svg ttf webm webp woff woff2'.split(
  ' ',
);

/**
 * Bundles and minifies what a selection imports, without the peer dependencies of its package.
 * Nothing of it is run, and nothing is written.
 * @returns null where it imports from what is not there
 * @throws UserError `no-export`, `import-unresolved`, `import-broken`
 */
export async function bundleImports(
  selection: ImportSelection,
  { bundler, folder }: BundleRequest,
  host: Host,
): Promise<Bundled | null> {
  const places = await Promise.all(
    selection.imports.map(({ from }) => placeOf(from, folder, host)),
  );
  const options = optionsFor(selection, places, folder);
  const contents = entryText(selection, places);
  const stdin = { contents, sourcefile: ENTRY, resolveDir: folder, loader: 'js' } as const;
  let result: BuildResult<Options>;
  try {
    result = await bundler.build({ ...options, stdin });
  } catch (error) {
    const messages = messagesOf(error);
    if (isMissingPlace(messages)) return null;
    const missing = missingName(messages);
    if (missing === null) throw failureOf(error);
    throw await withExports(missing, places, options, bundler);
  }
  const missing = missingName(result.warnings);
  if (missing !== null) throw await withExports(missing, places, options, bundler);
  return bundledOf(result, folder, host);
}

type Options = BuildOptions & { readonly write: false; readonly metafile: true };

function optionsFor(
  { platform, conditions, external }: ImportSelection,
  places: readonly Place[],
  folder: string,
): Options {
  return {
    absWorkingDir: folder,
    outdir: folder,
    bundle: true,
    minify: true,
    treeShaking: true,
    format: 'esm',
    platform,
    // Named conditions take the place of esbuild's `module`, which holds where none is named.
    ...(conditions.length === 0 ? {} : { conditions: ['module', ...conditions] }),
    // Without a platform esbuild looks at `exports` alone.
    ...(platform === 'neutral' ? { mainFields: ['module', 'main'] } : {}),
    external: [...new Set([...places.flatMap(({ peers }) => peers), ...external])],
    loader: Object.fromEntries(ASSETS.map((ending) => [`.${ending}`, 'file' as const])),
    // Beside the bundle, and not counted: it tells which bytes are whose.
    sourcemap: 'external',
    sourcesContent: false,
    metafile: true,
    write: false,
    logLevel: 'silent',
  };
}

/** One line an import, so that an error's line tells which one; what is imported is also used. */
function entryText({ imports }: ImportSelection, places: readonly Place[]): string {
  const used: string[] = [];
  const localOf = () => {
    used.push(`n${used.length}`);
    return used.at(-1);
  };
  const lines = imports.map(({ names }, index) => {
    const from = JSON.stringify(places[index]?.specifier ?? '');
    const named = names.filter((name) => name !== '*').map((name) => `${name} as ${localOf()}`);
    const clauses = [
      ...(named.length === 0 ? [] : [`{ ${named.join(', ')} }`]),
      ...(names.includes('*') ? [`* as ${localOf()}`] : []),
    ];
    return clauses.map((clause) => `import ${clause} from ${from};`).join(' ');
  });
  return `${lines.join('\n')}\nconsole.log(${used.join(', ')});\n`;
}

function bundledOf(
  { outputFiles, metafile }: BuildResult<Options>,
  folder: string,
  host: Host,
): Bundled {
  const maps = new Map(outputFiles.filter(isMap).map((file) => [file.path, file.contents]));
  const files = outputFiles
    .filter((file) => !isMap(file))
    .map(({ path, contents }) => ({
      path: host.relative(folder, path),
      data: Buffer.from(contents.buffer, contents.byteOffset, contents.byteLength),
      map: maps.get(`${path}.map`) ?? null,
    }));
  return { files, metafile };
}

function isMap({ path }: OutputFile): boolean {
  return path.endsWith('.map');
}

/** The error for a name that is no export, with those that there are. */
async function withExports(
  { name, line }: MissingName,
  places: readonly Place[],
  options: Options,
  bundler: Bundler,
): Promise<Error> {
  const place = places[line - 1];
  if (place === undefined) return noSuchExport(name, '', []);
  const known = await bundler
    .build({ ...options, entryPoints: [place.specifier] })
    .then(({ metafile }) => Object.values(metafile.outputs).flatMap((output) => output.exports))
    .catch(() => []);
  return noSuchExport(name, place.from, known);
}
