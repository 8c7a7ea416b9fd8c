import { chunkHead } from '../core/chunk-head.ts';
import type { FileLook } from '../model/file-look.ts';
import type { FoundFile } from '../model/host.ts';
import { chunkDigest, chunkIds } from './chunk-digest.ts';

/** All files of a build, and what was seen in them. */
export interface SeenBuild {
  readonly files: readonly FoundFile[];
  readonly looks: ReadonlyMap<string, FileLook>;
  /** Whether base knows a file of the same bytes: it is not looked into without need. */
  readonly isKnown: (sha256: string) => boolean;
  /** Throws where a file has other bytes than those of the sha256. */
  readonly readAgain: (file: FoundFile, sha256: string) => Buffer;
}

/**
 * The contents, by path, of chunks that call their modules by numbers: what is an id is known when
 * all ids of the build are. Those of chunks that base knows are left out.
 */
export function chunkContents(build: SeenBuild): ReadonlyMap<string, string> {
  const { files, looks, isKnown } = build;
  const open = files.flatMap(({ path }) => {
    const { chunk = null, sha256 = '' } = looks.get(path) ?? {};
    return chunk === null || chunk === 'unread' || isKnown(sha256) ? [] : [{ path, chunk }];
  });
  if (open.length === 0) return new Map();
  const ids = new Set(files.flatMap((file) => idsIn(file, build)));
  return new Map(open.map(({ path, chunk }) => [path, chunkDigest(chunk, ids)]));
}

function idsIn(file: FoundFile, { looks, readAgain }: SeenBuild): readonly string[] {
  const { chunk = null, sha256 = '' } = looks.get(file.path) ?? {};
  if (chunk !== 'unread') return chunk?.ids ?? [];
  const data = readAgain(file, sha256);
  const head = chunkHead(data);
  return head === null ? [] : chunkIds(data, head);
}
