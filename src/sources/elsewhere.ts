import type { Config } from '../model/config.ts';
import type { Encoding } from '../model/encode-files.ts';
import type { Host } from '../model/host.ts';
import type { CompressedEncoding } from '../model/metric.ts';
import type { PlannedFile } from './planned-file.ts';

/** Bytes from which on threads of their own pay: about a quarter of a second of gzip. */
const WORTH: Readonly<Record<CompressedEncoding, number>> = {
  gzip: 6 * 1024 * 1024,
  brotli: 256 * 1024,
};

/** Compressed sizes that other threads are working on, by path. */
export interface Elsewhere {
  /** Raw bytes as they were read there: -1 where nothing was. */
  readonly sizes: Promise<ReadonlyMap<string, { raw: number; gzip?: number; brotli?: number }>>;
  /** Paths of files that were written since: what was read here and there may not be the same. */
  changed(): Promise<ReadonlySet<string>>;
  stop(): void;
}

/** Has many files compressed in threads of their own; null for what is better done here. */
export async function encodeElsewhere(
  files: readonly PlannedFile[],
  { folder, levels }: Pick<Config, 'folder' | 'levels'>,
  host: Host,
): Promise<Elsewhere | null> {
  if (host.encodeFiles === undefined || !isWorthIt(files)) return null;
  const inOrder = files
    .filter((file) => compressedIn(file).length > 0)
    .toSorted((left, right) => right.size - left.size);
  const request = inOrder.map((file) => ({
    path: `${folder}/${file.path}`,
    size: file.size,
    encodings: compressedIn(file),
  }));
  const times = () =>
    Promise.all(request.map(async ({ path }) => (await host.modified(path))?.getTime()));
  const before = await times();
  const encoding = await host.encodeFiles({ files: request, levels });
  if (encoding === null) return null;
  const sizes = tableOf(inOrder, encoding);
  // A failure is told by whoever awaits them, which may be after another one.
  sizes.catch(() => {});
  const changed = async () => {
    const after = await times();
    const others = inOrder.filter((_, at) => before[at] !== after[at]);
    return new Set(others.map(({ path }) => path));
  };
  return { sizes, changed, stop: encoding.stop };
}

function isWorthIt(files: readonly PlannedFile[]): boolean {
  const bytes = (encoding: CompressedEncoding) =>
    files.reduce((sum, file) => sum + (file.encodings.has(encoding) ? file.size : 0), 0);
  return bytes('gzip') >= WORTH.gzip || bytes('brotli') >= WORTH.brotli;
}

function compressedIn({ encodings }: PlannedFile): CompressedEncoding[] {
  return (['gzip', 'brotli'] as const).filter((encoding) => encodings.has(encoding));
}

async function tableOf(
  files: readonly PlannedFile[],
  encoding: Encoding,
): Promise<Map<string, { raw: number; gzip?: number; brotli?: number }>> {
  const sizes = await encoding.sizes;
  const rows = files.map((file, at): [string, { raw: number; gzip?: number; brotli?: number }] => {
    const [raw = -1, gzip = 0, brotli = 0] = sizes.subarray(at * 3, at * 3 + 3);
    const { encodings } = file;
    return [
      file.path,
      {
        raw,
        ...(encodings.has('gzip') ? { gzip } : {}),
        ...(encodings.has('brotli') ? { brotli } : {}),
      },
    ];
  });
  return new Map(rows);
}
