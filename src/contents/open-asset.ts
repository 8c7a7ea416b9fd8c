import { isMapMissing } from '../bundlers/source-map-file.ts';
import { openSourceMap } from '../bundlers/sourcemap.ts';
import { deflateShares } from '../core/deflate-shares.ts';
import { importSpecifiers } from '../core/import-specifiers.ts';
import { moduleShares, rawShares } from '../core/module-shares.ts';
import type { Spans } from '../core/span-writer.ts';
import type { Host } from '../model/host.ts';
import type { ModuleShare } from '../model/module.ts';
import type { Asset } from '../model/snapshot.ts';
import { deflate } from '../sources/deflate.ts';
import type { ContentsRequest } from './contents-request.ts';

/** What came of opening an asset. */
export type OpenedAsset =
  | {
      readonly kind: 'opened';
      readonly shares: readonly ModuleShare[];
      /** What modules import, by id. */
      readonly specifiers: ReadonlyMap<string, readonly string[]>;
    }
  | { readonly kind: 'none' | 'missing' | 'broken' };

/** Opens one asset: by its source map where it has one, or else by what metadata states. */
export async function openAsset(
  asset: Asset,
  request: ContentsRequest,
  host: Host,
): Promise<OpenedAsset> {
  const mention = request.mapped.get(asset.path);
  const opened =
    mention === undefined
      ? ({ kind: 'none' } as const)
      : await openMapped(asset, mention, request, host);
  if (opened.kind === 'opened') return opened;
  const shares = statedShares(asset, request.stated);
  return shares === null ? opened : { kind: 'opened', shares, specifiers: new Map() };
}

async function openMapped(
  asset: Asset,
  mention: string,
  { root, gzipLevel }: ContentsRequest,
  host: Host,
): Promise<OpenedAsset> {
  const path = host.resolve(root, asset.path);
  // Bundles of packages name maps that nobody publishes: they are not read for nothing.
  if (await isMapMissing({ path, code: mention, root }, host)) return { kind: 'missing' };
  const bytes = await host.read(path);
  if (bytes?.length !== asset.raw) return { kind: 'none' };
  const code = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const opened = await openSourceMap({ path, code, root }, host);
  if (opened.kind !== 'opened') return opened;
  const { ids, spans, texts } = opened;
  const raw = rawShares(spans, ids.length);
  const compressed = await compressedWeights(asset, { bytes, raw, spans, gzipLevel });
  const specifiers = new Map([...texts].map(([id, text]) => [id, importSpecifiers(text() ?? '')]));
  return { kind: 'opened', shares: moduleShares(ids, { raw, compressed }, asset), specifiers };
}

interface Compressible {
  readonly bytes: Uint8Array;
  readonly raw: Float64Array;
  readonly spans: Spans;
  readonly gzipLevel: number;
}

/** Bits that gzip's head and foot take, which are of no module. */
const GZIP_FRAME = 18 * 8;

async function compressedWeights(
  { gzip, brotli }: Asset,
  { bytes, raw, spans, gzipLevel }: Compressible,
): Promise<Float64Array> {
  if (gzip === undefined && brotli === undefined) return raw;
  const deflated = await deflate(bytes, gzipLevel);
  const bits = deflateShares(deflated, spans, raw.length - 1);
  bits[raw.length - 1] = (bits.at(-1) ?? 0) + GZIP_FRAME;
  return bits;
}

/** Metadata knows raw bytes only: compressed ones are taken to be spread as these are. */
function statedShares(asset: Asset, stated: ContentsRequest['stated']): ModuleShare[] | null {
  const { bytes, shares } = stated.get(asset.path) ?? { bytes: 0, shares: [] };
  // Of another build, though it may claim no more than there is.
  if (bytes !== asset.raw) return null;
  const sums = new Map<string, number>();
  for (const { id, raw } of shares) sums.set(id, (sums.get(id) ?? 0) + raw);
  const all = [...sums.values()].reduce((left, right) => left + right, 0);
  // More than there is: nothing that can be shared out.
  if (sums.size === 0 || all > asset.raw) return null;
  const raw = Float64Array.from([...sums.values(), asset.raw - all]);
  return moduleShares([...sums.keys()], { raw, compressed: raw }, asset);
}
