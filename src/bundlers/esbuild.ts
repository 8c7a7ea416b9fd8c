import * as z from 'zod/mini';
import type { Page } from '../model/page.ts';
import type { Bundler, BundlerFacts, Metadata } from './bundler.ts';
import { importersOf } from './importers-of.ts';
import { moduleName } from './module-name.ts';
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
  const place = placementOf([...outputs.keys()], metadata, { fromAbove: true });
  const imports = Object.entries(metafile.inputs).flatMap(([importer, { imports: list = [] }]) =>
    list.map(({ path }): [string, string] => [moduleName(path), moduleName(importer)]),
  );
  const importers = importersOf(imports);
  if (place === null) return { importers };
  const named = [...outputs].flatMap(([name, output]) => {
    const path = place(name);
    return path === null ? [] : [{ path, name, output }];
  });
  return {
    origins: originsOf(outputs, place),
    modules: new Map(
      named.filter(({ name }) => isCode(name)).map(({ path, output }) => [path, modulesOf(output)]),
    ),
    importers,
    ...pagesOf(outputs, place),
  };
}

function modulesOf({ inputs }: Output): { id: string; raw: number }[] {
  const bytes = new Map<string, number>();
  for (const [name, { bytesInOutput }] of Object.entries(inputs)) {
    const id = moduleName(name);
    if (bytesInOutput > 0) bytes.set(id, (bytes.get(id) ?? 0) + bytesInOutput);
  }
  return [...bytes].map(([id, raw]) => ({ id, raw }));
}

function originsOf(outputs: ReadonlyMap<string, Output>, place: Placement): Map<string, string> {
  const origins = new Map<string, string>();
  for (const [name, output] of outputs) {
    const source = output.entryPoint ?? onlyFile(name, output);
    const path = place(name);
    if (source === undefined) continue;
    if (path !== null) origins.set(path, moduleName(source));
    const css = output.cssBundle === undefined ? null : place(output.cssBundle);
    if (css !== null) origins.set(css, `${moduleName(source)}#css`);
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
): { entries: Page[]; dynamicEntries: Page[] } {
  const graph = graphOf(outputs, place);
  const dynamic = new Set([...outputs.keys()].flatMap((name) => graph.later(name)));
  const entries: Page[] = [];
  const dynamicEntries: Page[] = [];
  for (const [name, { entryPoint }] of outputs) {
    if (entryPoint === undefined || place(name) === null) continue;
    const page = pageOf(moduleName(entryPoint), [name], graph);
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
