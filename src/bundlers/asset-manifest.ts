import * as z from 'zod/mini';
import type { Bundler, Metadata } from './bundler.ts';
import { placementOf } from './placement.ts';

const names = z.record(z.string(), z.string());
/** With `entrypoints`, as create-react-app writes it. */
const wrapped = z.object({ files: names, entrypoints: z.array(z.string()) });

/**
 * Names of built files by their own: `{ "main.js": "/static/js/main.2f3c.js" }`, as
 * webpack-manifest-plugin, Laravel Mix and gulp-rev write it.
 */
export const assetManifest: Bundler = {
  name: 'asset-manifest',
  read: (metadata) => {
    const files = filesIn(metadata);
    const placed = placementOf([...files.values()], metadata);
    if (placed === null) return null;
    const origins = new Map<string, string>();
    for (const [key, name] of files) {
      const path = placed.place(name);
      if (path !== null) origins.set(path, `~${key}`);
    }
    return { origins };
  },
};

/** Chunks without a name are called as they are built: their keys tell nothing. */
function filesIn({ value }: Metadata): Map<string, string> {
  const parsed = wrapped.safeParse(value);
  const plain = parsed.success ? parsed.data.files : names.safeParse(value).data;
  const files = Object.entries(plain ?? {});
  return new Map(files.filter(([key, name]) => !name.replace(/[?#].*$/s, '').endsWith(key)));
}
