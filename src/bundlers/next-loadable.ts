import * as z from 'zod/mini';
import type { Page } from '../model/page.ts';
import type { BundlerFacts, Metadata } from './bundler.ts';
import { moduleNames } from './module-name.ts';
import { isCode } from './page-of.ts';
import { placementOf } from './placement.ts';

/** `src/app.jsx -> ./pages/report.jsx`: what imports, and by what request. */
const IMPORT = /^(.+) -> (.+)$/s;

const loadableSchema = z.record(
  z.string().check(z.regex(IMPORT)),
  z.object({ id: z.optional(z.unknown()), files: z.array(z.string()) }),
);

/** `react-loadable-manifest.json` of Next.js: what is imported dynamically. */
export function loadableFacts(metadata: Metadata): BundlerFacts | null {
  const parsed = loadableSchema.safeParse(metadata.value);
  if (!parsed.success || Object.keys(parsed.data).length === 0) return null;
  const imports = Object.entries(parsed.data);
  const names = imports.flatMap(([, { files }]) => files);
  const prefix = metadata.path.slice(0, metadata.path.lastIndexOf('/') + 1);
  const placed = placementOf(names, metadata, { prefix });
  const idOf = moduleNames(metadata.root);
  if (placed === null) return {};
  const dynamicEntries = imports.flatMap(([key, { files }]): Page[] => {
    const path = idOf(targetOf(key));
    const initial = new Set(files.filter(isCode).flatMap((name) => placed.place(name) ?? []));
    if (path === null || initial.size === 0) return [];
    return [{ path, kind: 'route', initial: [...initial].sort(), lazy: [], unresolved: [] }];
  });
  return { dynamicEntries };
}

function targetOf(key: string): string {
  const [, importer = '', request = ''] = IMPORT.exec(key) ?? [];
  if (!request.startsWith('.')) return request;
  return importer.slice(0, importer.lastIndexOf('/') + 1) + request;
}
