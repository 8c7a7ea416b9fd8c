import { sketchOf } from '../core/sketch.ts';
import type { FileLook, FileToLookAt, LookRequest } from '../model/file-look.ts';
import { contentOf, sha256 } from './content-digest.ts';
import { isCompressedAlready, sizeAtOnce } from './encoding.ts';
import { mapFinder } from './map-finder.ts';

/** Says how to look at one file after the other, of which nothing is known before. */
export function fileLooker({
  levels,
  hashes,
  maps,
}: LookRequest): (file: FileToLookAt, data: Buffer) => FileLook {
  const mentionIn = mapFinder(maps);
  return ({ path, encodings, wantsSketch }, data) => {
    const digest = sha256(data);
    const asIs = isCompressedAlready(data, path) ? data.length : null;
    const sizes = encodings.map((encoding) => [
      encoding,
      asIs ?? sizeAtOnce(data, encoding, levels),
    ]);
    return {
      sha256: digest,
      ...contentOf(path, data, digest, hashes),
      raw: data.length,
      ...Object.fromEntries(sizes),
      sketch: wantsSketch ? sketchOf(data) : null,
      mapMention: mentionIn(path, data),
    };
  };
}
