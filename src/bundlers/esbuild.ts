import * as z from 'zod/mini';
import type { Page } from '../model/page.ts';
import type { Bundler, BundlerFacts, Metadata, StatedModules } from './bundler.ts';
import { importersOf } from './importers-of.ts';
import { type ModuleName, moduleNames } from './module-name.ts';
import { type ChunkGraph, isCode, pageOf } from './page-of.ts';
import { type Placement, placementOf } from './placement.ts';

const importsSchema = z.optional(
  z.array(
    z.object({
      path: z.string(),
      kind: z.optional(z.string()),
      external: z.optional(z.boolean()),
    }),
  ),
);

const metafileSchema = z.object({
  inputs: z.record(z.string(), z.object({ bytes: z.number(), imports: importsSchema })),
  outputs: z.record(
    z.string(),
    z.object({
      bytes: z.number(),
      inputs: z.record(z.string(), z.object({ bytesInOutput: z.int().check(z.gte(0)) })),
      imports: importsSchema,
      entryPoint: z.optional(z.string()),
      cssBundle: z.optional(z.string()),
    }),
  ),
});

type Metafile = z.infer<typeof metafileSchema>;
type Output = Metafile['outputs'][string];

/** The metafile of esbuild, which Angular writes as `stats.json`. */
export const esbuild: Bundler = {
  name: 'esbuild',
  read: (metadata) => {
    const parsed = metafileSchema.safeParse(metadata.value);
    return parsed.success ? factsOf(parsed.data, metadata) : null;
  },
};

function factsOf(metafile: Metafile, metadata: Metadata): BundlerFacts {
  const outputs = new Map(Object.entries(metafile.outputs));
  const placed = placementOf([...outputs.keys()], metadata, { fromAbove: true });
  const idOf = moduleNames(metadata.root, placed?.folder);
  const imports = Object.entries(metafile.inputs).flatMap(([importer, { imports: list = [] }]) =>
    list.map(({ path }) => [idOf(path), idOf(importer)] as const),
  );
  const importers = importersOf(imports);
  if (placed === null) return { importers };
  const { place } = placed;
  const code = [...outputs].flatMap(([name, output]) => {
    const path = isCode(name) ? place(name) : null;
    return path === null ? [] : [{ path, output }];
  });
  return {
    origins: originsOf(outputs, place, idOf),
    modules: new Map(code.map(({ path, output }) => [path, modulesOf(output, idOf)])),
    importers,
    ...pagesOf(outputs, place, idOf),
  };
}

function modulesOf({ bytes, inputs }: Output, idOf: ModuleName): StatedModules {
  const sums = new Map<string, number>();
  for (const [name, { bytesInOutput }] of Object.entries(inputs)) {
    const id = bytesInOutput > 0 ? idOf(name) : null;
    if (id !== null) sums.set(id, (sums.get(id) ?? 0) + bytesInOutput);
  }
  return { bytes, shares: [...sums].map(([id, raw]) => ({ id, raw })) };
}

function originsOf(
  outputs: ReadonlyMap<string, Output>,
  place: Placement,
  idOf: ModuleName,
): Map<string, string> {
  const origins = new Map<string, string>();
  for (const [name, output] of outputs) {
    const source = idOf(output.entryPoint ?? onlyFile(name, output) ?? '');
    if (source === null) continue;
    const path = place(name);
    if (path !== null) origins.set(path, source);
    const css = output.cssBundle === undefined ? null : place(output.cssBundle);
    if (css !== null) origins.set(css, `${source}#css`);
  }
  return origins;
}

/** The file that was copied to an output: an image, a font. */
function onlyFile(name: string, output: Output): string | undefined {
  const [file, ...others] = Object.keys(output.inputs);
  return others.length === 0 && !isCode(name) && !name.endsWith('.map') ? file : undefined;
}

function pagesOf(
  outputs: ReadonlyMap<string, Output>,
  place: Placement,
  idOf: ModuleName,
): { entries: Page[]; dynamicEntries: Page[] } {
  const graph = graphOf(outputs, place);
  const dynamic = new Set([...outputs.keys()].flatMap((name) => graph.later(name)));
  const entries: Page[] = [];
  const dynamicEntries: Page[] = [];
  for (const [name, { entryPoint }] of outputs) {
    const module = entryPoint === undefined || place(name) === null ? null : idOf(entryPoint);
    if (module === null) continue;
    const page = pageOf(module, [name], graph);
    (dynamic.has(name) ? dynamicEntries : entries).push(page);
  }
  return { entries, dynamicEntries };
}

function graphOf(outputs: ReadonlyMap<string, Output>, place: Placement): ChunkGraph {
  const imports = (name: string, kinds: readonly string[]) =>
    (outputs.get(name)?.imports ?? [])
      .filter(({ kind = '', external }) => external !== true && kinds.includes(kind))
      .map(({ path }) => path);
  return {
    now: (name) => {
      const css = outputs.get(name)?.cssBundle;
      return [
        ...imports(name, ['import-statement', 'require-call', 'import-rule', 'url-token']),
        ...(css === undefined ? [] : [css]),
      ];
    },
    later: (name) => imports(name, ['dynamic-import']),
    files: (name) => {
      const path = place(name);
      return path === null ? [] : [path];
    },
  };
}
