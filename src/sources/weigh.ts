import { createHash, hash } from 'node:crypto';
import { isAnonymous, isCode } from '../core/anonymous.ts';
import { type HashIndex, hashRanges, indexHashes } from '../core/content.ts';
import { debugIdRanges } from '../core/debug-id.ts';
import { fingerprint } from '../core/fingerprint.ts';
import { sketchOf } from '../core/sketch.ts';
import type { Config } from '../model/config.ts';
import { UserError } from '../model/errors.ts';
import type { FoundFile, Host } from '../model/host.ts';
import type { CompressedEncoding, Encoding } from '../model/metric.ts';
import type { Asset, Encoders, Snapshot } from '../model/snapshot.ts';
import { type Elsewhere, encodeElsewhere } from './elsewhere.ts';
import { encodedSize, isCompressedAlready, type Levels, probeSize, sizeNow } from './encoding.ts';
import { inParallel } from './in-parallel.ts';
import { KnownSizes } from './known-sizes.ts';
import { mapFinder } from './map-finder.ts';
import type { PlannedFile } from './planned-file.ts';

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
  /** Paths of scripts and styles that a source map may open: it is named in them, or lies beside. */
  readonly mapped: readonly string[];
}

type Sizes = { raw: number; gzip?: number; brotli?: number };

/** Reads every file once, names it, and measures it in the encodings asked for. */
export async function weigh(request: WeighRequest, host: Host): Promise<Weighed> {
  const encoders = encodersOf(request, host);
  const known = new KnownSizes(request.reuse, encoders);
  const { files, config } = request;
  // Where base knows sizes, few are left.
  const elsewhere = known.hasSizes ? null : await encodeElsewhere(files, config, host);
  try {
    const { assets, mapped } = await look({ ...request, known, elsewhere }, host);
    const sized = elsewhere === null ? assets : await withSizes(assets, elsewhere);
    return { assets: sized, encoders, mapped };
  } catch (error) {
    elsewhere?.stop();
    throw error;
  }
}

/** @throws UserError for a file that was another one when the other thread read it */
async function withSizes(assets: readonly Asset[], elsewhere: Elsewhere): Promise<Asset[]> {
  const table = await elsewhere.sizes;
  // Only now: both have read all files. Bytes of one length may still be others.
  const changed = await elsewhere.changed();
  return assets.map((asset) => {
    const sizes = table.get(asset.path);
    if (sizes === undefined) return asset;
    if (sizes.raw !== asset.raw || changed.has(asset.path)) throw vanished(asset.path);
    return { ...asset, ...sizes };
  });
}

interface LookRequest extends WeighRequest {
  readonly known: KnownSizes;
  /** Null where files are compressed here. */
  readonly elsewhere: Elsewhere | null;
}

async function look(
  { files, config, hashes: others = [], known, elsewhere }: LookRequest,
  host: Host,
): Promise<Omit<Weighed, 'encoders'>> {
  const folder = config.folder;
  const paths = files.map(({ path }) => path);
  const siblings = await siblingsOf(paths, folder, host);
  const { names, tokens } = fingerprint(paths, siblings);
  const hashes = indexHashes(new Set([...tokens, ...others]));
  const assets: Asset[] = [];
  const hasMap = mapFinder([...paths, ...siblings]);
  const mapped: string[] = [];
  const meter = progressOf(files, host);
  const { levels } = config;
  await inParallel(files, (file) => {
    const bytes = host.readNow(`${folder}/${file.path}`, file.size);
    if (bytes === null) throw vanished(file.path);
    // Nothing waits before the bytes are done with or copied: the next file takes their place.
    const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (hasMap(file.path, data)) mapped.push(file.path);
    const digest = sha256(data);
    const content = known.asset(digest)?.content ?? contentDigest(data, digest, hashes);
    const weighing = { data, path: file.path, digest, content };
    const wanted = elsewhere === null ? file.encodings : NOTHING;
    const { sizes, open } = sizesNow(weighing, wanted, known, levels);
    const subject = names.get(file.path) ?? file.path;
    const sketch = sketchWhereNeeded({ path: file.path, subject }, data, known.asset(digest));
    const done = () => {
      assets.push({ path: file.path, subject, sha256: digest, content, ...sizes, ...sketch });
      meter(file.size);
    };
    if (open.length > 0) return compress(Buffer.from(data), open, levels, sizes).then(done);
    done();
    return null;
  });
  assets.sort((left, right) => (left.path < right.path ? -1 : 1));
  return { assets, mapped };
}

const NOTHING: ReadonlySet<Encoding> = new Set();

/** For assets whose names may not be enough to find them again in another build. */
function sketchWhereNeeded(
  asset: Pick<Asset, 'path' | 'subject'>,
  data: Uint8Array,
  known: Asset | undefined,
): { readonly sketch?: string } {
  const isNeeded = isCode(asset) && (asset.subject !== asset.path || isAnonymous(asset));
  if (!isNeeded || known?.modules !== undefined) return {};
  const sketch = known?.sketch ?? sketchOf(data);
  return sketch === null ? {} : { sketch };
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

async function compress(
  data: Buffer,
  encodings: readonly CompressedEncoding[],
  levels: Levels,
  sizes: Sizes,
): Promise<void> {
  for (const encoding of encodings) sizes[encoding] = await encodedSize(data, encoding, levels);
}

interface Weighing {
  readonly data: Buffer;
  readonly path: string;
  readonly digest: string;
  readonly content: string;
}

/** Sizes that are known or quickly had, and the encodings that are left open. */
function sizesNow(
  { data, path, digest, content }: Weighing,
  wanted: ReadonlySet<Encoding>,
  known: KnownSizes,
  levels: Levels,
): { sizes: Sizes; open: CompressedEncoding[] } {
  const sizes: Sizes = { raw: data.length };
  const open: CompressedEncoding[] = [];
  const asIs = isCompressedAlready(data, path) ? data.length : undefined;
  for (const encoding of wanted) {
    if (encoding === 'raw') continue;
    const size = asIs ?? known.size(digest, content, encoding) ?? sizeNow(data, encoding, levels);
    if (size === null) open.push(encoding);
    else sizes[encoding] = size;
  }
  return { sizes, open };
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

/** Hashed in pieces: what is between the hashes of siblings and its own id, with placeholders. */
function contentDigest(data: Buffer, digest: string, hashes: HashIndex): string {
  const own = debugIdRanges(data);
  const ranges = hashRanges(data, hashes).concat(own);
  // A file's own id holds no hash of another: they do not overlap.
  if (own.length > 0) ranges.sort(([left], [right]) => left - right);
  if (ranges.length === 0) return digest;
  const pieces = createHash('sha256');
  let from = 0;
  for (const [start, end] of ranges) {
    pieces.update(data.subarray(from, start)).update('[hash]');
    from = end;
  }
  return pieces.update(data.subarray(from)).digest('hex');
}

function sha256(data: Buffer): string {
  return hash('sha256', data, 'hex');
}

function progressOf(files: readonly FoundFile[], host: Host): (bytes: number) => void {
  const total = files.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  return (bytes) => {
    done += bytes;
    host.progress('Measuring', done, total);
  };
}

function vanished(path: string): UserError {
  return new UserError('unreadable', `${path} cannot be read any more.`, {
    hint: 'Something changed the build output while it was measured; run again when it is done.',
  });
}
