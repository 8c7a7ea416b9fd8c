import { importText } from '../core/import-text.ts';
import { reportsOf } from '../core/reports-of.ts';
import type { ImportSelection } from '../model/budget.ts';
import type { Config } from '../model/config.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import { ENCODINGS, type Encoding, encodingOf, sizeMetric } from '../model/metric.ts';
import type { Encoders, Measurement } from '../model/snapshot.ts';
import { encodedSize, isCompressedAlready, type Levels, probeSize } from './encoding.ts';
import { type BundledFile, bundleImports } from './import-bundle.ts';
import { type Bundler, findBundler } from './import-bundler.ts';
import { modulesOf, type WeighedFile } from './import-modules.ts';
import type { Collected, CollectRequest } from './source.ts';

/** Bundles at work at once: each uses all processors by itself while it parses. */
const AT_ONCE = 4;

/** Bundles in memory what budgets import, and weighs it as files are weighed. */
export async function collectImports(
  { config, selections, isBase = false }: CollectRequest,
  host: Host,
): Promise<Collected> {
  const wanted = new Map(
    selections.flatMap((selection) =>
      selection.kind === 'imports' ? [[importText(selection), selection] as const] : [],
    ),
  );
  const bundler = await findBundler(config.folder, host);
  const job = { config, bundler, encodings: encodingsOf(config) };
  const measurements: Measurement[] = [];
  const leftOut = new Set<ImportSelection>();
  const queue = [...wanted.values()];
  const failed = isBase ? nullWhereNew : raise;
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const measured = await measureImport(next, job, host).catch(failed);
      if (measured === null) leftOut.add(next);
      else measurements.push(...measured);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    await bundler.stop();
  }
  measurements.sort((left, right) => (left.subject < right.subject ? -1 : 1));
  // What is not measured is not looked for either: its budget is new, and has no base.
  const looked = [...wanted.values()].filter((selection) => !leftOut.has(selection));
  const tracked = { reports: looked.flatMap(reportsOf) };
  return { measurements, tracked, notes: [], probe: probeOf(job), isPartial: leftOut.size > 0 };
}

const NOT_THERE = ['no-export', 'import-unresolved', 'import-broken'];

/** Base need not have what a new budget of head imports. */
function nullWhereNew(error: unknown): null {
  if (error instanceof UserError && NOT_THERE.includes(error.code)) return null;
  throw error;
}

function raise(error: unknown): never {
  throw error;
}

interface Job {
  readonly config: Config;
  readonly bundler: Bundler;
  readonly encodings: readonly Encoding[];
}

/** All that are measured of files, and what the budgets on imports ask for. */
function encodingsOf({ encodings, budgets }: Config): Encoding[] {
  const asked = budgets.flatMap(({ selection, metric }) =>
    selection.kind === 'imports' ? [encodingOf(metric)] : [],
  );
  const wanted = new Set<Encoding | null>(['raw', ...encodings, ...asked]);
  return ENCODINGS.filter((encoding) => wanted.has(encoding));
}

function probeOf({ config, encodings }: Job): Encoders['probe'] {
  const compressed = encodings.filter((encoding) => encoding !== 'raw');
  return Object.fromEntries(
    compressed.map((encoding) => [encoding, probeSize(encoding, config.levels)]),
  );
}

/** One measurement for each encoding; none where there is nothing to import from. */
async function measureImport(
  selection: ImportSelection,
  { config, bundler, encodings }: Job,
  host: Host,
): Promise<Measurement[]> {
  const { folder, levels } = config;
  const bundled = await bundleImports(selection, { bundler, folder }, host);
  if (bundled === null) return [];
  const files = await Promise.all(bundled.files.map((file) => weighFile(file, encodings, levels)));
  const inside = { files, metafile: bundled.metafile, folder, gzipLevel: levels.gzip };
  const modules = await modulesOf(inside);
  const subject = importText(selection);
  return encodings.map((encoding) => {
    const { id: metric, label, unit, better, kind } = sizeMetric(encoding);
    const value = files.reduce((sum, file) => sum + (file[encoding] ?? 0), 0);
    return {
      source: 'import',
      reports: [subject],
      subject,
      formFactor: null,
      ...{ metric, label, unit, better, kind },
      environment: bundler.name,
      scale: 1,
      value,
      samples: [value],
      modules,
    };
  });
}

/** Each file is compressed by itself, and what is compressed already counts as it is. */
async function weighFile(
  file: BundledFile,
  encodings: readonly Encoding[],
  levels: Levels,
): Promise<WeighedFile> {
  const { data, path } = file;
  const sizes: Partial<Record<Encoding, number>> = {};
  for (const encoding of encodings) {
    const isAsIs = encoding === 'raw' || isCompressedAlready(data, path);
    sizes[encoding] = isAsIs ? data.length : await encodedSize(data, encoding, levels);
  }
  return { ...file, ...sizes, raw: data.length };
}
