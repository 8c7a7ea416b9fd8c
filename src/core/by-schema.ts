import type { Snapshot } from '../model/snapshot.ts';
import { snapshotSchema, snapshotSetSchema } from '../model/snapshot-schema.ts';
import { isKnownAsset } from './known-asset.ts';

/** What a schema says: the value without keys that it does not know, or the first thing wrong. */
type Held<Value> =
  | { readonly value: Value }
  /** The path of what is wrong; empty for the value itself. */
  | { readonly wrongAt: readonly PropertyKey[] };

/** Holds a value against the snapshot's schema; of assets as we write them a quicker test says the same. */
export function snapshotBySchema(value: unknown): Held<Snapshot> {
  const assets = (value as { assets?: unknown } | null)?.assets;
  const isQuick = Array.isArray(assets) && assets.every(isKnownAsset);
  const parsed = snapshotSchema.safeParse(isQuick ? { ...(value as object), assets: [] } : value);
  if (!parsed.success) return { wrongAt: parsed.error.issues[0]?.path ?? [] };
  return { value: isQuick ? { ...parsed.data, assets } : parsed.data };
}

/** Holds a value against the schema of a file of several snapshots, and not these against theirs. */
export function snapshotSetBySchema(
  value: unknown,
): ReturnType<typeof snapshotSetSchema.safeParse> {
  return snapshotSetSchema.safeParse(value);
}
