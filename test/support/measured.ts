import { loadConfig } from '../../src/config/load.ts';
import { nodeHost } from '../../src/host/node.ts';
import { measure } from '../../src/measure.ts';
import type { Host } from '../../src/model/host.ts';
import type { Asset, Snapshot } from '../../src/model/snapshot.ts';
import { type Files, temporaryFolder } from './temporary.ts';

export function quietHost(): Host {
  return nodeHost({ progress: () => {} });
}

/** Measures a folder by the budgets file in it, with the real host or one that wraps it. */
export async function measureFolder(
  folder: string,
  host: Host = quietHost(),
  reuse: Snapshot | null = null,
): Promise<Snapshot> {
  const config = await loadConfig(null, folder, host);
  return (await measure(config, host, reuse)).snapshot;
}

/** Measures files in a folder of their own. */
export async function measureFiles(budgets: unknown, files: Files): Promise<Snapshot> {
  return measureFolder(await temporaryFolder({ ...files, 'budgets.json': budgets }));
}

export function pathsOf({ assets }: Snapshot): string[] {
  return assets.map(({ path }) => path);
}

export function assetAt({ assets }: Snapshot, path: string): Asset {
  const asset = assets.find((one) => one.path === path);
  if (asset === undefined) throw new Error(`${path} was not measured`);
  return asset;
}

/** A host that notes which paths are read. */
export function readingHost(): { readonly host: Host; readonly reads: string[] } {
  const real = quietHost();
  const reads: string[] = [];
  const read = async (path: string) => {
    reads.push(path);
    return real.read(path);
  };
  const readNow = (path: string, size: number) => {
    reads.push(path);
    return real.readNow(path, size);
  };
  return { host: { ...real, read, readNow }, reads };
}
