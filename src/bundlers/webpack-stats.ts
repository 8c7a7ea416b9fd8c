import * as z from 'zod/mini';

const text = z.nullish(z.string());
const id = z.union([z.string(), z.number()]);
const ids = z.nullish(z.array(id));
const texts = z.nullish(z.array(z.string()));
/** rspack writes lists of them. */
const hash = z.nullish(z.union([z.string(), z.array(z.string())]));

const assetSchema = z.object({
  name: z.string(),
  chunkNames: z.nullish(z.array(z.nullable(z.string()))),
  info: z.nullish(
    z.object({
      contenthash: hash,
      chunkhash: hash,
      fullhash: hash,
      modulehash: hash,
      sourceFilename: text,
    }),
  ),
});

const chunkSchema = z.object({
  id: z.nullish(id),
  files: z.array(z.string()),
  names: texts,
  children: ids,
  siblings: ids,
  reason: text,
  origins: z.nullish(z.array(z.object({ moduleName: text, request: text }))),
});

const reasonSchema = z.object({
  moduleName: text,
  /** The module itself, where `moduleName` is the one that it was concatenated into. */
  resolvedModule: text,
  type: text,
  userRequest: text,
});

const moduleSchema = z.object({
  name: text,
  reasons: z.nullish(z.array(reasonSchema)),
  /** Those that were concatenated into it: of the same shape, held against it one by one. */
  modules: z.nullish(z.array(z.unknown())),
});

const entrypointSchema = z.object({
  chunks: ids,
  // webpack 4 names them, later ones give objects.
  assets: z.nullish(z.array(z.union([z.string(), z.object({ name: z.string() })]))),
});

const statsSchema = z.object({
  assets: z.array(assetSchema),
  chunks: z.nullish(z.array(chunkSchema)),
  entrypoints: z.nullish(z.record(z.string(), entrypointSchema)),
  modules: z.nullish(z.array(z.unknown())),
  outputPath: text,
});

export type StatsAsset = z.infer<typeof assetSchema>;
export type StatsChunk = z.infer<typeof chunkSchema>;
export type StatsModule = z.infer<typeof moduleSchema>;

/** The name of the module that a reason is in; undefined for an entrypoint's. */
export function importerOf(reason: z.infer<typeof reasonSchema>): string | undefined {
  return reason.resolvedModule || reason.moduleName || undefined;
}

/** One compilation, with the keys that are read of it. */
export interface Stats extends Omit<z.infer<typeof statsSchema>, 'modules'> {
  /** Those inside of others among them. */
  readonly modules: readonly StatsModule[];
}

/** Compilations of one build: a browser's, a server's. */
const MOST_CHILDREN = 50;

/** What webpack's stats hold, one for each compilation; empty for what is something else. */
export function readStats(value: unknown): Stats[] {
  const own = statsSchema.safeParse(value);
  const several = z.object({ children: z.array(z.unknown()) }).safeParse(value);
  const children = several.success ? several.data.children.slice(0, MOST_CHILDREN) : [];
  const all = [own, ...children.map((child) => statsSchema.safeParse(child))];
  return all
    .flatMap(({ data }) => (data === undefined ? [] : [data]))
    .filter(({ chunks, entrypoints }) => (chunks ?? entrypoints ?? null) !== null)
    .map((stats) => ({ ...stats, modules: flatten(stats.modules ?? []) }));
}

/** Modules inside of modules, however deep. */
function flatten(values: readonly unknown[]): StatsModule[] {
  const open = [...values];
  const modules: StatsModule[] = [];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    const parsed = moduleSchema.safeParse(value);
    if (!parsed.success) continue;
    modules.push(parsed.data);
    for (const inner of parsed.data.modules ?? []) open.push(inner);
  }
  return modules;
}
