import { UserError } from '../model/errors.ts';
import { SNAPSHOT_VERSION, type Snapshot } from '../model/snapshot.ts';
import { snapshotBySchema } from './by-schema.ts';
import { measurementKey } from './compare.ts';
import { isKnownSnapshot } from './known-snapshot.ts';

/**
 * Holds a text against the snapshot's schema; every number is finite, every path is there once.
 * @param file what errors call the text by
 * @throws UserError `snapshot-damaged`, `snapshot-newer`
 */
export function parseSnapshot(text: string, file: string): Snapshot {
  return snapshotOf(parseSnapshotJson(text, file), file);
}

/**
 * Holds a parsed text against the snapshot's schema.
 * @throws UserError `snapshot-damaged`, `snapshot-newer`
 */
export function snapshotOf(value: unknown, file: string): Snapshot {
  refuseNewer(value, file);
  const snapshot = isKnownSnapshot(value) ? value : heldAgainstSchema(value, file);
  const paths = new Set(snapshot.assets.map((asset) => asset.path));
  if (paths.size !== snapshot.assets.length) {
    throw damagedSnapshot(file, 'it names an asset twice');
  }
  const keys = snapshot.measurements.map(measurementKey);
  if (new Set(keys).size !== keys.length) {
    throw damagedSnapshot(file, 'it has a measurement twice');
  }
  const pages = (snapshot.pages ?? []).map(({ kind, path }) => JSON.stringify([kind, path]));
  if (new Set(pages).size !== pages.length) throw damagedSnapshot(file, 'it names a page twice');
  return snapshot;
}

/** @throws UserError `snapshot-newer` for what a later version wrote */
export function refuseNewer(value: unknown, file: string): void {
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (typeof version === 'number' && version > SNAPSHOT_VERSION) {
    throw new UserError(
      'snapshot-newer',
      `${file} was written by a newer Weighbridge (schema ${version}, this one reads ${SNAPSHOT_VERSION}).`,
      {
        hint: 'Upgrade Weighbridge, or measure base again with this version.',
      },
    );
  }
}

function heldAgainstSchema(value: unknown, file: string): Snapshot {
  const held = snapshotBySchema(value);
  if ('value' in held) return held.value;
  const at = held.wrongAt.length === 0 ? '' : ` at ${held.wrongAt.join('.')}`;
  throw damagedSnapshot(file, `it is not a snapshot${at}`);
}

/** As it is written: one line an asset, so that a stored snapshot can be read in a diff. */
export function formatSnapshot(snapshot: Snapshot): string {
  const { assets, measurements, packages = [], pages = [], ...rest } = snapshot;
  const lines = (items: readonly unknown[]) =>
    items.length === 0
      ? '[]'
      : `[\n    ${items.map((item) => JSON.stringify(item)).join(',\n    ')}\n  ]`;
  const head = JSON.stringify(rest, null, 2).replace(/\n}$/, '');
  const more = { assets, measurements, packages, pages };
  const lists = Object.entries(more).filter(([key, list]) => list.length > 0 || key in snapshot);
  return `${[head, ...lists.map(([key, list]) => `  "${key}": ${lines(list)}`)].join(',\n')}\n}\n`;
}

/** @throws UserError `snapshot-damaged` for what is no JSON */
export function parseSnapshotJson(text: string, file: string): unknown {
  if (text.startsWith('\uFEFF')) throw damagedSnapshot(file, 'it starts with a byte order mark');
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw damagedSnapshot(file, text.trim() === '' ? 'it is empty' : 'it is not whole JSON', cause);
  }
}

/** A file that is no snapshot, although somebody has named it as one. */
export function damagedSnapshot(file: string, what: string, cause?: unknown): UserError {
  return new UserError('snapshot-damaged', `${file} cannot be used as a snapshot: ${what}.`, {
    hint: 'Write it anew with `weighbridge measure --save FILE`.',
    cause,
  });
}
