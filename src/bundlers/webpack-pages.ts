import type { Page } from '../model/page.ts';
import type { ModuleName } from './module-name.ts';
import { type ChunkGraph, isCode, pageOf } from './page-of.ts';
import type { Placement } from './placement.ts';
import { importedModules, importTargets } from './webpack-origins.ts';
import type { Stats, StatsChunk } from './webpack-stats.ts';

/** What entrypoints pull in, and what modules do that are imported dynamically. */
export function webpackPages(
  stats: Stats,
  place: Placement,
  idOf: ModuleName,
): { entries: Page[]; dynamicEntries: Page[] } {
  const chunks = new Map((stats.chunks ?? []).map((chunk) => [String(chunk.id), chunk]));
  return {
    entries: entriesOf(stats, entryGraph(stats, chunks, place)),
    dynamicEntries: dynamicEntriesOf(stats, chunkGraph(chunks, place), idOf),
  };
}

type Chunks = ReadonlyMap<string, StatsChunk>;

function chunkGraph(chunks: Chunks, place: Placement): ChunkGraph {
  const related = (key: string, kind: 'siblings' | 'children') =>
    (chunks.get(key)?.[kind] ?? []).map(String);
  return {
    now: (key) => related(key, 'siblings'),
    later: (key) => related(key, 'children'),
    files: (key) => measured(chunks.get(key)?.files ?? [], place),
  };
}

function measured(files: readonly string[], place: Placement): string[] {
  return files.filter(isCode).flatMap((file) => place(file) ?? []);
}

/** An entrypoint is a chunk of its own here, which holds all of the entrypoint's files. */
function entryGraph(stats: Stats, chunks: Chunks, place: Placement): ChunkGraph {
  const graph = chunkGraph(chunks, place);
  const entrypoint = (key: string) =>
    key.startsWith(ENTRY) ? stats.entrypoints?.[key.slice(ENTRY.length)] : undefined;
  return {
    now: (key) => (entrypoint(key) === undefined ? graph.now(key) : []),
    later: (key) => {
      const own = entrypoint(key)?.chunks ?? [];
      return own.length === 0
        ? graph.later(key)
        : own.map(String).flatMap((chunk) => graph.later(chunk));
    },
    files: (key) => {
      const assets = entrypoint(key)?.assets;
      if (!assets) return graph.files(key);
      return measured(
        assets.map((asset) => (typeof asset === 'string' ? asset : asset.name)),
        place,
      );
    },
  };
}

const ENTRY = 'entrypoint ';

function entriesOf({ entrypoints }: Stats, graph: ChunkGraph): Page[] {
  return Object.keys(entrypoints ?? {})
    .map((name) => pageOf(name, [ENTRY + name], graph))
    .filter(({ initial }) => initial.length > 0);
}

function dynamicEntriesOf(stats: Stats, graph: ChunkGraph, idOf: ModuleName): Page[] {
  const targets = importTargets(stats, idOf);
  const imported = (stats.chunks ?? []).filter(({ reason }) => !reason);
  return imported
    .flatMap((chunk) =>
      importedModules(chunk, targets).map((module) => pageOf(module, [String(chunk.id)], graph)),
    )
    .filter(({ initial }) => initial.length > 0);
}
