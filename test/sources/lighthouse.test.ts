import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/read.ts';
import { compare } from '../../src/core/compare.ts';
import { subjectsOf } from '../../src/core/subjects.ts';
import { nodeHost } from '../../src/host/node.ts';
import { measure } from '../../src/measure.ts';
import type { Measurement, Snapshot } from '../../src/model/snapshot.ts';
import { memoryHost } from '../support/memory-host.ts';

const FIXTURES = resolve(import.meta.dirname, '../fixtures');
const host = nodeHost({ progress: () => {} });

type Written = Record<string, unknown>;

async function configOf(entry: Written, folder = FIXTURES) {
  const { config, problems } = await readConfig({
    file: 'budgets.json',
    folder,
    value: { budgets: [entry] },
    locate: () => '',
    line: () => null,
    showPath: () => '',
    problems: [],
  });
  if (config === null) throw new Error(JSON.stringify(problems));
  return config;
}

/** What a budget on a metric measures in reports; every metric of them is in the snapshot. */
async function take(
  lighthouse: string | string[],
  metric = 'total-byte-weight',
  more: Written = {},
): Promise<Snapshot> {
  const config = await configOf({ lighthouse, metric, max: 1, ...more });
  return (await measure(config, host, null)).snapshot;
}

function reading(
  { measurements }: Snapshot,
  metric: string,
  subject?: string,
): Measurement | undefined {
  return measurements.find(
    (item) => item.metric === metric && (subject === undefined || item.subject === subject),
  );
}

async function audits(path: string): Promise<Record<string, { numericValue: number }>> {
  return JSON.parse(await readFile(resolve(FIXTURES, path), 'utf8')).audits;
}

describe.each(['10', '11', '12', '13'])('Lighthouse %s', (version) => {
  const file = `lighthouse-${version}/mobile.json`;

  it.each([
    ['first-contentful-paint', 'millisecond', 'lower'],
    ['largest-contentful-paint', 'millisecond', 'lower'],
    ['speed-index', 'millisecond', 'lower'],
    ['total-blocking-time', 'millisecond', 'lower'],
    ['cumulative-layout-shift', 'score', 'lower'],
    ['interactive', 'millisecond', 'lower'],
    ['server-response-time', 'millisecond', 'lower'],
    ['total-byte-weight', 'byte', 'lower'],
    ['bootup-time', 'millisecond', 'lower'],
    ['mainthread-work-breakdown', 'millisecond', 'lower'],
  ])('gives %s in %ss, %s is better', async (metric, unit, better) => {
    const measured = reading(await take(file), metric);
    const expected = (await audits(file))[metric]?.numericValue;

    expect(measured).toMatchObject({ unit, better, value: expected });
  });

  it('gives scores from 0 to 1, higher is better', async () => {
    const snapshot = await take(file);

    for (const metric of ['performance', 'accessibility', 'best-practices', 'seo']) {
      expect(reading(snapshot, metric)).toMatchObject({ unit: 'score', better: 'higher' });
      expect(reading(snapshot, metric)?.value).toBeGreaterThan(0);
      expect(reading(snapshot, metric)?.value).toBeLessThanOrEqual(1);
    }
  });

  it('gives requests and bytes by type, and the DOM', async () => {
    const snapshot = await take(file);

    expect(reading(snapshot, 'resource-count:script')).toMatchObject({
      unit: 'count',
      better: 'lower',
    });
    expect(reading(snapshot, 'resource-size:script')).toMatchObject({
      unit: 'byte',
      better: 'lower',
    });
    expect(reading(snapshot, 'resource-size:total')?.value).toBe(
      reading(snapshot, 'total-byte-weight')?.value,
    );
    expect(reading(snapshot, 'dom-size')?.value).toBeGreaterThan(2);
  });

  it('gives user timings: when a mark was set, how long a measure took', async () => {
    const timings = (await take(`lighthouse-${version}/shift.json`)).measurements.filter(
      ({ metric }) => metric.startsWith('user-timing:'),
    );

    expect(timings.length).toBeGreaterThanOrEqual(3);
    expect(timings.every(({ unit, better }) => unit === 'millisecond' && better === 'lower')).toBe(
      true,
    );
  });

  it('tells mobile from desktop, and shows which when both are there', async () => {
    const entry = {
      lighthouse: `lighthouse-${version}/{mobile,desktop}.json`,
      metric: 'performance',
      min: 0,
    };
    const { snapshot } = await measure(await configOf(entry), host, null);
    const [budget] = snapshot.budgets;
    const subjects = budget === undefined ? [] : subjectsOf(budget, compare(snapshot, null));

    expect(subjects.map(({ subject }) => subject).sort()).toEqual(['/ (desktop)', '/ (mobile)']);
  });

  it('refuses INP of a navigation with advice, and reads it from a timespan', async () => {
    await expect(take(file, 'interaction-to-next-paint')).rejects.toThrow(
      `${file}: a navigation has no interaction-to-next-paint`,
    );
    const snapshot = await take(`lighthouse-${version}/timespan.json`, 'interaction-to-next-paint');

    expect(reading(snapshot, 'interaction-to-next-paint')?.value).toBeGreaterThan(0);
  });

  it('refuses an errored audit and a null score that a budget asks for, and only then', async () => {
    const errored = `lighthouse-${version}/errored-lcp.json`;

    await expect(take(errored, 'largest-contentful-paint')).rejects.toThrow(
      /has no value; the audit failed/,
    );
    await expect(take(errored, 'performance')).rejects.toThrow(/its score is null/);
    expect(reading(await take(errored), 'total-byte-weight')?.value).toBeGreaterThan(0);
  });

  it('reads the steps of a user flow apart, and no score where nothing was weighed', async () => {
    const snapshot = await take(`lighthouse-${version}/flow.json`);
    const subjects = new Set(snapshot.measurements.map(({ subject }) => subject));

    // The snapshot of Lighthouse 13 has no number at all.
    expect(subjects.size).toBe(version === '13' ? 2 : 3);
    expect([...subjects].every((subject) => / \(.+\)$/.test(subject))).toBe(true);
    const scores = snapshot.measurements.filter(({ metric }) => metric === 'performance');
    expect(scores.map(({ value }) => value)).not.toContain(0);
  });
});

describe('a report that is no result (traps: zero reports, an audit that errored: pass)', () => {
  it.each([
    ['lighthouse-10/refused.json', 'CHROME_INTERSTITIAL_ERROR'],
    ['lighthouse-11/no-fcp.json', 'NO_FCP'],
    ['lighthouse-12/status-404.json', 'ERRORED_DOCUMENT_REQUEST'],
    ['lighthouse-13/refused.json', 'CHROME_INTERSTITIAL_ERROR'],
    ['lighthouse-13/no-fcp.json', 'NO_FCP'],
    ['lighthouse-13/status-404.json', 'ERRORED_DOCUMENT_REQUEST'],
    ['lighthouse-broken/empty.json', 'is empty'],
    ['lighthouse-broken/half-written.json', 'is not whole JSON'],
    ['lighthouse-broken/bom.json', 'byte order mark'],
    ['lighthouse-broken/utf16.json', 'UTF-16'],
    ['lighthouse-broken/nan.json', 'is not whole JSON'],
    ['lighthouse-broken/not-lighthouse-k6.json', 'is not a Lighthouse report'],
  ])('%s is refused by name: %s', async (file, words) => {
    await expect(take(file)).rejects.toThrow(file);
    await expect(take(file)).rejects.toThrow(words);
  });

  it('one broken run among good ones is not left out in silence', async () => {
    await expect(take(['lighthouse-13/mobile.json', 'lighthouse-13/no-fcp.json'])).rejects.toThrow(
      'NO_FCP',
    );
  });

  it('a run without the number that the others have is not left out in silence', async () => {
    const good = JSON.parse(await readFile(resolve(FIXTURES, 'lighthouse-13/mobile.json'), 'utf8'));
    const { 'largest-contentful-paint': _, ...audits } = good.audits;
    const memory = memoryHost({
      'reports/a.json': JSON.stringify({ ...good, fetchTime: '2026-01-01T00:00:00.000Z' }),
      'reports/b.json': JSON.stringify({ ...good, audits }),
    });
    const entry = { lighthouse: 'reports', metric: 'largest-contentful-paint', max: '60 s' };

    await expect(measure(await configOf(entry, memory.cwd), memory, null)).rejects.toThrow(
      'reports/b.json has no largest-contentful-paint, which other runs of / have',
    );
  });

  it('a report that vanishes while it is read is not left out in silence', async () => {
    const text = await readFile(resolve(FIXTURES, 'lighthouse-13/mobile.json'), 'utf8');
    const memory = memoryHost({ 'reports/a.json': text, 'reports/b.json': text });
    const read = async (path: string) => (path.endsWith('b.json') ? null : memory.read(path));
    const entry = { lighthouse: 'reports', metric: 'performance', min: 0 };
    const config = await configOf(entry, memory.cwd);

    await expect(measure(config, { ...memory, read }, null)).rejects.toThrow(
      'reports/b.json vanished while it was read',
    );
  });

  it('a mobile run breaks no budget on desktop', async () => {
    const reports = ['lighthouse-13/desktop.json', 'lighthouse-13/errored-lcp.json'];

    expect(
      reading(
        await take(reports, 'largest-contentful-paint', { formFactor: 'desktop' }),
        'performance',
      ),
    ).toBeDefined();
  });

  it('a metric that a newer version removed is no match, which fails', async () => {
    const entry = {
      lighthouse: 'lighthouse-13/mobile.json',
      metric: 'first-meaningful-paint',
      max: 1,
    };
    const { snapshot } = await measure(await configOf(entry), host, null);
    const [budget] = snapshot.budgets;
    const [subject] = budget === undefined ? [] : subjectsOf(budget, compare(snapshot, null));

    expect(subject).toMatchObject({ actual: null });
    expect(subject?.detail).toContain('have no first-meaningful-paint');
  });
});

describe('.lighthouseci', () => {
  it('is read as a folder; what lies beside the reports is passed over', async () => {
    const snapshot = await take('lighthouse-ci/.lighthouseci');

    expect(reading(snapshot, 'performance')?.samples).toHaveLength(3);
  });
});

describe('runs of a page', () => {
  const REPORTS = {
    lighthouse: '../../examples/vite/reports/*.json',
    metric: 'performance',
    min: 0.5,
  };

  it('are samples, and the median decides (trap: the best of N)', async () => {
    const { snapshot } = await measure(await configOf(REPORTS), host, null);
    const paint = reading(snapshot, 'largest-contentful-paint', '/');

    expect(paint?.samples).toHaveLength(5);
    expect(paint?.value).toBe([...(paint?.samples ?? [])].sort((left, right) => left - right)[2]);
  });

  it.each([
    ['/checkout', ['/checkout']],
    ['http://another.host:8080/checkout/?utm=1', ['/checkout']],
    [undefined, ['/', '/checkout', '/product/heron-scale']],
  ])(
    'of url %s are those of the pages %j: host, port and query do not split them',
    async (url, pages) => {
      const entry = url === undefined ? REPORTS : { ...REPORTS, url };
      const { snapshot } = await measure(await configOf(entry), host, null);
      const [budget] = snapshot.budgets;
      const subjects = budget === undefined ? [] : subjectsOf(budget, compare(snapshot, null));

      expect(subjects.map(({ subject }) => subject).sort()).toEqual(pages);
    },
  );

  it('are not split by where a redirect led them (trap: redirects split groups)', async () => {
    const good = JSON.parse(await readFile(resolve(FIXTURES, 'lighthouse-13/mobile.json'), 'utf8'));
    const led = (to: string, fetchTime: string) => {
      const url = `http://localhost:9000${to}`;
      const places = { mainDocumentUrl: url, finalDisplayedUrl: url, finalUrl: url };
      return JSON.stringify({ ...good, ...places, fetchTime });
    };
    const memory = memoryHost({
      'reports/a.json': led('/en/', '2026-01-01T00:00:00.000Z'),
      'reports/b.json': led('/login?next=1', '2026-01-01T00:01:00.000Z'),
    });
    const entry = { lighthouse: 'reports', metric: 'performance', min: 0 };
    const { snapshot } = await measure(await configOf(entry, memory.cwd), memory, null);

    expect(reading(snapshot, 'performance', '/')?.samples).toHaveLength(2);
  });

  it('count once when they are kept twice under two names', async () => {
    const text = await readFile(resolve(FIXTURES, 'lighthouse-13/mobile.json'), 'utf8');
    const memory = memoryHost({ 'reports/a.json': text, 'reports/b.json': text });
    const entry = { lighthouse: 'reports', metric: 'performance', min: 0 };
    const { snapshot, notes } = await measure(await configOf(entry, memory.cwd), memory, null);

    expect(reading(snapshot, 'performance')?.samples).toHaveLength(1);
    expect(notes).toEqual(['1 run in reports is there twice, and is counted once.']);
  });
});

describe('names of metrics', () => {
  it.each([
    ['largest-contentful-pain', 'Did you mean "largest-contentful-paint"?'],
    ['LCP', 'Write it out: "largest-contentful-paint".'],
    ['resource-size:scripts', 'Did you mean "resource-size:script"?'],
    ['user-timing:', 'is not a metric'],
  ])('%s is refused: %s', async (metric, words) => {
    await expect(configOf({ lighthouse: 'x', metric, max: 1 })).rejects.toThrow(
      words.replaceAll('"', '\\"'),
    );
  });

  it('a score is from 0 to 1: 90 is refused, 0.9 is advised', async () => {
    await expect(configOf({ lighthouse: 'x', metric: 'performance', min: 90 })).rejects.toThrow(
      'Write 0.9.',
    );
  });

  it('maxIncrease on a score names maxDecrease', async () => {
    await expect(
      configOf({ lighthouse: 'x', metric: 'performance', maxIncrease: 0.1 }),
    ).rejects.toThrow('Use maxDecrease.');
  });
});
