import { describe, expect, test } from 'vitest';
import { type AssembleRequest, assemble } from '../../src/core/assemble.ts';
import { compare } from '../../src/core/compare.ts';
import type { Baseline } from '../../src/model/comparison.ts';
import { mainMetric, type Report } from '../../src/model/report.ts';
import { reportSchema } from '../../src/model/report-schema.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { asset, baseline, budget, measurement, snapshot, verdictOf } from '../support/build.ts';

function report(
  head: Snapshot,
  base: Baseline | Snapshot | null,
  more: Partial<AssembleRequest> = {},
): Report {
  const found = base === null || 'snapshot' in base ? base : baseline(base);
  return assemble({
    comparison: compare(head, found),
    verdict: verdictOf(head, found),
    config: null,
    noBaseline: null,
    notes: [],
    ...more,
  });
}

const LCP = 'largest-contentful-paint';

describe('the report', () => {
  const budgets = [budget({ name: 'All', max: 900, maxIncrease: '1%' })];
  const head = snapshot({ budgets, assets: [asset('dist/app.js', { gzip: 1_000 })] });
  const base = snapshot({
    budgets,
    commit: 'f'.repeat(40),
    assets: [asset('dist/app.js', { gzip: 800 })],
  });

  test('is what its JSON Schema says, through JSON and back', () => {
    const whole = report(head, base);
    const read: unknown = JSON.parse(JSON.stringify(whole));
    expect(reportSchema.parse(read)).toEqual(whole);
  });

  test('says which baseline, and how it was found', () => {
    const older = baseline(base, { provenance: 'ancestor', distance: 2, store: 'artifact' });
    expect(report(head, older).comparison).toMatchObject({
      head: { commit: head.commit },
      base: { commit: 'f'.repeat(40), provenance: 'ancestor', distance: 2, store: 'artifact' },
    });
  });

  test('without a baseline: base is null, nothing has changed, and it says why', () => {
    const { comparison, meta } = report(head, null, { noBaseline: 'No push run yet.' });
    expect(comparison).toMatchObject({ base: null, changes: [] });
    expect(meta).toMatchObject({
      noBaseline: 'No push run yet.',
      tracked: { base: null, added: 0 },
    });
  });

  test('carries budgets in the order of the file, lines, levels and notes', () => {
    const { meta, tool, schemaVersion } = report(head, base, {
      notes: ['a note'],
      config: {
        file: 'budgets.json',
        lines: new Map([['All', 7]]),
        ignoreBelow: 10,
        encodings: ['brotli', 'gzip'],
      },
    });
    expect({ schemaVersion, tool: tool.name }).toEqual({ schemaVersion: 1, tool: 'weighbridge' });
    expect(meta).toMatchObject({
      budgets: ['All'],
      config: { file: 'budgets.json', lines: { All: 7 } },
      encoders: { gzip: 9, brotli: 11 },
      encodings: ['brotli', 'gzip'],
      ignoreBelow: 10,
      notes: ['a note'],
    });
  });

  test('mainMetric is the first of the encodings', () => {
    expect(mainMetric(report(head, base))).toBe('size.gzip');
  });
});

describe('changes', () => {
  const ofGzip = ({ comparison }: Report) =>
    comparison.changes.filter(({ metric }) => metric === 'size.gzip');

  test('kept, added and removed, in every encoding that was measured', () => {
    const head = snapshot({
      assets: [asset('a.js', { raw: 9, gzip: 5 }), asset('b.js', { gzip: 2 })],
    });
    const base = snapshot({
      assets: [asset('a.js', { raw: 8, gzip: 4 }), asset('c.js', { gzip: 3 })],
    });
    const all = report(head, base);
    expect(ofGzip(all)).toEqual([
      {
        kind: 'kept',
        subject: 'a.js',
        metric: 'size.gzip',
        unit: 'byte',
        base: 4,
        head: 5,
        delta: 1,
      },
      {
        kind: 'added',
        subject: 'b.js',
        metric: 'size.gzip',
        unit: 'byte',
        base: null,
        head: 2,
        delta: null,
      },
      {
        kind: 'removed',
        subject: 'c.js',
        metric: 'size.gzip',
        unit: 'byte',
        base: 3,
        head: null,
        delta: null,
      },
    ]);
    expect(all.comparison.changes).toContainEqual(
      expect.objectContaining({ subject: 'a.js', metric: 'size.raw', delta: 1 }),
    );
  });

  test('an encoding that base did not measure: kept without a delta, never added', () => {
    const head = snapshot({ assets: [asset('a.js', { gzip: 5, content: 'x' })] });
    const base = snapshot({
      assets: [asset('a.js', { gzip: undefined, brotli: 4, content: 'y' })],
    });
    expect(ofGzip(report(head, base))).toMatchObject([
      { kind: 'kept', base: null, head: 5, delta: null },
    ]);
  });

  test('a file that base did not track is never "added"', () => {
    const tracked = { files: [['dist/*.js']], encodings: ['gzip' as const], reports: [] };
    const base = snapshot({ tracked, assets: [asset('dist/a.js')] });
    const head = snapshot({
      tracked: { ...tracked, files: [['dist/*']] },
      assets: [asset('dist/a.js'), asset('dist/a.css')],
    });
    const whole = report(head, base);
    expect(ofGzip(whole).filter(({ kind }) => kind === 'added')).toEqual([]);
    expect(whole.meta.tracked).toMatchObject({ added: 0 });
  });

  test('a file that head does not track any more is never "removed"', () => {
    const tracked = { files: [['dist/*']], encodings: ['gzip' as const], reports: [] };
    const base = snapshot({ tracked, assets: [asset('dist/a.js'), asset('dist/a.css')] });
    const head = snapshot({
      tracked: { ...tracked, files: [['dist/*.js']] },
      assets: [asset('dist/a.js')],
    });
    const whole = report(head, base);
    expect(ofGzip(whole).filter(({ kind }) => kind === 'removed')).toEqual([]);
    expect(whole.meta.tracked).toMatchObject({ removed: 0 });
  });

  test('a metric of reports that base did not read is never "added"', () => {
    const budgets = [budget({ metric: LCP, max: 2_500 })];
    const head = snapshot({ budgets, measurements: [measurement({ metric: LCP, value: 2_000 })] });
    const { changes } = report(head, snapshot()).comparison;
    expect(changes.filter(({ kind }) => kind === 'added')).toEqual([]);
  });

  test('sizes of other encoders have no delta', () => {
    const encoders = { levels: { gzip: 6, brotli: 11 }, probe: { gzip: 9 }, versions: {} };
    const head = snapshot({ assets: [asset('a.js', { gzip: 5, content: 'x' })] });
    const base = snapshot({ encoders, assets: [asset('a.js', { gzip: 4, content: 'y' })] });
    expect(ofGzip(report(head, base))).toMatchObject([{ base: 4, head: 5, delta: null }]);
  });

  test('measurements are changes too, and form factors are named', () => {
    const lcp = (value: number) => measurement({ metric: LCP, value });
    const { changes } = report(
      snapshot({ measurements: [lcp(2_610)] }),
      snapshot({ measurements: [lcp(2_630)] }),
    ).comparison;
    expect(changes).toEqual([
      {
        kind: 'kept',
        subject: '/ (mobile)',
        metric: LCP,
        unit: 'millisecond',
        base: 2_630,
        head: 2_610,
        delta: -20,
      },
    ]);
  });

  test('a delta of decimals has no dust', () => {
    const cls = (value: number) => measurement({ metric: 'cls', unit: 'score', value });
    const { changes } = report(
      snapshot({ measurements: [cls(0.4)] }),
      snapshot({ measurements: [cls(0.3)] }),
    ).comparison;
    expect(changes).toMatchObject([{ delta: 0.1 }]);
  });
});

describe('all that is tracked', () => {
  test('sums and counts', () => {
    const head = snapshot({
      assets: [
        asset('a.js', { gzip: 5, content: 'same' }),
        asset('b.js', { gzip: 3 }),
        asset('c.js', { gzip: 2 }),
      ],
    });
    const base = snapshot({
      assets: [
        asset('a.js', { gzip: 5, content: 'same' }),
        asset('b.js', { gzip: 1 }),
        asset('d.js', { gzip: 7 }),
      ],
    });
    expect(report(head, base).meta.tracked).toEqual({
      encoding: 'gzip',
      head: 10,
      base: 13,
      assets: 3,
      changed: 1,
      added: 1,
      removed: 1,
      unchanged: 1,
    });
  });

  test('null when no file is tracked: 0 B would be a number', () => {
    expect(report(snapshot(), snapshot()).meta.tracked).toBeNull();
  });

  test("base's total is null where some of it cannot be compared", () => {
    const head = snapshot({ assets: [asset('a.js', { gzip: 5, content: 'x' })] });
    const base = snapshot({
      assets: [asset('a.js', { gzip: undefined, brotli: undefined, content: 'y' })],
    });
    expect(report(head, base).meta.tracked).toMatchObject({ head: 5, base: null });
  });

  test('a file that only a budget of another encoding measures is no part of it', () => {
    const files = [
      asset('a.js', { gzip: 5, content: 'same' }),
      asset('other.js', { raw: 9, gzip: undefined, brotli: 4, content: 'b' }),
    ];
    expect(
      report(snapshot({ assets: files }), snapshot({ assets: files })).meta.tracked,
    ).toMatchObject({
      head: 5,
      base: 5,
      assets: 1,
    });
  });
});
