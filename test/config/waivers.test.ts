import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import type { Waiver } from '../../src/model/budget.ts';
import { UserError } from '../../src/model/errors.ts';
import { memoryHost } from '../support/memory-host.ts';

const BUDGETS = [
  { name: 'All script', files: 'dist/*.js', max: '900 kB' },
  {
    name: 'Home',
    lighthouse: 'r/*.json',
    metrics: { performance: { min: 0.9 }, 'speed-index': { max: '3 s' } },
  },
  { name: 'Paint', lighthouse: 'r/*.json', metric: 'largest-contentful-paint', maxIncrease: '5%' },
  { name: 'Start', custom: 'm.json', metric: 'cold-start', max: '1.2 s' },
];

async function waivers(...written: object[]): Promise<readonly Waiver[]> {
  const host = memoryHost({
    'budgets.json': JSON.stringify({ budgets: BUDGETS, waivers: written }),
  });
  return (await loadConfig(null, '/repo', host)).rules.waivers;
}

async function refusal(written: object): Promise<string> {
  try {
    await waivers(written);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  throw new Error('the waiver was accepted');
}

const until = '2026-03-01';
const reason = 'new editor';

test('has a budget, a reason, and upTo or until', async () => {
  expect(
    await waivers({ budget: 'All script', upTo: '950 kB', until, reason, by: '@ana' }),
  ).toEqual([
    {
      budget: 'All script',
      upTo: { value: 950_000, unit: 'byte', text: '950 kB' },
      until,
      reason,
      by: '@ana',
    },
  ]);
  expect(await waivers({ budget: 'All script', until, reason })).toMatchObject([
    { upTo: null, by: null },
  ]);
  expect(await waivers({ budget: 'All script', upTo: 0, reason })).toMatchObject([
    { upTo: { value: 0 }, until: null },
  ]);
});

describe('refused', () => {
  test('no end', async () => {
    expect(await refusal({ budget: 'All script', reason })).toMatch(
      /waivers\[0\]: has no end.*upTo.*until/,
    );
  });

  test('no reason, or an empty one', async () => {
    expect(await refusal({ budget: 'All script', until })).toContain(
      'waivers[0].reason: is missing',
    );
    expect(await refusal({ budget: 'All script', until, reason: '' })).toContain(
      'waivers[0].reason',
    );
  });

  test('no budget', async () => {
    expect(await refusal({ until, reason })).toContain('waivers[0].budget: is missing');
  });

  test('a day that is none', async () => {
    for (const day of ['2026-02-30', '2026-13-01', '01.03.2026', 'tomorrow', '2026-3-1', '']) {
      expect(await refusal({ budget: 'All script', until: day, reason })).toContain(
        'waivers[0].until',
      );
    }
  });

  test('upTo in a unit that can be read in two ways', async () => {
    expect(await refusal({ budget: 'All script', upTo: '950 KB', reason })).toMatch(
      /waivers\[0\]\.upTo: "KB" can be read in two ways/,
    );
  });

  test('upTo in a unit of another kind', async () => {
    expect(await refusal({ budget: 'All script', upTo: '2 s', reason })).toContain(
      'waivers[0].upTo',
    );
    expect(await refusal({ budget: 'Paint', upTo: '2 kB', reason })).toContain('waivers[0].upTo');
  });

  test('upTo of a score beyond 1: "write 0.8"', async () => {
    expect(await refusal({ budget: 'Home: performance', upTo: 80, reason })).toContain(
      'Write 0.8.',
    );
  });

  test('upTo for an entry of several metrics', async () => {
    expect(await refusal({ budget: 'Home', upTo: 1, reason })).toMatch(
      /waivers\[0\]\.upTo: .*Home: performance.*Home: speed-index/,
    );
  });
});

describe('misspelt ones are errors', () => {
  test('with the nearest budget', async () => {
    expect(await refusal({ budget: 'All scripts', until, reason })).toMatch(
      /waivers\[0\]\.budget: no budget is named "All scripts".*Did you mean "All script"\?/,
    );
  });

  test('with the nearest entry of several metrics, which can be named as well', async () => {
    expect(await waivers({ budget: 'Home', until, reason })).toHaveLength(1);
    expect(await refusal({ budget: 'Hoem', until, reason })).toContain('Did you mean "Home"?');
  });

  test('with one metric of an entry', async () => {
    expect(await refusal({ budget: 'Home: performence', until, reason })).toContain(
      'Did you mean "Home: performance"?',
    );
  });
});

test('a bare upTo is in the unit that the report declares, as a bare limit of it is', async () => {
  expect(await waivers({ budget: 'Start', upTo: 1.5, reason })).toMatchObject([
    { upTo: { value: 1.5, unit: null } },
  ]);
});
