import { chunkHead } from '../core/chunk-head.ts';
import type { BlankChunk } from '../model/blank-chunk.ts';
import type { FileLook } from '../model/file-look.ts';
import type { FoundFile } from '../model/host.ts';
import { blankChunk, chunkDigest } from './chunk-digest.ts';
import { isScript } from './content-digest.ts';

/** All files of a build, and what was seen in them. */
export interface SeenBuild {
  readonly files: readonly FoundFile[];
  readonly looks: ReadonlyMap<string, FileLook>;
  /** Whether base knows a file of the same bytes: it is not looked into without need. */
  readonly isKnown: (sha256: string) => boolean;
  readonly read: (file: FoundFile) => Buffer;
}

/**
 * The contents, by path, of chunks that call their modules by numbers: what is an id is known when
 * all ids of the build are. Those of chunks that base knows are left out.
 */
export function chunkContents(build: SeenBuild): ReadonlyMap<string, string> {
  const { files, looks, isKnown } = build;
  const open = files.flatMap(({ path }) => {
    const look = looks.get(path);
    const chunk = look === undefined || isKnown(look.sha256) ? null : look.chunk;
    return chunk === null ? [] : [{ path, chunk }];
  });
  if (open.length === 0) return new Map();
  const all = files.flatMap((file) => chunkIn(file, build) ?? []);
  const ids = new Set(all.flatMap((chunk) => chunk.ids));
  return new Map(open.map(({ path, chunk }) => [path, chunkDigest(chunk, ids)]));
}

function chunkIn(file: FoundFile, { looks, isKnown, read }: SeenBuild): BlankChunk | null {
  const look = looks.get(file.path);
  if (look === undefined || look.chunk !== null) return look?.chunk ?? null;
  if (!isScript(file.path) || !isKnown(look.sha256)) return null;
  const data = read(file);
  const head = chunkHead(data);
  return head === null ? null : blankChunk(data, head, []);
}
