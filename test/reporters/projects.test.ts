import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { markdown } from '../../src/reporters/markdown.ts';
import { terminal } from '../../src/reporters/terminal.ts';
import { canonicalReports, joined, part, script } from '../support/canonical-reports.ts';

const LOOK = { width: 80, color: false, maxLength: 65_536 };
const FORMS = { terminal, markdown };

const sized = (project: string, index: number) =>
  part(project, {
    assets: [script('index', index), script('editor', 60_000), script('chart', 12_000)],
  });
const broken = (project: string) => sized(project, 180_000);
const quiet = (project: string) => sized(project, 90_000);
const count = (length: number, make: (project: string) => Report) =>
  Array.from({ length }, (_, index) => make(`packages/p${index}`));

function several(): Report {
  const make = canonicalReports['several-projects'];
  if (make === undefined) throw new Error('the report on several projects is gone');
  return make();
}

const places = (text: string, ...words: string[]) => words.map((word) => text.indexOf(word));

describe.each(Object.entries(FORMS))('%s', (_form, write) => {
  test('shows what is broken first, then what warns, then what passes, then what is not built', () => {
    const text = write(several(), LOOK).replace(/^### .*/, '');
    const order = places(
      text,
      'apps/shop',
      'apps/docs',
      'packages/ui',
      'packages/icons',
      'packages/api',
    );

    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((left, right) => left - right));
  });

  test('gives a passing project one line', () => {
    const text = write(joined([...count(20, quiet), broken('z')]), LOOK);

    for (const name of ['p0', 'p7', 'p19']) {
      expect(text.split('\n').filter((line) => line.includes(`packages/${name} `))).toHaveLength(1);
    }
    expect(text).toContain('1 of 63 budgets in 21 projects is broken: z › All script');
  });

  test('says once what is true of all, and of whom else it is true', () => {
    const noted = (project: string, ...notes: string[]) => {
      const report = quiet(project);
      return { ...report, meta: { ...report.meta, notes } };
    };
    const text = write(
      joined([noted('a', 'Same.', 'Two.'), noted('b', 'Same.', 'Two.'), noted('c', 'Same.')]),
      LOOK,
    );

    expect(text.match(/Same\./g)).toHaveLength(1);
    expect(text).toContain('a and b: Two.');
    expect(text).not.toMatch(/: Same\./);
    expect(text.match(/Compared with/g)).toHaveLength(1);
  });

  test('says what each was compared with where that differs', () => {
    const other = (project: string) => {
      const report = quiet(project);
      const { base } = report.comparison;
      if (base === null) throw new Error('there is no base');
      const elsewhere = { ...base, commit: 'beef'.repeat(10), store: 'other.json' };
      return { ...report, comparison: { ...report.comparison, base: elsewhere } };
    };
    const text = write(joined([quiet('a'), other('b')]), LOOK).replaceAll('\u200b', '');

    expect(text).toMatch(/a: Compared with `?1a2b3c4/);
    expect(text).toMatch(/b: Compared with `?beefbee/);
  });

  test('lists what is not built, however well the rest does', () => {
    const text = write(joined([quiet('a')], ['packages/gone']), LOOK);

    expect(text).toContain('1 of 2 projects is not built');
    expect(text).toContain('packages/gone: packages/gone/dist/ does not exist');
  });

  test('shows a weakened rule of a project that passes', () => {
    const report = quiet('a');
    const relaxed = [{ budget: null, kind: 'unbuilt-weakened', from: 'fail', to: 'skip' } as const];
    const text = write(joined([{ ...report, verdict: { ...report.verdict, relaxed } }]), LOOK);

    expect(text).toContain('`unbuilt` was weakened, from fail to skip');
  });

  test('waits with all projects for the first baseline', () => {
    const first = (project: string) => {
      const report = canonicalReports['no-baseline']?.();
      if (report === undefined) throw new Error('the report without a baseline is gone');
      return { ...report, meta: { ...report.meta, project } };
    };
    const all = write(joined([first('a'), first('b')]), LOOK);
    const one = write(joined([quiet('a'), first('b')]), LOOK);

    expect(all.match(/No baseline yet/g)).toHaveLength(1);
    expect(all).not.toContain('a and b: No baseline');
    expect(one).toContain('b: No baseline yet');
  });

  test('counts in the line of a project that waits as the sentence of all does', () => {
    const waiting = (project: string, noBaseline: string) => {
      const report = canonicalReports['no-baseline']?.();
      if (report === undefined) throw new Error('the report without a baseline is gone');
      return { ...report, meta: { ...report.meta, project, noBaseline } };
    };
    const textOf = (noBaseline: string) =>
      write(joined([waiting('a', noBaseline), waiting('b', noBaseline)]), LOOK);
    const first = textOf('No baseline yet: comparisons start after the first run on `main`.');
    const later = textOf('No record of base, `1a2b3c4`.');

    expect(first).toContain('All 10 limits in 2 projects hold');
    expect(first.match(/ 5 limits hold(?! in)(?!,)/g)).toHaveLength(2);
    expect(later).toContain('10 limits in 2 projects hold, 4 could not be judged');
    expect(later.match(/ 5 limits hold, 2 not judged/g)).toHaveLength(2);
    expect(first + later).not.toMatch(/\d of \d holds?/);
  });

  test.each([50, 500, 2_000])('stays short and whole with %i broken projects', (length) => {
    const long = `${'deep/'.repeat(60)}`;
    const report = joined(
      count(length, (project) => broken(`${long}${project}`)),
      Array.from({ length }, (_, index) => `${long}gone${index}`),
    );
    const text = write(report, LOOK);

    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain(`${length} of ${length * 3} budgets in ${length} projects are broken`);
    expect(text).toContain(`${length} of ${2 * length} projects are not built`);
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
    expect(text.trimEnd()).toMatch(/<\/sub>$|budgets\.json:4\.$/);
  });
});

describe('the comment', () => {
  test('shows fifty projects of which one is broken in a few kilobytes', () => {
    const text = markdown(joined([...count(49, quiet), broken('z')]), LOOK);

    expect(text.length).toBeLessThan(8_000);
    expect(text.match(/^#### /gm)).toHaveLength(1);
    expect(text).toContain('<details><summary>49 projects pass</summary>');
  });

  test('gets shorter instead of longer than its place takes', () => {
    for (const maxLength of [30_000, 10_000, 3_000]) {
      const text = markdown(joined(count(60, broken)), { ...LOOK, maxLength });

      expect(text.length).toBeLessThanOrEqual(maxLength);
      expect(text).toMatch(/^### ❌ /);
      expect(text).toContain('</sub>');
    }
  });
});

test('the terminal ends with the place of the first broken budget', () => {
  const lines = terminal(joined([quiet('a'), broken('b')]), LOOK)
    .trimEnd()
    .split('\n');

  expect(lines.at(-1)).toBe('Make it smaller or faster, or change the limit in b/budgets.json:4.');
});
