import * as z from 'zod/mini';
import type { Host } from '../model/host.ts';
import type { Bundler } from './bundler.ts';

const manifestSchema = z.record(
  z.string(),
  z.object({
    file: z.string(),
    src: z.optional(z.string()),
    name: z.optional(z.string()),
    css: z.optional(z.array(z.string())),
  }),
);

/** `.vite/manifest.json` of Vite 5 and later, `manifest.json` of 2 to 4 (`build.manifest`). */
export const vite: Bundler = {
  name: 'vite',
  read: async ({ folders, root }, host) => {
    const origins = new Map<string, string>();
    for (const folder of folders) {
      for (const name of ['.vite/manifest.json', 'manifest.json']) {
        const prefix = folder === '' ? '' : `${folder}/`;
        await addManifest(prefix, host.resolve(root, prefix + name), host, origins);
      }
    }
    return { origins };
  },
};

/** A manifest.json that is something else (a web app's) has another shape, and names nothing. */
async function addManifest(
  prefix: string,
  path: string,
  host: Host,
  origins: Map<string, string>,
): Promise<void> {
  const bytes = await host.read(path);
  const parsed = bytes === null ? null : manifestSchema.safeParse(parseOrNull(bytes));
  if (!parsed?.success) return;
  for (const [key, chunk] of Object.entries(parsed.data)) {
    // The key of a shared chunk holds its hash; its name does not, but need not be unique.
    const origin = chunk.src ?? (chunk.name === undefined ? key : `~${chunk.name}`);
    origins.set(prefix + chunk.file, origin);
    const [css, ...others] = chunk.css ?? [];
    if (css !== undefined && others.length === 0) origins.set(prefix + css, `${origin}#css`);
  }
}

function parseOrNull(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    return null;
  }
}
