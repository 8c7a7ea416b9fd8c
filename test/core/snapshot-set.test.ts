import { describe, expect, test } from 'vitest';
import {
  formatSnapshotSet,
  joinSnapshotSets,
  parseSnapshotSet,
  splitSnapshotText,
} from '../../src/core/snapshot-set.ts';
import { formatSnapshot, parseSnapshot } from '../../src/core/snapshot-text.ts';
import type { Snapshot, SnapshotSet } from '../../src/model/snapshot.ts';
import { asset, snapshot } from '../support/build.ts';
import { DISTINCT_PROJECTS, WHOLE } from '../support/records.ts';

const A = snapshot({ project: 'packages/a', assets: [asset('dist/a.js')] });
const B = snapshot({ project: 'packages/b', assets: [asset('dist/b.js')] });
const LEFT = { project: 'packages/c', file: 'packages/c/budgets.json', why: 'dist/ is not there' };

const set = (...snapshots: Snapshot[]): SnapshotSet => ({ snapshots, skipped: [] });

describe('a file of snapshots', () => {
  test('of one is a snapshot like any other', () => {
    expect(formatSnapshotSet(set(A))).toBe(formatSnapshot(A));
    expect(parseSnapshotSet(formatSnapshot(A), 'a.json')).toEqual(set(A));
  });

  test.each<[string, SnapshotSet]>([
    ['several', set(A, B)],
    ['several, and what was left out', { ...set(A, B), skipped: [LEFT] }],
    ['one, and what was left out', { ...set(A), skipped: [LEFT] }],
    ['everything that a snapshot can hold', set(WHOLE, { ...A, commit: WHOLE.commit })],
    ['names of every kind', set(...DISTINCT_PROJECTS.map((project) => ({ ...A, project })))],
  ])('reads as it was written: %s', (_, whole) => {
    const text = formatSnapshotSet(whole);

    expect(JSON.parse(text)).toMatchObject({ schemaVersion: 1 });
    expect(parseSnapshotSet(text, 'all.json')).toEqual(whole);
    const { texts, skipped } = splitSnapshotText(text, 'all.json');
    expect(texts.map((one) => parseSnapshot(one, 'one'))).toEqual(whole.snapshots);
    expect(skipped).toEqual(whole.skipped);
  });

  const text = formatSnapshotSet({ ...set(A, B), skipped: [LEFT] });
  const changed = (change: object) => JSON.stringify({ ...JSON.parse(text), ...change });

  test.each<[string, string, RegExp]>([
    ['no JSON', text.slice(0, -40), /not whole JSON/],
    ['no snapshots', changed({ snapshots: [] }), /not a file of snapshots/],
    ['snapshots that are no list', changed({ snapshots: A }), /not a file of snapshots/],
    ['one that is none', changed({ snapshots: [A, {}] }), /all\.json, snapshots\[1\], cannot/],
    ['one of null', changed({ snapshots: [A, null] }), /snapshots\[1\]/],
    ['a project twice', changed({ snapshots: [A, A] }), /names a project twice/],
    ['two commits', changed({ snapshots: [A, { ...B, commit: null }] }), /several commits/],
    ['what was left out without a reason', changed({ skipped: [{ project: 'c' }] }), /not a file/],
  ])('with %s is damaged', (_, damaged, words) => {
    const read = () => parseSnapshotSet(damaged, 'all.json');

    expect(read).toThrow(words);
    expect(read).toThrow(expect.objectContaining({ code: 'snapshot-damaged' }));
  });

  test('of a later version says so', () => {
    const later = changed({ schemaVersion: 2, snapshots: 'elsewhere' });

    expect(() => parseSnapshotSet(later, 'all.json')).toThrow(/newer Weighbridge/);
  });
});

describe('joining', () => {
  const join = (...files: [string, SnapshotSet][]) =>
    joinSnapshotSets(files.map(([file, one]) => ({ file, set: one })));

  test('gives all, by project', () => {
    expect(join(['b.json', set(B)], ['a.json', set(A)])).toEqual(set(A, B));
  });

  test('takes files of several, and joins again what was joined', () => {
    const c = { ...A, project: 'c' };

    expect(
      join(['ab.json', join(['a.json', set(A)], ['b.json', set(B)])], ['c.json', set(c)]),
    ).toEqual(set(c, A, B));
  });

  test('of two commits is refused, naming both files', () => {
    const other = { ...B, commit: 'f'.repeat(40) };
    const none = { ...B, commit: null };

    expect(() => join(['a.json', set(A)], ['b.json', set(other)])).toThrow(
      /a\.json is of 1a2b3c4d5e6f, b\.json is of ffffffffffff/,
    );
    expect(() => join(['a.json', set(A)], ['b.json', set(none)])).toThrow(
      /b\.json is of no commit/,
    );
  });

  test('of one project twice is refused, naming both files', () => {
    expect(() => join(['a.json', set(A)], ['b.json', set(B)], ['c.json', set(A)])).toThrow(
      'a.json and c.json both have a snapshot of packages/a.',
    );
    expect(() => join(['a.json', set(A)], ['a.json', set(A)])).toThrow('a.json is named twice.');
  });

  test('takes what one job has built over what another has left out', () => {
    const skipped = [
      { ...LEFT, project: 'packages/b' },
      { ...LEFT, project: 'packages/d' },
    ];

    expect(
      join(['a.json', { ...set(A), skipped }], ['b.json', { ...set(B), skipped: [LEFT] }]),
    ).toEqual({ snapshots: [A, B], skipped: [LEFT, skipped[1]] });
  });
});
