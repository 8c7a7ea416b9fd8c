import type { Asset } from '../model/snapshot.ts';

/**
 * True for a script or a stylesheet whose name says nothing of it: `[hash].js`, and the numbers and
 * ids that bundlers give to chunks, which the next build may give to others: `123.js`,
 * `4bd1b696-[hash].js`, `chunk-[hash].js`.
 */
export function isAnonymous({ subject }: Pick<Asset, 'subject'>): boolean {
  const name = subject.slice(subject.lastIndexOf('/') + 1);
  const stem = CODE.exec(name)?.[1];
  return stem?.split(/[-._~]/).every((part) => NOTHING.test(part)) ?? false;
}

/** True for a script or a stylesheet, whose text is made of words. */
export function isCode({ path }: Pick<Asset, 'path'>): boolean {
  return CODE.test(path);
}

const CODE = /^(.*?)(?:\.(?:min|chunk|bundle|module))*\.(?:[cm]?js|css)$/;
const NOTHING = /^(?:\[hash\]|\d*|chunk|(?=.*\d)[0-9a-f]{8})$/;
