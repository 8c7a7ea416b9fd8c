import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { formatSnapshot } from '../../src/core/snapshot-text.ts';
import {
  indexPath,
  LARGEST_INDEX,
  LARGEST_RECORD,
  MOST_RECORDS,
  packRecord,
  recordsOf,
  unpackRecord,
  withRecord,
} from '../../src/stores/git-layout.ts';
import type { KeptFile, NewFile } from '../../src/stores/git-transport.ts';
import type { Keepable } from '../../src/stores/store.ts';
import { asset, digest, measurement } from '../support/build.ts';
import { commitOf, DISTINCT_PROJECTS, record } from '../support/records.ts';

const BYTES = new Uint8Array([1]);

/** The tree after a record, as git would hold it. */
function add(files: readonly KeptFile[], snapshot: Keepable): KeptFile[] {
  return asKept(withRecord(files, snapshot, BYTES, ''));
}

function asKept(files: readonly (KeptFile | NewFile)[]): KeptFile[] {
  return files.map((file) => ({ path: file.path, id: 'id' in file ? file.id : digest(file.path) }));
}

function fill(snapshots: readonly Keepable[], start: readonly KeptFile[] = []): KeptFile[] {
  return snapshots.reduce<KeptFile[]>((files, one) => add(files, one), [...start]);
}

function commits(files: readonly KeptFile[], project = '.'): string[] {
  return recordsOf(files, project).map(({ commit }) => commit);
}

function at(minute: number, name: string, project = '.'): Keepable {
  const takenAt = new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
  return { ...record(commitOf(name), project), takenAt };
}

function contentAt(files: readonly (KeptFile | NewFile)[], path: string): string {
  const file = files.find((one) => one.path === path);
  if (file === undefined || 'id' in file) throw new Error(`${path} was not written`);
  return String(file.content);
}

describe('records', () => {
  it('are in the order in which they were taken, then kept', () => {
    const files = fill([at(2, 'b'), at(1, 'a'), at(3, 'd'), at(3, 'c')]);
    expect(commits(files)).toEqual(['c', 'd', 'b', 'a'].map(commitOf));
  });

  it('know the time by its meaning, however it was written', () => {
    const without = { ...record(commitOf('a')), takenAt: '2026-01-15T12:00:01Z' };
    const files = fill([without, { ...record(commitOf('b')), takenAt: '2026-01-15T12:00:00.9Z' }]);
    expect(commits(files)).toEqual([commitOf('a'), commitOf('b')]);
  });

  it('have paths that every file system can hold, and keeps apart', () => {
    const projects = [...DISTINCT_PROJECTS, '', '\ud800', '\ud801', '\ufffd'];
    const files = fill(projects.map((project) => record(commitOf('a'), project)));
    for (const { path } of files) {
      expect(path).toMatch(
        /^(?:records\/[a-z0-9-]{40,73}\/\w{19}-\d{9}-\w{40}\.json\.gz|index\/[a-z0-9-]{40,73}\.ndjson)$/,
      );
    }
    expect(new Set(files.map(({ path }) => path.toLowerCase())).size).toBe(projects.length * 2);
    for (const project of projects) expect(commits(files, project)).toEqual([commitOf('a')]);
  });

  it('take the place of one of the same project and commit, and of no other', () => {
    const files = fill([at(5, 'a'), at(6, 'a', 'shop'), at(4, 'a')]);
    expect(recordsOf(files, '.')).toMatchObject([
      { path: expect.stringContaining('20260101T000400') },
    ]);
    expect(commits(files, 'shop')).toEqual([commitOf('a')]);
    expect(files).toHaveLength(4);
  });

  it('leave what is no record where it is, and never read it', () => {
    const folder = fill([at(1, 'a')])[0]?.path.split('/')[1];
    const foreign = [
      'README.md',
      `records/${folder}/notes.txt`,
      `records/${folder}/20260101T000000000Z-000000009-${'g'.repeat(40)}.json.gz`,
      `records/${folder}/sub/20260101T000000000Z-000000009-${commitOf('x')}.json.gz`,
      `RECORDS/${folder}/20260101T000000000Z-000000009-${commitOf('x')}.json.gz`,
    ].map((path) => ({ path, id: digest(path) }));
    const files = fill([at(1, 'a')], foreign);
    expect(commits(files)).toEqual([commitOf('a')]);
    expect(files).toEqual(expect.arrayContaining(foreign));
  });
});

describe('the bound', () => {
  const many = Array.from({ length: MOST_RECORDS }, (_, minute) =>
    at(minute, `many ${minute}`, minute % 2 ? 'shop' : '.'),
  );
  const full = fill(many);

  it('is four hundred records over all projects: the oldest goes', () => {
    expect(commits(full).length + commits(full, 'shop').length).toBe(400);
    const files = fill([at(9_000, 'new', 'third'), at(9_001, 'newer', 'third')], full);
    expect(commits(files, 'third')).toEqual([commitOf('newer'), commitOf('new')]);
    expect(commits(files)).toEqual(commits(full).slice(0, -1));
    expect(commits(files, 'shop')).toEqual(commits(full, 'shop').slice(0, -1));
  });

  it('lets none go for a commit that is there already', () => {
    const files = add(full, at(9_000, 'many 0'));
    expect(commits(files)).toHaveLength(200);
    expect(commits(files)[0]).toBe(commitOf('many 0'));
  });

  it('never takes the record just written, be it older than all', () => {
    const files = add(full, at(-60, 'old', 'third'));
    expect(commits(files, 'third')).toEqual([commitOf('old')]);
    expect(commits(files)).toEqual(commits(full).slice(0, -1));
  });

  it('lets the index of a project stay without its records', () => {
    expect(full.map(({ path }) => path)).toContain(indexPath('shop'));
    const files = fill(
      many.map((one, index) => ({ ...at(9_000 + index, one.commit) })),
      full,
    );
    expect(commits(files, 'shop')).toEqual([]);
    expect(files.map(({ path }) => path)).toContain(indexPath('shop'));
  });
});

describe('the index', () => {
  const [one, two] = [
    {
      ...at(1, 'a'),
      assets: [
        asset('a.js', { raw: 1, gzip: 20, brotli: 2 }),
        asset('b.js', { raw: 4, gzip: 21, brotli: undefined }),
      ],
    },
    {
      ...at(2, 'b'),
      measurements: [measurement({ metric: 'lcp', value: 2_000 })],
      kept: { verdict: 'fail', run: 7 } as const,
    },
  ];

  it('has a line a record, added below the others', () => {
    const first = contentAt(withRecord([], one, BYTES, ''), indexPath('.'));
    const both = contentAt(withRecord([], two, BYTES, first), indexPath('.'));
    expect(both.startsWith(first)).toBe(true);
    expect(both.endsWith('}\n')).toBe(true);
    const lines = both
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      {
        commit: one.commit,
        project: '.',
        takenAt: one.takenAt,
        verdict: null,
        // One asset has no brotli size: a sum of the others would not be the total.
        totals: { raw: 5, gzip: 41, brotli: null },
        metrics: [],
      },
      { verdict: 'fail', metrics: [{ subject: '/', metric: 'lcp', value: 2_000 }] },
    ]);
  });

  it('has no second line for a write that was tried twice', () => {
    const first = contentAt(withRecord([], one, BYTES, ''), indexPath('.'));
    expect(contentAt(withRecord([], one, BYTES, first), indexPath('.'))).toBe(first);
  });

  it('survives a last line without its end', () => {
    const lines = contentAt(withRecord([], one, BYTES, '{"cut":'), indexPath('.')).split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toBe('{"cut":');
  });

  it('loses its oldest lines when it is too long, and never the new one', () => {
    const old = Array.from({ length: 3_000 }, (_, index) => `{"é":"${index} ${'x'.repeat(400)}"}`);
    const text = contentAt(withRecord([], one, BYTES, `${old.join('\n')}\n`), indexPath('.'));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(LARGEST_INDEX);
    expect(Buffer.byteLength(text)).toBeGreaterThan(LARGEST_INDEX - 500);
    const lines = text.trim().split('\n');
    expect(lines.at(-2)).toBe(old.at(-1));
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ commit: one.commit });
    const measurements = Array.from({ length: 20_000 }, (_, index) =>
      measurement({ metric: `m${index}` }),
    );
    const huge = contentAt(withRecord([], { ...one, measurements }, BYTES, text), indexPath('.'));
    expect(huge.trim().split('\n')).toHaveLength(1);
  });
});

describe('a packed record', () => {
  it('is the snapshot, compressed', async () => {
    const one = record(commitOf('a'));
    const packed = await packRecord(one);
    expect(gunzipSync(packed).toString()).toBe(formatSnapshot(one));
    expect(await unpackRecord(packed, one, 'it')).toEqual(one);
  });

  it('has 256 kB at most, and is refused with what is in it', async () => {
    const assets = (count: number) =>
      Array.from({ length: count }, (_, index) => asset(`dist/${digest(`${index}`)}.js`));
    const fitting = { ...record(commitOf('a')), assets: assets(1_500) };
    expect((await packRecord(fitting)).length).toBeLessThanOrEqual(LARGEST_RECORD);
    await expect(packRecord({ ...fitting, assets: assets(6_000) })).rejects.toMatchObject({
      name: 'UserError',
      code: 'record-too-large',
      message: expect.stringMatching(/\d{6} bytes compressed, where 256000 is the most/),
      hint: expect.stringContaining('It has 6000 assets and 0 measurements.'),
    });
  });

  it('has the smallest modules folded where there are too many, and as few of them as it takes', async () => {
    const own = (index: number) => `src/${digest(`${index}`).slice(0, 20)}.ts`;
    const modules = Array.from({ length: 20_000 }, (_, index) => ({
      id: own(index),
      raw: 20_000 - index,
      gzip: (7 * index) % 4_001,
    })).sort((left, right) => (left.id < right.id ? -1 : 1));
    const whole = { ...record(commitOf('a')), assets: [{ ...asset('dist/a.js'), modules }] };
    const packed = await packRecord(whole);
    const kept = await unpackRecord(packed, whole, 'it');
    const after = kept.assets[0]?.modules ?? [];

    expect(packed.length).toBeLessThanOrEqual(LARGEST_RECORD);
    expect(packed.length).toBeGreaterThan(LARGEST_RECORD / 3);
    expect(after.some(({ id }) => id === own(0))).toBe(true);
    expect(after.some(({ id }) => id === own(19_999))).toBe(false);
    const total = (list: readonly { readonly raw: number }[]) =>
      list.reduce((sum, { raw }) => sum + raw, 0);
    expect(total(after)).toBe(total(modules));
  });

  it.each([
    ['is cut', (packed: Uint8Array) => packed.slice(0, -20)],
    ['is empty', () => new Uint8Array()],
    [
      'has another byte',
      (packed: Uint8Array) => packed.map((byte, at) => (at === 60 ? byte ^ 1 : byte)),
    ],
    ['is not compressed', () => new TextEncoder().encode(formatSnapshot(record(commitOf('a'))))],
    ['is a bomb', () => gzipSync(Buffer.alloc(65_000_000, ' '))],
  ])('is damaged when it %s', async (_, damage) => {
    const one = record(commitOf('a'));
    await expect(
      unpackRecord(damage(await packRecord(one)), one, 'The record'),
    ).rejects.toMatchObject({
      name: 'UserError',
      code: 'snapshot-damaged',
      message: expect.stringMatching(/^The record cannot be used/),
      hint: expect.stringContaining('weighbridge record'),
    });
  });
});
