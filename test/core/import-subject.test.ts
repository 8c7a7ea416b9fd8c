import { describe, expect, it } from 'vitest';
import { assemble } from '../../src/core/assemble.ts';
import { attribute } from '../../src/core/attribute.ts';
import { compare } from '../../src/core/compare.ts';
import { importText } from '../../src/core/import-text.ts';
import { formatSnapshot, parseSnapshot } from '../../src/core/snapshot-text.ts';
import { parseUntrusted } from '../../src/core/untrusted-snapshot.ts';
import type { ImportSelection } from '../../src/model/budget.ts';
import type { Measurement, Snapshot } from '../../src/model/snapshot.ts';
import type { Finding } from '../../src/model/verdict.ts';
import {
  type BudgetFacts,
  baseline,
  importBudget,
  importMeasurement,
  importSelection,
  type SnapshotFacts,
  snapshot,
  verdictOf,
} from '../support/build.ts';

const CORE = importSelection();

function weighing(
  value: number,
  limits: BudgetFacts = { maxIncrease: 10 },
  facts: Partial<Measurement> = {},
  more: SnapshotFacts = {},
): Snapshot {
  const measurements = [importMeasurement(CORE, value, facts)];
  return snapshot({ budgets: [importBudget(CORE, limits)], measurements, ...more });
}

function finding(head: Snapshot, base: Snapshot | null): Finding | undefined {
  const { findings } = verdictOf(head, base);
  expect(findings).toHaveLength(1);
  return findings[0];
}

describe('the cost of an import', () => {
  it('is held against its limits to the byte', () => {
    expect(finding(weighing(1_001, { max: 1_000 }), null)).toMatchObject({
      subject: 'import { a } from "./dist/index.js"',
      metric: 'size.gzip',
      unit: 'byte',
      status: 'fail',
      actual: 1_001,
      over: 1,
    });
    expect(finding(weighing(1_000, { max: 1_000 }), null)?.status).toBe('pass');
  });

  it('is exact: a limit on growth keeps its severity', () => {
    const grown = finding(weighing(1_011), weighing(1_000));
    expect(grown).toMatchObject({ status: 'fail', reason: null, delta: 11, over: 1 });
    expect(finding(weighing(1_010), weighing(1_000))?.status).toBe('pass');
    expect(finding(weighing(1_050, { maxIncrease: '5%' }), weighing(1_000))?.status).toBe('pass');
  });

  it('has no limit on growth without a baseline, nor as a new budget', () => {
    const none = { status: 'inconclusive', reason: 'no-baseline' };
    expect(finding(weighing(1_000), null)).toMatchObject(none);
    expect(finding(weighing(1_000), snapshot())).toMatchObject({
      ...none,
      detail: 'new budget: base had no such import',
    });
    const raw = weighing(1_000, { maxIncrease: 10 }, { metric: 'size.raw' });
    expect(finding(weighing(1_000), raw)).toMatchObject({
      ...none,
      detail: 'new budget: base has no gzip size of it',
    });
  });

  it('is never compared with that of another bundler', () => {
    const base = weighing(1_000, {}, { environment: 'esbuild 0.25.0' });
    expect(finding(weighing(5_000), base)).toMatchObject({
      status: 'inconclusive',
      reason: 'incomparable',
      detail: 'base was bundled by esbuild 0.25.0, head by esbuild 0.28.2',
    });
    const comparison = compare(weighing(5_000), baseline(base));
    const verdict = verdictOf(weighing(5_000), base);
    const report = assemble({ comparison, verdict, config: null, noBaseline: null, notes: [] });
    expect(report.comparison.changes).toMatchObject([{ kind: 'kept', delta: null }]);
  });

  it('is never compared with that of another encoder, unless it is raw', () => {
    const encoders = { levels: { gzip: 6, brotli: 11 }, probe: { gzip: 1 }, versions: {} };
    expect(finding(weighing(5_000), weighing(1_000, {}, {}, { encoders }))).toMatchObject({
      status: 'inconclusive',
      reason: 'incomparable',
      detail: 'base was compressed with another level or encoder of gzip',
    });
    const raw = (value: number, more: SnapshotFacts = {}) =>
      weighing(value, { maxIncrease: 10, encoding: 'raw' }, { metric: 'size.raw' }, more);
    expect(finding(raw(5_000), raw(1_000, { encoders }))?.status).toBe('fail');
  });

  it('is no match where there is nothing to import from, whatever the severity', () => {
    const head = weighing(1, { max: 1, severity: 'warn' }, {}, { measurements: [] });
    expect(finding(head, null)).toMatchObject({
      status: 'fail',
      reason: 'no-match',
      detail: './dist/index.js leads to no file',
    });
    const optional = weighing(1, { max: 1, optional: true }, {}, { measurements: [] });
    expect(finding(optional, null)?.status).toBe('pass');
  });

  it('is another one with other names, files, conditions, platforms or exceptions', () => {
    const others: Partial<ImportSelection>[] = [
      { imports: [{ from: './dist/index.js', names: ['b'] }] },
      { imports: [{ from: './dist/other.js', names: ['a'] }] },
      { imports: [{ from: './dist/index.js', names: ['*'] }] },
      { conditions: ['worker'] },
      { platform: 'node' },
      { external: ['react'] },
    ];
    const texts = [{}, ...others].map((facts) => importText(importSelection(facts)));
    expect(new Set(texts).size).toBe(texts.length);
  });
});

describe('why an import grew', () => {
  const own = { id: 'dist/index.js', raw: 900, gzip: 500 };
  const dep = { id: 'node_modules/dep/index.js', raw: 400, gzip: 190, importer: 'dist/index.js' };
  const limits = { name: 'Core', maxIncrease: 10 };
  const used = { instance: 'node_modules/dep', name: 'dep', version: '1.2.3' };
  const packages = [{ ...used, importer: 'dist/index.js' }];

  it('is said by packages and modules, to the byte', () => {
    const base = weighing(520, limits, { modules: [own] });
    const head = weighing(720, limits, { modules: [{ ...own, gzip: 505 }, dep] }, { packages });
    const causes = attribute(compare(head, baseline(base)), 'gzip');
    expect(causes).toContainEqual(
      expect.objectContaining({
        budget: 'Core',
        kind: 'added',
        package: 'dep',
        version: '1.2.3',
        bytes: 190,
        importer: 'dist/index.js',
      }),
    );
    expect(causes.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(200);
  });

  it('is not said of another bundler', () => {
    const base = weighing(520, limits, { modules: [own], environment: 'esbuild 0.25.0' });
    const head = weighing(720, limits, { modules: [own, dep] });
    expect(attribute(compare(head, baseline(base)), 'gzip')).toEqual([]);
  });
});

describe('a snapshot with imports', () => {
  const modules = [{ id: 'dist/index.js', raw: 900, gzip: 500, importer: 'dist/main.js' }];
  const head = weighing(1_000, { max: 1 }, { modules });

  it('is read as it was written', () => {
    expect(parseSnapshot(formatSnapshot(head), 'head.json')).toEqual(head);
  });

  it('keeps its measured facts where it is not trusted', () => {
    const read = parseUntrusted(formatSnapshot(head), 'head.json');
    expect(read.measurements).toEqual(head.measurements);
    expect(read.budgets).toEqual([]);
  });
});
