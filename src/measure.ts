import { bundlers } from './bundlers/index.ts';
import { projectOf } from './core/project-of.ts';
import { lookInside } from './inside.ts';
import type { Config } from './model/config.ts';
import type { Host } from './model/host.ts';
import type { ModuleShare } from './model/module.ts';
import {
  type Asset,
  type Encoders,
  SNAPSHOT_VERSION,
  type Snapshot,
  type Tracked,
} from './model/snapshot.ts';
import { sources } from './sources/index.ts';
import { checkOpenLimits } from './sources/open-limits.ts';
import type { Collected } from './sources/source.ts';
import { refuseNothing } from './sources/unbuilt.ts';
import { resolvePatterns } from './sources/walk.ts';

export interface Measured {
  readonly snapshot: Snapshot;
  readonly notes: readonly string[];
}

/**
 * Measures everything that a config speaks of.
 * @param reuse a snapshot whose compressed sizes serve for equal contents
 * @throws UserError `nothing-matches`, and what the sources throw
 */
export async function measure(
  config: Config,
  host: Host,
  reuse: Snapshot | null,
): Promise<Measured> {
  const resolved = await resolveConfig(config, host);
  const [checkout, collected] = await Promise.all([
    host.checkout(config.folder),
    collectAll(resolved, host, reuse),
  ]);
  const weighed = collected.flatMap((one) => one.assets);
  const facts = await factsOf(weighed, config, host);
  const mapped = collected.flatMap((one) => one.mapped ?? []);
  const named = nameAssets(weighed, facts);
  const inside = await lookInside({ assets: named, mapped, facts, config, reuse }, host);
  const { assets, packages } = inside;
  const measurements = collected.flatMap((one) => one.measurements);
  if (assets.length === 0 && measurements.length === 0) await refuseNothing(resolved, host);
  checkOpenLimits(resolved, measurements);
  const snapshot: Snapshot = {
    schemaVersion: SNAPSHOT_VERSION,
    commit: checkout?.commit ?? null,
    project: projectOf(config, checkout),
    takenAt: host.now().toISOString(),
    encoders: encodersOf(collected, config, host),
    tracked: trackedOf(collected),
    budgets: resolved.budgets,
    rules: config.rules,
    assets,
    measurements,
    ...(packages === undefined ? {} : { packages }),
  };
  return { snapshot, notes: [...collected.flatMap((one) => one.notes), ...inside.notes] };
}

async function collectAll(
  config: Config,
  host: Host,
  reuse: Snapshot | null,
): Promise<Collected[]> {
  const used = Object.values(sources).filter(
    (source) =>
      selectionsOf(config, source.subject).length > 0 ||
      (source.subject === 'files' && config.track.length > 0),
  );
  return Promise.all(
    used.map((source) =>
      source.collect({ config, selections: selectionsOf(config, source.subject), reuse }, host),
    ),
  );
}

function selectionsOf(config: Config, subject: string) {
  return config.budgets
    .map(({ selection }) => selection)
    .filter((selection) => (selection.kind === 'assets' ? 'files' : selection.source) === subject);
}

/** Patterns as they are walked and matched from here on: brackets of real names are literal. */
export async function resolveConfig(config: Config, host: Host): Promise<Config> {
  const resolve = (patterns: readonly string[]) => resolvePatterns(patterns, config.folder, host);
  const budgets = await Promise.all(
    config.budgets.map(async (budget) => {
      const { selection } = budget;
      if (selection.kind !== 'assets') return budget;
      return {
        ...budget,
        selection: { ...selection, patterns: await resolve(selection.patterns) },
      };
    }),
  );
  return { ...config, budgets, track: await resolve(config.track) };
}

/** What all bundlers say, the later of two that speak of the same thing. */
async function factsOf(assets: readonly Asset[], config: Config, host: Host) {
  const folders = new Set(assets.flatMap(({ path }) => ancestors(path)));
  const paths = new Set(assets.map(({ path }) => path));
  const request = { folders: [...folders], root: config.folder, assets: paths };
  const origins = new Map<string, string>();
  const modules = new Map<string, readonly Pick<ModuleShare, 'id' | 'raw'>[]>();
  const importers = new Map<string, readonly string[]>();
  for (const bundler of Object.values(bundlers)) {
    const facts = await bundler.read(request, host);
    for (const [path, origin] of facts.origins ?? []) origins.set(path, origin);
    for (const [path, shares] of facts.modules ?? []) modules.set(path, shares);
    for (const [id, others] of facts.importers ?? []) importers.set(id, others);
  }
  return { origins, modules, importers };
}

function nameAssets(
  assets: readonly Asset[],
  { origins }: { readonly origins: ReadonlyMap<string, string> },
): Asset[] {
  return assets.map((asset) => {
    const origin = origins.get(asset.path);
    return origin === undefined ? asset : { ...asset, origin };
  });
}

function ancestors(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function encodersOf(collected: readonly Collected[], config: Config, host: Host): Encoders {
  const found = collected.find(({ encoders }) => encoders !== null)?.encoders;
  return found ?? { levels: config.levels, probe: {}, versions: host.versions };
}

function trackedOf(collected: readonly Collected[]): Tracked {
  return {
    files: collected.flatMap(({ tracked }) => tracked.files ?? []),
    encodings: collected.flatMap(({ tracked }) => tracked.encodings ?? []),
    reports: collected.flatMap(({ tracked }) => tracked.reports ?? []),
  };
}
