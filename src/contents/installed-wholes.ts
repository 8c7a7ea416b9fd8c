import type { StatedModules } from '../bundlers/bundler.ts';
import { upwards } from '../bundlers/upwards.ts';
import type { Host } from '../model/host.ts';
import type { Asset } from '../model/snapshot.ts';
import { sha256 } from '../sources/content-digest.ts';
import { foldersOf } from './folders-of.ts';

export interface WholesRequest {
  readonly assets: readonly Asset[];
  /** What metadata says to be one module as it stands, by path: the module's id. */
  readonly wholes: ReadonlyMap<string, string>;
  /** Absolute; the budgets file's folder. */
  readonly root: string;
}

/**
 * Those that are, byte by byte, the file that is installed: metadata lies beside the build, and
 * whoever writes it could give any package the name of another.
 */
export async function installedWholes(
  { assets, wholes, root }: WholesRequest,
  host: Host,
): Promise<ReadonlyMap<string, StatedModules>> {
  const installed = new Map<string, StatedModules>();
  for (const asset of assets) {
    const id = wholes.get(asset.path);
    if (id === undefined || !(await isInstalled(asset, id, root, host))) continue;
    installed.set(asset.path, { bytes: asset.raw, shares: [{ id, raw: asset.raw }] });
  }
  return installed;
}

/** Of several that are installed, a project in the repository may use any. */
async function isInstalled(asset: Asset, id: string, root: string, host: Host): Promise<boolean> {
  const bases = [root, ...foldersOf([asset], root, host)].flatMap((one) => upwards(one, host));
  for (const base of new Set(bases)) {
    const bytes = await host.read(`${base}/${id}`).catch(() => null);
    if (bytes !== null && sha256(Buffer.from(bytes)) === asset.sha256) return true;
  }
  return false;
}
