import { execFileSync } from 'node:child_process';
import type { Emulator, Row } from './emulator.ts';
import { branch, reference } from './seed.ts';

interface GitObject {
  readonly sha: string;
  readonly type: string;
  readonly content: Buffer;
}

/** Copies a local repository's objects, branches and tags into the emulator: same bytes, same ids. */
export function push(
  emulator: Emulator,
  directory: string,
  objectsTo: readonly Row[],
  refsTo: Row,
): void {
  const objects = readObjects(directory);
  const sizes = new Map(objects.map(({ sha, content }) => [sha, content.length]));
  for (const row of objectsTo) {
    for (const object of objects) insert(emulator, row, object, sizes);
  }
  const format = '--format=%(objectname) %(refname)';
  for (const line of git(directory, ['for-each-ref', format]).toString().split('\n')) {
    const [sha, ref] = line.split(' ');
    if (sha === undefined || ref === undefined) continue;
    if (ref.startsWith('refs/heads/'))
      branch(emulator, refsTo, ref.slice('refs/heads/'.length), sha);
    else reference(emulator, refsTo, ref, sha);
  }
}

function git(directory: string, args: readonly string[], input?: string): Buffer {
  return execFileSync('git', ['-C', directory, ...args], {
    input: input ?? '',
    maxBuffer: 2 ** 30,
  });
}

function readObjects(directory: string): GitObject[] {
  const all = git(directory, [
    'cat-file',
    '--batch-all-objects',
    '--batch-check=%(objectname)',
  ]).toString();
  const output = git(directory, ['cat-file', '--batch'], all);
  const objects: GitObject[] = [];
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf('\n', at);
    const [sha = '', type = '', size = ''] = output.toString('utf8', at, end).split(' ');
    const start = end + 1;
    objects.push({ sha, type, content: output.subarray(start, start + Number(size)) });
    at = start + Number(size) + 1;
  }
  return objects;
}

function insert(
  emulator: Emulator,
  row: Row,
  { sha, type, content }: GitObject,
  sizes: Map<string, number>,
): void {
  const { commits, trees, blobs } = emulator.tables;
  const table = { commit: commits, tree: trees, blob: blobs }[type];
  if (table === undefined || table.findBy('sha', sha).some((one) => one.repo_id === row.id)) return;
  const shared = { repo_id: row.id, sha, node_id: `${type}_${sha}` };
  if (type === 'commit')
    table.insert({ ...shared, user_id: row.owner_id, ...commitColumns(content.toString()) });
  if (type === 'tree')
    table.insert({ ...shared, tree: treeEntries(content, sizes), truncated: false });
  if (type === 'blob') table.insert({ ...shared, size: content.length, ...blobColumns(content) });
}

function blobColumns(content: Buffer): object {
  const text = content.toString('utf8');
  const isText = !text.includes('\0') && Buffer.from(text).equals(content);
  return isText
    ? { content: text, encoding: 'utf-8' }
    : { content: content.toString('base64'), encoding: 'base64' };
}

function treeEntries(content: Buffer, sizes: Map<string, number>): object[] {
  const entries: object[] = [];
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(' ', at);
    const zero = content.indexOf(0, space);
    const mode = content.toString('utf8', at, space).padStart(6, '0');
    const sha = content.toString('hex', zero + 1, zero + 21);
    const type = mode === '040000' ? 'tree' : mode === '160000' ? 'commit' : 'blob';
    const size = type === 'blob' ? { size: sizes.get(sha) ?? 0 } : {};
    entries.push({ path: content.toString('utf8', space + 1, zero), mode, type, sha, ...size });
    at = zero + 21;
  }
  return entries;
}

function commitColumns(text: string): object {
  const split = text.indexOf('\n\n');
  const headers = text.slice(0, split).split('\n');
  const values = (name: string) =>
    headers
      .filter((line) => line.startsWith(`${name} `))
      .map((line) => line.slice(name.length + 1));
  return {
    tree_sha: values('tree')[0],
    parent_shas: values('parent'),
    message: text.slice(split + 2),
    ...person('author', values('author')[0] ?? ''),
    ...person('committer', values('committer')[0] ?? ''),
  };
}

function person(role: string, line: string): object {
  const [, name = '', email = '', seconds = '0', zone = '+0000'] =
    /^(.*) <(.*)> (\d+) ([+-]\d{4})$/.exec(line) ?? [];
  return {
    [`${role}_name`]: name,
    [`${role}_email`]: email,
    [`${role}_date`]: isoDate(Number(seconds), zone),
  };
}

/** ISO 8601 in the zone of the person, from which the emulator makes git's own form again. */
function isoDate(seconds: number, zone: string): string {
  const minutes = Number(`${zone[0]}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3)));
  const local = new Date((seconds + minutes * 60) * 1000).toISOString().slice(0, 19);
  return `${local}${zone.slice(0, 3)}:${zone.slice(3)}`;
}
