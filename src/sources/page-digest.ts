import { createHash } from 'node:crypto';
import { pageTypeOf } from '../core/page-type.ts';
import type { Host } from '../model/host.ts';
import type { Page } from '../model/page.ts';
import { TOOL } from '../model/tool.ts';
import { sha256 } from './content-digest.ts';
import type { Output } from './page-output.ts';

/** Says what a page was read from; null where a file of it is not in the output. */
export type PageDigest = (page: Page) => string | null;

/** Raised with any change to what a scan finds: pages that an older one has found are read anew. */
const SCANNER = 1;

/**
 * A digest of all that a scan of a page depends on: who scans, the names of the output's files, and
 * the bytes of those that the page loads, among which are all that the scan has read. What was found
 * is part of it, so that a page which somebody has added to since is never taken for a scanned one.
 */
export function pageDigest(output: Output, folder: string, host: Host): PageDigest {
  const { root, files } = output;
  const names = digestOf([SCANNER, TOOL.version, root, ...[...files.keys()].sort()]);
  const known = new Map<string, string>();
  const bytesOf = (path: string): string => {
    const digest = known.get(path) ?? readDigest(`${folder}/${path}`, files.get(path)?.size, host);
    known.set(path, digest);
    return digest;
  };
  return (page) => {
    const { path, kind, initial, lazy, unresolved, broken = [] } = page;
    const loaded = [...initial, ...lazy];
    if (!(files.has(path) && loaded.every((one) => files.has(one)))) return null;
    const texts = [path, ...loaded.filter(isText)].map(bytesOf);
    return digestOf([names, path, kind, initial, lazy, unresolved, broken, texts]);
  };
}

/** What a scan looks into; it follows no pictures and no fonts. */
function isText(path: string): boolean {
  const type = pageTypeOf(path);
  return type === 'script' || type === 'stylesheet';
}

function readDigest(path: string, size: number | undefined, host: Host): string {
  const bytes = host.readNow(path, size ?? 0) ?? new Uint8Array();
  return sha256(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

function digestOf(value: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
