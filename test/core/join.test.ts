import { describe, expect, test } from 'vitest';
import { joinReports } from '../../src/core/join.ts';
import { annotationsOf } from '../../src/format/annotations.ts';
import { verdictSentence } from '../../src/format/sentence.ts';
import type { Report, ReportMeta } from '../../src/model/report.ts';
import { partsOf } from '../../src/model/report-parts.ts';
import { reportSchema } from '../../src/model/report-schema.ts';
import { canonicalReports, joined, part, script } from '../support/canonical-reports.ts';

const BROKEN = part('a', { assets: [script('index', 180_000)] });
const WARNED = part('b', { assets: [script('index', 101_000)] });
const QUIET = part('c');
const TOGETHER = { name: '.', skipped: [], notes: [] };

function withMeta(report: Report, meta: Partial<ReportMeta>): Report {
  return { ...report, meta: { ...report.meta, ...meta } };
}

function withBase(report: Report, base: Partial<NonNullable<Report['comparison']['base']>> | null) {
  const known = report.comparison.base;
  const next = base === null || known === null ? null : { ...known, ...base };
  return { ...report, comparison: { ...report.comparison, base: next } };
}

/** Every canonical report as one of its own project. */
const ALL = Object.entries(canonicalReports)
  .filter(([name]) => !name.endsWith('-projects'))
  .map(([project, make]) => withMeta(make(), { project }));

describe('a joined report', () => {
  test('comes apart into the reports that it was made of', () => {
    expect(partsOf(joinReports(ALL, TOGETHER))).toEqual(ALL);
  });

  test('of one project is its own only part', () => {
    expect(partsOf(BROKEN)).toEqual([BROKEN]);
  });

  test('is valid, with what was left out', () => {
    const report = joined([BROKEN, QUIET], ['z']);
    const read = reportSchema.safeParse(JSON.parse(JSON.stringify(report)));

    expect(read.error?.issues).toBeUndefined();
    expect(read.data).toEqual(report);
  });

  test('has the worst status, in any order', () => {
    expect(joined([QUIET, BROKEN, WARNED]).verdict.status).toBe('fail');
    expect(joined([WARNED, QUIET]).verdict.status).toBe('warn');
    expect(joined([QUIET, QUIET]).verdict.status).toBe('pass');
  });

  test('names the project in each finding, change and weakened rule', () => {
    const { verdict, comparison } = joinReports(ALL, TOGETHER);
    const named = new Set(ALL.map(({ meta }) => meta.project));
    const all = [...verdict.findings, ...verdict.relaxed, ...comparison.changes];

    expect(verdict.relaxed.length).toBeGreaterThan(0);
    expect(all.filter(({ project = '' }) => !named.has(project))).toEqual([]);
  });

  test('has the base that all have, and none where they differ', () => {
    const commit = 'e'.repeat(40);
    const base = (...reports: Report[]) => joined(reports).comparison.base;

    expect(base(BROKEN, WARNED)).toEqual(BROKEN.comparison.base);
    expect(base(BROKEN, withBase(WARNED, { commit }))).toBeNull();
    expect(base(BROKEN, withBase(WARNED, null))).toBeNull();
    expect(base(withBase(BROKEN, null), WARNED)).toBeNull();
    const [one, other] = [{ commit: null }, { commit: null, store: 'other.json' }];
    expect(base(withBase(BROKEN, one), withBase(WARNED, other))).toBeNull();
  });

  test('adds up what is tracked, but never bytes of two encodings', () => {
    const raw = (project: string) => {
      const { tracked } = QUIET.meta;
      if (tracked === null) throw new Error('nothing is tracked');
      return withMeta(QUIET, { project, tracked: { ...tracked, encoding: 'raw' } });
    };
    const [first, second] = [BROKEN.meta.tracked, QUIET.meta.tracked];

    expect(joined([BROKEN, QUIET]).meta.tracked).toMatchObject({
      head: (first?.head ?? 0) + (second?.head ?? 0),
      base: (first?.base ?? 0) + (second?.base ?? 0),
      assets: (first?.assets ?? 0) + (second?.assets ?? 0),
    });
    expect(joined([BROKEN, raw('r')]).meta.tracked).toBeNull();
    expect(joined([BROKEN, raw('r'), QUIET]).meta.tracked).toBeNull();
    expect(joined([withMeta(BROKEN, { tracked: null }), QUIET]).meta.tracked).toEqual(second);
  });
});

describe('the sentence', () => {
  const plain = (report: Report) => verdictSentence(report, String);

  test('counts over all projects, and names the project before the budget', () => {
    const twice = joined([part('x', { assets: [script('index', 180_000)] }), BROKEN, QUIET]);

    expect(plain(twice)).toBe(
      '2 of 9 budgets in 3 projects are broken: x › All script is 10 kB over its 170 kB',
    );
    expect(plain(joined([WARNED, QUIET]))).toMatch(
      /^No budget fails, 1 of 6 in 2 projects warns: b ›/,
    );
    expect(plain(joined([QUIET, WARNED]))).toContain('b › Any chunk');
    expect(plain(joined([QUIET, part('d')]))).toBe('All 6 budgets in 2 projects hold');
  });

  test.each([[BROKEN], [WARNED], [QUIET]])(
    'says what was left out, whatever the verdict',
    (one) => {
      expect(plain(joined([one], ['y', 'z']))).toMatch(/; 2 of 3 projects are not built$/);
      expect(plain(joined([one, part('d')], ['z']))).toMatch(/; 1 of 3 projects is not built$/);
    },
  );
});

describe('annotations', () => {
  test('stand in each project’s own budgets file', () => {
    const notes = annotationsOf(joined([QUIET, WARNED, BROKEN]));

    expect(notes).toMatchObject([
      { level: 'error', title: 'Budget a › All script', file: 'a/budgets.json', line: 4 },
      { level: 'warning', title: 'Budget b › Any chunk', file: 'b/budgets.json', line: 11 },
      { level: 'warning', title: 'Budget a › Any chunk', file: 'a/budgets.json', line: 11 },
    ]);
  });

  test('are no more than a step shows, of all projects together', () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      withMeta(BROKEN, { project: `p${index}` }),
    );
    const errors = annotationsOf(joined(many)).filter(({ level }) => level === 'error');

    expect(errors).toHaveLength(10);
    expect(errors.at(-1)).toMatchObject({
      message: expect.stringContaining('and 21 more budgets'),
    });
  });
});
