import type { Baseline } from '../model/comparison.ts';
import type { Host } from '../model/host.ts';
import { readSnapshot } from './snapshot-file.ts';

/** Where base comes from: a snapshot file, nowhere on purpose, or nothing was said. */
export type BaseRequest =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'unsaid'; readonly advice: string };

export interface Recalled {
  readonly baseline: Baseline | null;
  /** Why there is no baseline, and what to do; null with one. */
  readonly absence: string | null;
}

/** Finds the snapshot that head is compared with. */
export async function recall(request: BaseRequest, cwd: string, host: Host): Promise<Recalled> {
  if (request.kind === 'none') {
    return { baseline: null, absence: 'No baseline, as asked: limits on changes were not judged.' };
  }
  if (request.kind === 'unsaid') return { baseline: null, absence: request.advice };
  const snapshot = await readSnapshot(request.path, cwd, host);
  const baseline: Baseline = { snapshot, provenance: 'file', distance: 0, store: request.path };
  return { baseline, absence: null };
}
