import { openSourceMap } from './bundlers/sourcemap.ts';
import { deflateShares } from './core/deflate-shares.ts';
import type { Spans } from './core/mapped-spans.ts';
import { moduleShares, rawShares } from './core/module-shares.ts';
import type { Host } from './model/host.ts';
import type { ModuleShare } from './model/module.ts';
import type { Asset } from './model/snapshot.ts';
import { deflate } from './sources/deflate.ts';

/** What is to be opened. */
export interface ContentsRequest {
  readonly assets: readonly Asset[];
  /** Paths of the assets that a source map may open. */
  readonly mapped: ReadonlySet<string>;
  /** What metadata says of assets, in raw bytes, for those that no map opens. */
  readonly stated: ReadonlyMap<string, readonly Pick<ModuleShare, 'id' | 'raw'>[]>;
  /** Absolute; the budgets file's folder. */
  readonly root: string;
  /** That gzip sizes are made with. */
  readonly gzipLevel: number;
}

export interface Contents {
  /** By path of the asset. */
  readonly modules: ReadonlyMap<string, readonly ModuleShare[]>;
  readonly notes: readonly string[];
}

/** Looks into assets, one after the other: maps are large, and only one is held at a time. */
export async function openAssets(request: ContentsRequest, host: Host): Promise<Contents> {
  const modules = new Map<string, readonly ModuleShare[]>();
  const unopened: string[] = [];
  for (const asset of request.assets) {
    const opened = request.mapped.has(asset.path) ? await openMapped(asset, request, host) : 'none';
    const shares = typeof opened === 'string' ? statedShares(asset, request.stated) : opened;
    if (shares !== null) modules.set(asset.path, shares);
    else if (opened === 'missing' || opened === 'broken') unopened.push(asset.path);
  }
  return { modules, notes: notesOn(unopened) };
}

async function openMapped(
  asset: Asset,
  { root, gzipLevel }: ContentsRequest,
  host: Host,
): Promise<ModuleShare[] | 'none' | 'missing' | 'broken'> {
  const path = host.resolve(root, asset.path);
  const bytes = await host.read(path);
  if (bytes?.length !== asset.raw) return 'none';
  const code = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const opened = await openSourceMap({ path, code, root }, host);
  if (opened.kind !== 'opened') return opened.kind;
  const { ids, spans } = opened;
  const raw = rawShares(spans, ids.length);
  const compressed = await compressedWeights(asset, { bytes, raw, spans, gzipLevel });
  return moduleShares(ids, { raw, compressed }, asset);
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
  const sums = new Map<string, number>();
  for (const { id, raw } of stated.get(asset.path) ?? []) sums.set(id, (sums.get(id) ?? 0) + raw);
  const all = [...sums.values()].reduce((left, right) => left + right, 0);
  // More than there is: metadata of another build.
  if (sums.size === 0 || all > asset.raw) return null;
  const raw = Float64Array.from([...sums.values(), asset.raw - all]);
  return moduleShares([...sums.keys()], { raw, compressed: raw }, asset);
}

function notesOn(unopened: readonly string[]): string[] {
  const [first, ...others] = unopened;
  if (first === undefined) return [];
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return [
    `What is inside ${first}${more} is not known: the source maps named there are missing or damaged. Measure before maps are removed, and build anew.`,
  ];
}
