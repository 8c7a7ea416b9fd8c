import { describe, expect, it } from 'vitest';
import { annotationsOf } from '../../src/format/annotations.ts';
import { causeWords } from '../../src/format/causes.ts';
import { verdictSentence } from '../../src/format/sentence.ts';
import { whysOf, whyTitle } from '../../src/format/whys.ts';
import type { Report, ReportCause } from '../../src/model/report.ts';
import { addedMoment } from '../support/added-moment.ts';
import { canonicalReports } from '../support/canonical-reports.ts';

const CAUSE = addedMoment({});

function report(name: string): Report {
  const make = canonicalReports[name];
  if (make === undefined) throw new Error(`no report is named ${name}`);
  return make();
}

const plain = (text: string) => text;

describe('a cause in words', () => {
  const module = { package: null, version: null, module: 'src/a.ts' };

  it.each<[Partial<ReportCause>, string]>([
    [{}, 'moment@2.30.1 is new (+3.9 kB)'],
    [{ importer: 'src/b.ts' }, 'moment@2.30.1 is new (+3.9 kB), imported by src/b.ts'],
    [{ load: 'lazy' }, 'moment@2.30.1 is new (+3.9 kB, lazy)'],
    [{ version: null }, 'moment is new (+3.9 kB)'],
    [{ version: '2.0.0, 2.1.3' }, 'moment is new, as 2.0.0, 2.1.3 (+3.9 kB)'],
    [{ kind: 'removed', bytes: -3_900 }, 'moment@2.30.1 is gone (-3.9 kB)'],
    [{ kind: 'grown', ...module }, 'src/a.ts grew by 3.9 kB'],
    [{ kind: 'shrunk', bytes: -39, ...module }, 'src/a.ts shrank by 39 B'],
    [{ kind: 'version', from: '1.0.0', to: '2.0.0' }, 'moment went from 1.0.0 to 2.0.0 (+3.9 kB)'],
    [
      { kind: 'version', from: '1.0.0', to: '1.0.1', bytes: 0 },
      'moment went from 1.0.0 to 1.0.1 (0 B)',
    ],
    [{ kind: 'duplicated', ...module }, 'src/a.ts is in the build more than once (+3.9 kB)'],
    [
      { kind: 'duplicated', version: '1.0.0, 2.0.0' },
      'moment is in the build more than once, as 1.0.0, 2.0.0 (+3.9 kB)',
    ],
    [{ kind: 'moved', from: 'lazy', to: 'initial' }, 'moment moved from lazy to initial (+3.9 kB)'],
    [{ kind: 'moved' }, 'moment moved here from another file (+3.9 kB)'],
    [{ kind: 'moved', bytes: -9 }, 'moment moved to another file (-9 B)'],
    [{ kind: 'other', package: null }, 'everything else (+3.9 kB)'],
  ])('%j', (facts, words) => {
    expect(causeWords({ ...CAUSE, ...facts }, plain)).toBe(words);
  });

  it('quotes every name', () => {
    const named = { ...CAUSE, kind: 'version', from: 'f', to: 't' } as const;

    expect(causeWords(named, (text) => `<${text}>`)).toContain('<moment> went from <f> to <t>');
  });
});

describe('the verdict in a sentence', () => {
  it('names the packages that are there twice: their number says nothing', () => {
    const base = report('causes');
    const [finding] = base.verdict.findings;
    if (finding === undefined) throw new Error('the report has no finding');
    const twice = {
      ...finding,
      budget: 'duplicates',
      subject: 'duplicates',
      metric: 'duplicates',
      unit: 'count',
      rule: 'max',
      status: 'fail',
      actual: 1,
      allowed: 0,
      over: 1,
      reason: null,
      detail: 'ms (2.0.0 and 2.1.3)',
    } as const;
    const verdict = { ...base.verdict, status: 'fail', findings: [twice] } as const;

    expect(verdictSentence({ ...base, verdict }, plain)).toContain(
      'duplicates is 1 over its 0: ms (2.0.0 and 2.1.3)',
    );
  });

  it('names the first cause that went the way of the whole, however much something else shrank', () => {
    expect(verdictSentence(report('causes'), plain)).toBe(
      '2 of 3 budgets are broken: All script grew by 14.5 kB, more than its 2 kB; ' +
        'moment@2.30.1 is new (+20.1 kB), imported by src/pages/Report.tsx',
    );
  });

  it('names none where nothing says what is inside', () => {
    expect(verdictSentence(report('over-limit'), plain)).not.toContain(';');
  });

  it('is told on the line of the budget as well', () => {
    const [first] = annotationsOf(report('causes'));

    expect(first?.message).toContain('moment@2.30.1 is new');
  });
});

describe('why', () => {
  it('adds up what is in several files', () => {
    const [first] = whysOf(report('causes'), 10);
    const home = first?.causes.find(({ module }) => module === 'src/pages/Home.tsx');

    expect(home?.bytes).toBe(10_500);
  });

  it('is not said twice of the same change', () => {
    const whys = whysOf(report('causes'), 10);
    const alone = whys.filter(({ budget }) => budget === null);

    expect(alone.map(({ subject }) => subject)).not.toContain('dist/assets/index-[hash].js');
  });

  it('is left out where all of it is unknown', () => {
    expect(whysOf(report('two-hundred-assets'), 10)).toEqual([]);
  });

  it('has a title that fits what happened', () => {
    const why = { budget: null, subject: 'a.js', kind: 'kept', delta: 1_000, causes: [] } as const;

    expect(whyTitle(why, plain, plain)).toBe('Why a.js grew by 1 kB');
    expect(whyTitle({ ...why, delta: -1_000 }, plain, plain)).toBe('Why a.js shrank by 1 kB');
    expect(whyTitle({ ...why, delta: 0 }, plain, plain)).toBe('What changed in a.js');
    expect(whyTitle({ ...why, kind: 'added' }, plain, plain)).toBe(
      'What is in a.js, new with 1 kB',
    );
  });
});
