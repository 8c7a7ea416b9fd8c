import { isAnonymous, isCode } from '../core/anonymous.ts';
import { indexHashes } from '../core/content.ts';
import { fingerprint } from '../core/fingerprint.ts';
import type { Config } from '../model/config.ts';
import type { FileLook, FileToLookAt, LookRequest } from '../model/file-look.ts';
import type { Host } from '../model/host.ts';
import type { CompressedEncoding, Encoding } from '../model/metric.ts';
import type { Asset, Encoders, Snapshot } from '../model/snapshot.ts';
import { chunkContents } from './chunk-contents.ts';
import { probeSize } from './encoding.ts';
import { isWorthThreads } from './is-worth-threads.ts';
import { KnownSizes } from './known-sizes.ts';
import { lookHere } from './look-here.ts';
import type { PlannedFile } from './planned-file.ts';
import { readAgain } from './read-whole.ts';

export interface WeighRequest {
  readonly files: readonly PlannedFile[];
  readonly config: Config;
  readonly reuse: Snapshot | null;
  /** Content hashes that a bundler tells, whatever they look like. */
  readonly hashes?: Iterable<string> | undefined;
}

export interface Weighed {
  readonly assets: readonly Asset[];
  readonly encoders: Encoders;
  /** Scripts and styles that a source map may open, by path: see `FileLook.mapMention`. */
  readonly mapped: ReadonlyMap<string, string>;
}

/** Reads every file once, names it, and measures it in the encodings asked for. */
export async function weigh(request: WeighRequest, host: Host): Promise<Weighed> {
  const encoders = encodersOf(request, host);
  const known = new KnownSizes(request.reuse, encoders);
  const { looking, names } = await prepare(request, host);
  const looks =
    (await lookInThreads(looking, known, host)) ?? (await lookHere(looking, known, host));
  const contents = chunkContents({
    files: looking.files,
    looks,
    isKnown: (sha256) => known.asset(sha256) !== undefined,
    readAgain: (file, sha256) => readAgain(file, sha256, looking.folder, host),
  });
  const assets = looking.files.map((file) => {
    const subject = names.get(file.path) ?? file.path;
    const look = looks.get(file.path) as FileLook;
    const content = contents.get(file.path) ?? look.content;
    return assetOf({ file, subject, look: { ...look, content }, known });
  });
  assets.sort((left, right) => (left.path < right.path ? -1 : 1));
  return { assets, encoders, mapped: mentionsIn(looks) };
}

function mentionsIn(looks: ReadonlyMap<string, FileLook>): ReadonlyMap<string, string> {
  return new Map(
    [...looks].flatMap(([path, { mapMention }]) =>
      mapMention === null ? [] : [[path, mapMention]],
    ),
  );
}

/** Where base knows sizes, few are left: threads are for what is measured for the first time. */
async function lookInThreads(
  request: LookRequest,
  known: KnownSizes,
  host: Host,
): Promise<ReadonlyMap<string, FileLook> | null> {
  if (known.hasSizes || !isWorthThreads(request.files)) return null;
  const { lookTogether } = await import('./look-together.ts');
  return lookTogether(request, host);
}

interface Seen {
  readonly file: FileToLookAt;
  readonly subject: string;
  readonly look: FileLook;
  readonly known: KnownSizes;
}

function assetOf({ file: { path, wantsSketch }, subject, look, known }: Seen): Asset {
  const { sha256, raw, gzip, brotli } = look;
  const same = known.asset(sha256);
  const sketch = same?.sketch ?? look.sketch;
  const isSketched = wantsSketch && same?.modules === undefined && sketch !== null;
  return {
    path,
    subject,
    sha256,
    content: same?.content ?? look.content,
    raw,
    ...(gzip === undefined ? {} : { gzip }),
    ...(brotli === undefined ? {} : { brotli }),
    ...(isSketched ? { sketch } : {}),
  };
}

function encodersOf({ files, config }: WeighRequest, host: Host): Encoders {
  // One plan serves many files: the same set, and not only an equal one.
  const plans = new Set(files.map(({ encodings }) => encodings));
  const used = new Set([...plans].flatMap((encodings) => [...encodings]));
  const probe: Partial<Record<CompressedEncoding, number>> = {};
  for (const encoding of ['gzip', 'brotli'] as const) {
    if (used.has(encoding)) probe[encoding] = probeSize(encoding, config.levels);
  }
  return { levels: config.levels, probe, versions: host.versions };
}

/** What is to be known of all files before the first is read. */
async function prepare(
  { files, config, hashes = [] }: WeighRequest,
  host: Host,
): Promise<{ looking: LookRequest; names: ReadonlyMap<string, string> }> {
  const { folder, levels } = config;
  const paths = files.map(({ path }) => path);
  const siblings = await siblingsOf(paths, folder, host);
  const { names, tokens } = fingerprint(paths, siblings);
  const isMap = (path: string) => path.endsWith('.map');
  const looking = {
    folder,
    // The largest first, so that no thread is left with a big file at the end.
    files: files.toSorted((left, right) => right.size - left.size).map(toLookAt(names)),
    levels,
    hashes: indexHashes(new Set([...tokens, ...hashes])),
    maps: [...paths.filter(isMap), ...siblings.filter(isMap)],
  };
  return { looking, names };
}

function toLookAt(names: ReadonlyMap<string, string>): (file: PlannedFile) => FileToLookAt {
  const lists = new Map<ReadonlySet<Encoding>, readonly CompressedEncoding[]>();
  return ({ path, size, encodings: asked }) => {
    const encodings = lists.get(asked) ?? compressedIn(asked);
    lists.set(asked, encodings);
    const subject = names.get(path) ?? path;
    // For assets whose names may not be enough to find them again in another build.
    const wantsSketch = isCode({ path }) && (subject !== path || isAnonymous({ subject }));
    return { path, size, encodings, wantsSketch };
  };
}

function compressedIn(encodings: ReadonlySet<Encoding>): CompressedEncoding[] {
  return (['gzip', 'brotli'] as const).filter((encoding) => encodings.has(encoding));
}

/** Paths of all that stands beside the files measured, and is not measured. */
async function siblingsOf(
  paths: readonly string[],
  folder: string,
  host: Host,
): Promise<readonly string[]> {
  const measured = new Set(paths);
  const folders = new Set(paths.map((path) => path.slice(0, path.lastIndexOf('/') + 1)));
  const listed = await Promise.all(
    [...folders].map(async (prefix) =>
      (await host.list(host.resolve(folder, prefix))).map((name) => prefix + name),
    ),
  );
  return listed.flat().filter((path) => !measured.has(path) && !folders.has(`${path}/`));
}
