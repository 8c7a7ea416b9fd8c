import { describe, expect, it } from 'vitest';
import { markdown } from '../../src/reporters/markdown.ts';
import { terminal } from '../../src/reporters/terminal.ts';
import { canonicalReports } from '../support/canonical-reports.ts';

const LOOK = { width: 80, color: false, maxLength: 65_536 };

function report(name: string) {
  const make = canonicalReports[name];
  if (make === undefined) throw new Error(`no report is named ${name}`);
  return make();
}

describe('the comment', () => {
  it('opens with the verdict and its numbers', () => {
    const [first] = markdown(report('over-limit'), LOOK).split('\n');

    expect(first).toBe(
      '### ❌ Weighbridge: 1 of 3 budgets is broken: All script is 2.4 kB over its 170 kB',
    );
  });

  it('says what changed, and folds what did not', () => {
    const text = markdown(report('regression'), LOOK);

    expect(text).toContain('**+4.1 kB** (+2.5%), limit +2 kB');
    expect(text).toContain('<summary>2 budgets pass, 2 assets unchanged</summary>');
  });

  it('names who accepted a broken limit, without calling them', () => {
    const accepted = report('over-limit');
    const detail = 'accepted by label "size: **ok**", set by @ana';
    const findings = accepted.verdict.findings.map((finding) => ({
      ...finding,
      ...(finding.status === 'fail'
        ? { status: 'warn' as const, reason: 'accepted' as const, detail }
        : {}),
    }));
    const verdict = { ...accepted.verdict, status: 'warn' as const, findings };
    const text = markdown({ ...accepted, verdict }, LOOK);

    expect(text).toContain('accepted by label "size: \\*\\*ok\\*\\*", set by @\u200bana');
    expect(text).not.toContain('@ana');
    expect(terminal({ ...accepted, verdict }, LOOK)).toContain('set by @ana');
  });

  it('says on the first run that comparisons are to come', () => {
    expect(markdown(report('no-baseline'), LOOK)).toContain('No baseline yet');
  });

  it('counts what could not be judged where that is not the first run', () => {
    const first = report('no-baseline');
    const meta = { ...first.meta, noBaseline: 'No record of base, `1a2b3c4`.' };
    const text = markdown({ ...first, meta }, LOOK);
    const unjudged = first.verdict.findings.filter(({ status }) => status === 'inconclusive');

    expect(text).toContain(
      `### ❔ Weighbridge: 5 limits hold, ${unjudged.length} could not be judged`,
    );
    const [passed] = first.verdict.findings.filter(({ status }) => status === 'pass');
    const findings = passed === undefined ? unjudged : [passed, ...unjudged];
    const one = markdown({ ...first, meta, verdict: { ...first.verdict, findings } }, LOOK);
    expect(one).toContain(`1 limit holds, ${unjudged.length} could not be judged`);
  });

  it('on a first run tells of what is open for another reason than the want of a baseline', () => {
    const first = report('no-baseline');
    const [one, ...others] = first.verdict.findings.toSorted(
      (left, right) => Number(left.status === 'pass') - Number(right.status === 'pass'),
    );
    const open = { ...one, reason: 'incomparable', detail: 'a page refers to /b.js' } as const;
    const findings = [open as (typeof others)[number], ...others];
    const text = terminal({ ...first, verdict: { ...first.verdict, findings } }, LOOK);
    expect(text).toContain('5 limits hold, 2 could not be judged.');
    expect(text).not.toContain('All 5 limits');
  });

  it('says of a limit on a value that is open that it is not known, once', () => {
    const first = report('over-limit');
    const findings = first.verdict.findings.map((finding) =>
      finding.budget === 'All script'
        ? {
            ...finding,
            status: 'inconclusive' as const,
            reason: 'incomparable' as const,
            detail: 'a page refers to /b.js',
          }
        : finding,
    );
    const text = terminal({ ...first, verdict: { ...first.verdict, findings } }, LOOK);
    expect(text.match(/not known: a page refers to \/b\.js/g)).toHaveLength(1);
    expect(text).not.toContain('not comparable');
  });

  it('counts nothing as held where nothing could be judged', () => {
    const first = report('no-baseline');
    const findings = first.verdict.findings.filter(({ status }) => status === 'inconclusive');
    const none = { ...first, verdict: { ...first.verdict, findings } };
    expect(markdown(none, LOOK)).toContain('Weighbridge: No limit could be judged yet\n');
    const meta = { ...first.meta, noBaseline: null };
    expect(markdown({ ...none, meta }, LOOK)).toContain('Weighbridge: No limit could be judged\n');
  });

  it('gets shorter instead of longer than GitHub takes', () => {
    const text = markdown(report('two-hundred-assets'), { ...LOOK, maxLength: 4_000 });

    expect(text.length).toBeLessThanOrEqual(4_000);
    expect(text).toContain('### ');
    expect(text).toContain('<sub>');
  });
});

describe('the terminal', () => {
  it('says last what to do', () => {
    const lines = terminal(report('over-limit'), LOOK).trimEnd().split('\n');

    expect(lines.at(-1)).toBe('Make it smaller or faster, or change the limit in budgets.json:4.');
  });

  it('shows limit and size in different words when they differ (trap: "286 kB > 285 kB")', () => {
    const close = report('over-limit');
    const findings = close.verdict.findings.map((finding) => ({
      ...finding,
      actual: 170_023,
      allowed: 170_000,
    }));
    const text = terminal({ ...close, verdict: { ...close.verdict, findings } }, LOOK);

    expect(text).toContain('170023 B');
    expect(text).toContain('170000 B');
  });

  it('counts what has no room', () => {
    const many = report('two-hundred-assets');
    const findings = many.verdict.findings.map((finding) => ({
      ...finding,
      status: 'fail' as const,
    }));
    const text = terminal({ ...many, verdict: { ...many.verdict, findings } }, LOOK);

    expect(text).toMatch(/and \d+ more like these/);
    expect(text.split('\n').length).toBeLessThan(500);
  });

  it('colours only when asked to', () => {
    const plain = terminal(report('over-limit'), LOOK);
    const painted = terminal(report('over-limit'), { ...LOOK, color: true });

    expect(plain).not.toContain('\u001b');
    expect(painted).toContain('\u001b[31m');
  });
});

describe('why a limit that does not hold does not fail', () => {
  const score = { rule: 'min', unit: 'score', actual: 0.8, allowed: 0.9, base: 0.7 } as const;

  it.each([
    [{ reason: 'already-over', allowed: 170_000, base: 172_000 }, 'already over on base, by 2 kB'],
    [{ reason: 'already-over', ...score }, 'already under on base, by 0.2'],
    [
      { reason: 'already-over', ...score, detail: 'on a commit 3 before base' },
      '3 before base, by',
    ],
    [{ reason: 'zero-base' }, 'base is 0, which has no percent'],
    [{ reason: 'history' }, 'a noisy metric against a stored baseline only warns'],
    [{ reason: 'push' }, 'limits on changes only warn on the base branch'],
    [{ reason: 'waived', detail: 'new editor, @ana' }, 'waived: new editor, @ana'],
    [
      { reason: 'ancestor', detail: 'includes what others changed' },
      'includes what others changed',
    ],
  ] as const)('%j', (facts, words) => {
    const whole = report('already-over');
    const [first] = whole.verdict.findings.filter(({ status }) => status === 'warn');
    if (first === undefined) throw new Error('the report of a limit broken before is gone');
    const verdict = { ...whole.verdict, findings: [{ ...first, ...facts }] };

    expect(terminal({ ...whole, verdict }, LOOK).replaceAll(/\s+/g, ' ')).toContain(words);
  });
});

describe('the last line of the terminal', () => {
  it('asks for source maps where nothing says what is inside', () => {
    const broken = report('over-limit');
    const detail = 'what is inside is not known: the script has no source maps';
    const findings = broken.verdict.findings
      .filter(({ status }) => status === 'fail')
      .map((finding) => ({ ...finding, actual: null, reason: 'no-match' as const, detail }));
    const text = terminal({ ...broken, verdict: { ...broken.verdict, findings } }, LOOK);

    expect(text).toContain('Turn source maps on in your bundler, and build anew, or mend');
    expect(text).not.toContain('Build first');
    expect(text.replaceAll(/\s+/g, ' ')).toContain('is not known without source maps');
    expect(text).toMatch(/✖ .* not known /);
    expect(text).not.toMatch(/matches nothing|no match/);
  });

  it.each([
    ['size.gzip', 'Build first, or mend'],
    ['duplicates', 'Build first, or mend'],
    ['largest-contentful-paint', 'Run the tool that writes the reports, or mend'],
  ])('says what is missing where nothing matches: %s', (metric, words) => {
    const broken = report('over-limit');
    const missing = {
      metric,
      actual: null,
      reason: 'no-match' as const,
      detail: 'nothing matches',
    };
    const findings = broken.verdict.findings
      .filter(({ status }) => status === 'fail')
      .map((finding) => ({ ...finding, ...missing }));

    expect(terminal({ ...broken, verdict: { ...broken.verdict, findings } }, LOOK)).toContain(
      words,
    );
  });

  it('shows no number where the value is not known', () => {
    const first = report('no-baseline');
    const findings = first.verdict.findings.slice(0, 1).map((finding) => ({
      ...finding,
      status: 'inconclusive' as const,
      actual: null,
      reason: 'incomparable' as const,
      detail: '2 scripts have no source map',
    }));
    const text = terminal({ ...first, verdict: { ...first.verdict, findings } }, LOOK);

    expect(text).toContain('not known: 2 scripts have no source map');
    expect(text).not.toContain('no match');
  });
});

describe('a change that is not known, as base has no number', () => {
  const known = report('over-limit');
  const unknown = {
    ...known,
    verdict: {
      ...known.verdict,
      findings: known.verdict.findings.map((one) => ({ ...one, base: null, delta: null })),
    },
    meta: { ...known.meta, tracked: known.meta.tracked && { ...known.meta.tracked, base: null } },
  };

  it('is said, as a blank reads like no change', () => {
    const total = /All tracked(: \d+ files)? +(\| )?[\d.]+ \wB gzip +(\| )?not known/;
    expect(known.comparison.base).not.toBeNull();
    for (const text of [markdown(unknown, LOOK), terminal(unknown, LOOK)]) {
      expect(text).toMatch(total);
      expect(text.match(/not known/g)?.length).toBeGreaterThan(1);
    }
  });

  it('is left blank where there is no base at all', () => {
    const first = { ...unknown, comparison: { ...unknown.comparison, base: null } };
    for (const text of [markdown(first, LOOK), terminal(first, LOOK)]) {
      expect(text).not.toContain('not known');
    }
  });
});
