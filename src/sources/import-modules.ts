import type { Metafile } from 'esbuild';
import type { Encoding } from '../model/metric.ts';
import type { ModuleShare } from '../model/module.ts';
import { ENTRY } from './import-failure.ts';

type Sizes = Readonly<Partial<Record<Encoding, number>>>;

/**
 * The modules of a bundle, in the order of their ids: what tree-shaking has left of each. Bytes of
 * compressed encodings are in proportion to raw ones, rounded down: the rest is nobody's.
 * @param sizes of the whole bundle
 */
export function sharesOf({ inputs, outputs }: Metafile, sizes: Sizes): ModuleShare[] {
  const bytes = new Map<string, number>();
  for (const output of Object.values(outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(output.inputs)) {
      if (path === ENTRY || bytesInOutput === 0) continue;
      bytes.set(path, (bytes.get(path) ?? 0) + bytesInOutput);
    }
  }
  const importers = importersOf(inputs);
  return [...bytes]
    .map(([path, raw]) => ({
      id: idOf(path),
      raw,
      ...compressedShares(raw, sizes),
      ...importerOf(importers.get(path) ?? []),
    }))
    .sort((left, right) => (left.id < right.id ? -1 : 1));
}

/** By the path of what is imported, the paths of those that import it. */
function importersOf(inputs: Metafile['inputs']): Map<string, string[]> {
  const importers = new Map<string, string[]>();
  for (const [path, { imports }] of Object.entries(inputs)) {
    if (path === ENTRY) continue;
    for (const one of imports) {
      if (!one.external) importers.set(one.path, [...(importers.get(one.path) ?? []), path]);
    }
  }
  return importers;
}

/** An own module where there is one. */
function importerOf(paths: readonly string[]): { importer?: string } {
  const ids = paths.map(idOf).sort();
  const importer = ids.find((id) => !id.includes('node_modules/')) ?? ids[0];
  return importer === undefined ? {} : { importer };
}

function compressedShares(raw: number, sizes: Sizes): Pick<ModuleShare, 'gzip' | 'brotli'> {
  const whole = sizes.raw ?? 0;
  const shareOf = (size: number) => Math.floor((size * raw) / whole);
  return {
    ...(sizes.gzip === undefined ? {} : { gzip: shareOf(sizes.gzip) }),
    ...(sizes.brotli === undefined ? {} : { brotli: shareOf(sizes.brotli) }),
  };
}

/** The path as it is seen from the budgets file's folder, without the bundler's notes on it. */
function idOf(path: string): string {
  return path.replace(/^\(disabled\):/, '');
}
