import { sketchOf } from '../core/sketch.ts';
import type { FileLook, FileToLookAt, LookRequest } from '../model/file-look.ts';
import type { Host } from '../model/host.ts';
import type { CompressedEncoding } from '../model/metric.ts';
import { contentOf, knownContent, sha256 } from './content-digest.ts';
import { encodedSize, isCompressedAlready, type Levels, sizeNow } from './encoding.ts';
import { inParallel } from './in-parallel.ts';
import type { KnownSizes } from './known-sizes.ts';
import { mapFinder } from './map-finder.ts';
import { readWhole } from './read-whole.ts';

type Sizes = { gzip?: number; brotli?: number };

/** Looks at files in this thread; what base knows of equal bytes is not found out again. */
export async function lookHere(
  request: LookRequest,
  known: KnownSizes,
  host: Host,
): Promise<ReadonlyMap<string, FileLook>> {
  const { folder, files, levels, hashes } = request;
  const mentionIn = mapFinder(request.maps);
  const looks = new Map<string, FileLook>();
  const meter = progressOf(files, host);
  await inParallel(files, (file) => {
    // Nothing waits before the bytes are done with or copied: the next file takes their place.
    const data = readWhole(file, folder, host);
    const digest = sha256(data);
    const same = known.asset(digest);
    const content =
      same === undefined
        ? contentOf(file.path, data, digest, hashes)
        : knownContent(file.path, data, same.content);
    const weighing = { file, data, digest, content: content.content };
    const { sizes, open } = sizesNow(weighing, known, levels);
    const seen = {
      sha256: digest,
      ...content,
      raw: data.length,
      sketch: sketchWhereUnknown(file, data, same),
      mapMention: mentionIn(file.path, data),
    };
    const done = () => {
      looks.set(file.path, { ...seen, ...sizes });
      meter(file.size);
    };
    if (open.length > 0) return compress(Buffer.from(data), open, levels, sizes).then(done);
    done();
    return null;
  });
  return looks;
}

function sketchWhereUnknown(
  { wantsSketch }: FileToLookAt,
  data: Buffer,
  known: ReturnType<KnownSizes['asset']>,
): string | null {
  const isKnown = known?.modules !== undefined || known?.sketch !== undefined;
  return wantsSketch && !isKnown ? sketchOf(data) : null;
}

interface Weighing {
  readonly file: FileToLookAt;
  readonly data: Buffer;
  readonly digest: string;
  readonly content: string;
}

/** Sizes that are known or quickly had, and the encodings that are left open. */
function sizesNow(
  { file, data, digest, content }: Weighing,
  known: KnownSizes,
  levels: Levels,
): { sizes: Sizes; open: CompressedEncoding[] } {
  const sizes: Sizes = {};
  const open: CompressedEncoding[] = [];
  const asIs = isCompressedAlready(data, file.path) ? data.length : undefined;
  for (const encoding of file.encodings) {
    const size = asIs ?? known.size(digest, content, encoding) ?? sizeNow(data, encoding, levels);
    if (size === null) open.push(encoding);
    else sizes[encoding] = size;
  }
  return { sizes, open };
}

async function compress(
  data: Buffer,
  encodings: readonly CompressedEncoding[],
  levels: Levels,
  sizes: Sizes,
): Promise<void> {
  for (const encoding of encodings) sizes[encoding] = await encodedSize(data, encoding, levels);
}

function progressOf(files: readonly FileToLookAt[], host: Host): (bytes: number) => void {
  const total = files.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  return (bytes) => {
    done += bytes;
    host.progress('Measuring', done, total);
  };
}
