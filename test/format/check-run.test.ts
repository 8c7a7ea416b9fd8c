import { describe, expect, test } from 'vitest';
import { checkAnnotations, checkName, checkTitle } from '../../src/format/check-run.ts';
import type { Report, ReportFinding } from '../../src/model/report.ts';
import { canonicalReports } from '../support/canonical-reports.ts';

function canonical(name: string): Report {
  const report = canonicalReports[name]?.();
  if (report === undefined) throw new Error(`there is no report ${name}`);
  return report;
}

/** The report over-limit, with as many broken budgets as are named. */
function broken(names: readonly string[], lines: Readonly<Record<string, number>>): Report {
  const report = canonical('over-limit');
  const finding = report.verdict.findings.find(({ status }) => status === 'fail');
  const findings = names.map((budget) => ({ ...finding, budget }) as ReportFinding);
  const { meta, verdict } = report;
  return {
    ...report,
    verdict: { ...verdict, findings },
    meta: { ...meta, budgets: names, config: { file: 'budgets.json', lines } },
  };
}

describe('the name', () => {
  test('is Weighbridge at the root, and names the project elsewhere', () => {
    expect(checkName('.')).toBe('Weighbridge');
    expect(checkName('apps/shop')).toBe('Weighbridge: apps/shop');
    expect(checkName('漢字 👍')).toBe('Weighbridge: 漢字 👍');
  });

  test('is bounded and shows what is invisible', () => {
    for (const project of ['x'.repeat(10_000), 'a\nb', '\u202etxt', '\ud800', ' a', '']) {
      expect(checkName(project)).toMatch(/^Weighbridge: .{0,60} \([0-9a-f]{12}\)$/u);
      expect(checkName(project)).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }
  });

  test('is unique by project, however alike two look', () => {
    const long = 'x'.repeat(100);
    const projects = [
      `${long}a${long}`,
      `${long}b${long}`,
      'a\nb',
      'a\\nb',
      'a',
      ' a',
      'a ',
      '.',
      ' .',
    ];

    expect(new Set(projects.map(checkName)).size).toBe(projects.length);
  });
});

describe('the title', () => {
  test('is the verdict sentence as plain text', () => {
    expect(checkTitle(canonical('over-limit'))).toBe(
      '1 of 3 budgets is broken: All script is 2.4 kB over its 170 kB',
    );
  });

  test('stays one visible line of 255 characters, whatever the names', () => {
    const name = `\u202e\n${'👍'.repeat(10_000)}`;
    const title = checkTitle(broken([name], {}));

    expect([...title].length).toBeLessThanOrEqual(255);
    expect(title).toMatch(
      /^1 of 1 budget is broken: \\u\{202e\}\\n👍.* is 2\.4 kB over its 170 kB$/u,
    );
    const [a, b] = ['a'.repeat(300), 'b'.repeat(300)];
    const report = broken([a], {});
    const [finding] = report.verdict.findings as [ReportFinding];
    const findings = [b, 'c'].map((subject) => ({ ...finding, subject }));
    const both = checkTitle({ ...report, verdict: { ...report.verdict, findings } });
    expect(both).toMatch(/: a+…a+, b+…b+, is 2\.4 kB over its 170 kB$/);
    for (const report of Object.values(canonicalReports)) {
      expect([...checkTitle(report())].length).toBeLessThanOrEqual(255);
      expect(checkTitle(report())).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }
  });
});

describe('the annotations', () => {
  test('stand on the lines of the budgets file, failures first', () => {
    const report = canonical('over-limit');

    expect(checkAnnotations(report, () => 'apps/shop/budgets.json')).toMatchObject([
      { path: 'apps/shop/budgets.json', line: 4, level: 'failure', title: 'Budget All script' },
      { path: 'apps/shop/budgets.json', line: 11, level: 'warning', title: 'Budget Any chunk' },
    ]);
  });

  test('are there for all budgets, not for the ten that a step shows', () => {
    const names = Array.from({ length: 120 }, (_, index) => `Budget ${index}`);
    const lines = Object.fromEntries(names.map((name, index) => [name, index + 3]));
    const annotations = checkAnnotations(broken(names, lines), () => 'budgets.json');

    expect(annotations.map(({ line }) => line)).toEqual(Object.values(lines));
  });

  test('are bounded', () => {
    const names = Array.from({ length: 2_000 }, (_, index) => `Budget ${index}`);
    const lines = Object.fromEntries(names.map((name) => [name, 3]));
    const annotations = checkAnnotations(broken(names, lines), () => 'budgets.json');

    expect(annotations.length).toBeLessThanOrEqual(500);
    expect(annotations.length).toBeGreaterThan(400);
  });

  test('are left out where no line is known', () => {
    expect(checkAnnotations(broken(['One', 'Two'], { Two: 9 }), () => 'x.json')).toMatchObject([
      { line: 9, title: 'Budget Two' },
    ]);
  });

  test('keep to GitHub’s lengths', () => {
    const name = '👍'.repeat(100_000);
    const [annotation] = checkAnnotations(broken([name], { [name]: 3 }), () => 'budgets.json');

    expect([...(annotation?.title ?? '')].length).toBeLessThanOrEqual(255);
    expect(Buffer.byteLength(annotation?.message ?? '')).toBeLessThanOrEqual(64 * 1024);
  });
});
