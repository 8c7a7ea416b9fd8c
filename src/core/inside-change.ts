import type { Encoding } from '../model/metric.ts';
import type { Asset, Snapshot } from '../model/snapshot.ts';
import { type Asked, insideOf } from './inside.ts';
import { hasSameContent } from './same-content.ts';

/** How much a part of a build changed, where no cause names it. */
export type InsideChange =
  | { readonly kind: 'same' }
  /** That side, or neither, was measured with source maps. */
  | { readonly kind: 'closed'; readonly side: 'base' | 'head' | 'both' }
  /** Bytes in the encoding, head minus base. */
  | { readonly kind: 'slight'; readonly bytes: number };

/** Which side says nothing of what is inside; null where both do. */
export function closedSide(head: Snapshot, base: Snapshot): 'base' | 'head' | 'both' | null {
  const [inHead, inBase] = [head, base].map(({ assets }) => assets.some(isOpen));
  if (!inHead) return inBase ? 'head' : 'both';
  return inBase ? null : 'base';
}

/** Compares what head and base have of a package or a module, however little it is. */
export function insideChange(
  asked: Asked,
  { head, base }: Readonly<Record<'head' | 'base', Snapshot>>,
  encoding: Encoding,
): InsideChange {
  const [after, before] = [sizesOf(head, asked, encoding), sizesOf(base, asked, encoding)];
  const places = new Set(after.paths);
  const changed = head.assets.filter((asset) => places.has(asset.path) && !isIn(base, asset));
  const ofFiles = [head, base].map((one) => sizesOf({ ...one, measurements: [] }, asked, encoding));
  const isInFiles = changed.length > 0 || ofFiles[0]?.raw !== ofFiles[1]?.raw;
  if (!isInFiles && after.raw === before.raw) return { kind: 'same' };
  // What is imported needs no source maps.
  const side = isInFiles ? closedSide(head, base) : null;
  if (isInFiles && changed.some((asset) => isClosedIn(base, asset)))
    return { kind: 'closed', side: 'base' };
  if (side !== null) return { kind: 'closed', side };
  if (after.raw === before.raw) return { kind: 'same' };
  return { kind: 'slight', bytes: after.bytes - before.bytes || after.raw - before.raw };
}

function sizesOf(snapshot: Snapshot, asked: Asked, encoding: Encoding) {
  const contents = insideOf(snapshot, asked, encoding);
  return {
    paths: contents.map(({ name }) => name),
    bytes: contents.reduce((sum, { bytes }) => sum + bytes, 0),
    raw: contents.reduce((sum, { raw }) => sum + raw, 0),
  };
}

function isOpen({ modules }: Asset): boolean {
  return modules !== undefined;
}

function isIn({ assets }: Snapshot, asset: Asset): boolean {
  return assets.some((other) => hasSameContent(other, asset));
}

function isClosedIn({ assets }: Snapshot, { subject }: Asset): boolean {
  return assets.some((other) => other.subject === subject && !isOpen(other));
}
