import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { countModules, foldModules } from '../core/fold-modules.ts';
import { formatSnapshot } from '../core/snapshot-text.ts';
import { UserError } from '../model/errors.ts';
import type { Encoding } from '../model/metric.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { KeptFile, NewFile } from './git-transport.ts';
import { type Identity, readRecord } from './record.ts';
import type { Keepable } from './store.ts';

/** Records that stay, over all projects. */
export const MOST_RECORDS = 400;
/** Bytes of a record, compressed: with `MOST_RECORDS` it bounds what a reader has to fetch. */
export const LARGEST_RECORD = 256_000;
/** Bytes of a project's index: the history of some 4,000 commits. */
export const LARGEST_INDEX = 1_000_000;

/** A record's file, by what its name says. */
export interface RecordFile extends KeptFile {
  readonly folder: string;
  readonly commit: string;
}

/** The records of a project, the newest first. */
export function recordsOf(files: readonly KeptFile[], project: string): readonly RecordFile[] {
  const folder = folderOf(project);
  return newestFirst(files).filter((record) => record.folder === folder);
}

/** Where the metrics of all commits of a project are, one line a record. */
export function indexPath(project: string): string {
  return `index/${folderOf(project)}.ndjson`;
}

/**
 * The tree with one more record: in place of one of the same project and commit, and of the
 * oldest where there are too many.
 * @param index the project's index as it is, empty where there is none
 */
export function withRecord(
  files: readonly KeptFile[],
  snapshot: Keepable,
  packed: Uint8Array,
  index: string,
): readonly (KeptFile | NewFile)[] {
  const records = newestFirst(files);
  const folder = folderOf(snapshot.project);
  const isReplaced = (one: RecordFile) => one.folder === folder && one.commit === snapshot.commit;
  const stays = records.filter((one) => !isReplaced(one)).slice(0, MOST_RECORDS - 1);
  const gone = new Set(records.map(({ path }) => path));
  for (const { path } of stays) gone.delete(path);
  gone.add(indexPath(snapshot.project));
  const turn = Math.max(0, ...records.map(turnOf)) + 1;
  return [
    ...files.filter(({ path }) => !gone.has(path)),
    { path: `records/${folder}/${nameOf(snapshot, turn)}`, content: packed },
    { path: indexPath(snapshot.project), content: appended(index, indexLine(snapshot)) },
  ];
}

/** `records/<project>/<taken at>-<turn>-<commit>.json.gz` */
const RECORD =
  /^records\/(?<folder>[a-z0-9-]+)\/\d{8}T\d{9}Z-(?<turn>\d{9})-(?<commit>[0-9a-f]{40,64})\.json\.gz$/;

/** By the time they were taken, and records of one time by the turn in which they were kept. */
function newestFirst(files: readonly KeptFile[]): RecordFile[] {
  return files
    .flatMap((file) => {
      const { folder, commit } = RECORD.exec(file.path)?.groups ?? {};
      return folder === undefined || commit === undefined ? [] : [{ ...file, folder, commit }];
    })
    .sort((left, right) => (ageName(left) < ageName(right) ? 1 : -1));
}

function ageName({ path, folder }: RecordFile): string {
  return path.slice(`records/${folder}/`.length);
}

function turnOf({ path }: RecordFile): number {
  return Number(RECORD.exec(path)?.groups?.turn ?? 0);
}

function nameOf({ takenAt, commit }: Keepable, turn: number): string {
  // No colon, dot or letter that a file system could mind, should somebody check the ref out.
  const time = new Date(takenAt).toISOString().replaceAll(/[-:.]/g, '');
  return `${time}-${String(turn).padStart(9, '0')}-${commit}.json.gz`;
}

/**
 * One name a project, told by a hash: names differ in what file systems and git do not keep apart.
 * As JSON, since a text with half a pair of surrogates has no bytes of its own.
 */
function folderOf(project: string): string {
  const hash = createHash('sha256').update(JSON.stringify(project)).digest('hex').slice(0, 40);
  const words = project.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const readable = words.slice(0, 32).replaceAll(/^-|-$/g, '');
  return readable === '' ? hash : `${readable}-${hash}`;
}

/** What the history of a project is drawn from, long after the record itself is gone. */
function indexLine(snapshot: Keepable): string {
  const { commit, project, takenAt, kept, assets, measurements } = snapshot;
  return JSON.stringify({
    commit,
    project,
    takenAt,
    verdict: kept?.verdict ?? null,
    totals: {
      raw: total(assets, 'raw'),
      gzip: total(assets, 'gzip'),
      brotli: total(assets, 'brotli'),
    },
    metrics: measurements.map(({ source, subject, formFactor, metric, unit, value }) => {
      return { source, subject, formFactor, metric, unit, value };
    }),
  });
}

/** Null where an asset was not measured so: a part of the sum would look like a drop. */
function total(assets: Snapshot['assets'], encoding: Encoding): number | null {
  return assets.reduce<number | null>((sum, asset) => {
    const size = asset[encoding];
    return sum === null || size === undefined ? null : sum + size;
  }, 0);
}

/** The oldest lines go where the index grows too long, never the new one. */
function appended(index: string, line: string): string {
  const lines = index.split('\n').filter((one) => one !== '');
  // A write that succeeded unseen is tried again.
  if (lines.at(-1) !== line) lines.push(line);
  const sizes = lines.map((one) => Buffer.byteLength(one) + 1);
  let size = sizes.reduce((sum, one) => sum + one, 0);
  let first = 0;
  while (size > LARGEST_INDEX && first < lines.length - 1) {
    size -= sizes[first] ?? 0;
    first += 1;
  }
  return `${lines.slice(first).join('\n')}\n`;
}

/**
 * A snapshot as it is kept: with as many of its modules by themselves as there is room for.
 * @throws UserError `record-too-large`
 */
export async function packRecord(snapshot: Keepable): Promise<Uint8Array> {
  let packed = await pack(snapshot);
  for (let most = countModules(snapshot); most > 0 && packed.length > LARGEST_RECORD; ) {
    most = Math.floor(most / 2);
    packed = await pack(foldModules(snapshot, most));
  }
  if (packed.length <= LARGEST_RECORD) return packed;
  const size = `${packed.length} bytes compressed, where ${LARGEST_RECORD} is the most`;
  const hint = `It has ${snapshot.assets.length} assets and ${snapshot.measurements.length} measurements. Leave files that no budget covers out of \`track\`, or keep it in the store \`file\` or \`artifact\`, which take more.`;
  throw new UserError('record-too-large', `The record is too large for the git store: ${size}.`, {
    hint,
  });
}

function pack(snapshot: Keepable): Promise<Uint8Array> {
  return promisify(gzip)(formatSnapshot(snapshot), { level: 9 });
}

/** Bytes of a record when inflated: far more than `LARGEST_RECORD` holds of a true one. */
const LARGEST_TEXT = 64_000_000;

/**
 * The snapshot in a record, held against the project and commit it was asked for by.
 * @param where what errors call the record by
 * @throws UserError `snapshot-damaged`, `snapshot-newer`
 */
export async function unpackRecord(
  bytes: Uint8Array,
  asked: Identity,
  where: string,
): Promise<Snapshot> {
  const text = await promisify(gunzip)(bytes, { maxOutputLength: LARGEST_TEXT }).catch((cause) => {
    throw new UserError('snapshot-damaged', `${where} cannot be used: it is not whole gzip.`, {
      hint: 'The next record of the same commit takes its place: `weighbridge record` on that commit, or its run once more.',
      cause,
    });
  });
  return readRecord(text, asked, where);
}
