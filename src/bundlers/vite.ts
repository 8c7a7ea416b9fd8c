import * as z from 'zod/mini';
import type { Bundler, BundlerFacts, Metadata } from './bundler.ts';
import { type ChunkGraph, pageOf } from './page-of.ts';

const strings = z.optional(z.array(z.string()));

const manifestSchema = z.record(
  z.string(),
  z.object({
    file: z.string(),
    src: z.optional(z.string()),
    name: z.optional(z.string()),
    isEntry: z.optional(z.boolean()),
    isDynamicEntry: z.optional(z.boolean()),
    imports: strings,
    dynamicImports: strings,
    css: strings,
  }),
);

type Chunk = z.infer<typeof manifestSchema>[string];
type Manifest = ReadonlyMap<string, Chunk>;

/** `.vite/manifest.json` of Vite 5 and later, `manifest.json` of 2 to 4 (`build.manifest`). */
export const vite: Bundler = {
  name: 'vite',
  // A manifest.json that is something else (a web app's) has another shape.
  read: (metadata) => {
    const parsed = manifestSchema.safeParse(metadata.value);
    return parsed.success ? factsOf(new Map(Object.entries(parsed.data)), metadata) : null;
  },
};

function factsOf(manifest: Manifest, { path, assets }: Metadata): BundlerFacts {
  const folder = path.replace(/(?:\.vite\/)?[^/]*$/, '');
  const measured = (file: string) => (assets.has(folder + file) ? [folder + file] : []);
  const graph = graphOf(manifest, measured);
  const pages = (of: 'isEntry' | 'isDynamicEntry') =>
    [...manifest]
      .filter(([, chunk]) => chunk[of] === true)
      .map(([key, { src = key }]) => pageOf(src, [key], graph));
  return {
    origins: originsOf(manifest, measured),
    entries: pages('isEntry'),
    dynamicEntries: pages('isDynamicEntry'),
  };
}

type Measured = (file: string) => readonly string[];

function originsOf(manifest: Manifest, measured: Measured): Map<string, string> {
  const chunks = [...manifest].map(([key, chunk]) => ({ ...chunk, origin: originOf(key, chunk) }));
  const files = chunks.flatMap(({ file, origin }) => named(file, origin, measured));
  // Several chunks may list the stylesheet of what they share: the keys are in order, so is this.
  const styles = chunks
    .toReversed()
    .flatMap(({ css: [only, ...others] = [], origin }) =>
      only === undefined || others.length > 0 ? [] : named(only, `${origin}#css`, measured),
    );
  return new Map([...styles, ...files]);
}

/** The key of a shared chunk holds its hash; its name does not, but need not be unique. */
function originOf(key: string, { src, name }: Chunk): string {
  return src ?? (name === undefined ? key : `~${name}`);
}

function named(file: string, origin: string, measured: Measured): [string, string][] {
  return measured(file).map((path) => [path, origin]);
}

function graphOf(manifest: Manifest, measured: (file: string) => readonly string[]): ChunkGraph {
  return {
    now: (key) => manifest.get(key)?.imports ?? [],
    later: (key) => manifest.get(key)?.dynamicImports ?? [],
    files: (key) => {
      const chunk = manifest.get(key);
      if (chunk === undefined) return [];
      return [chunk.file, ...(chunk.css ?? [])].flatMap(measured);
    },
  };
}
