import { describe, expect, it } from 'vitest';
import { underTrustedRules } from '../../src/core/trusted-rules.ts';
import { asset, budget, customMeasurement, snapshot, waiver } from '../support/build.ts';

const TRUSTED = snapshot({
  budgets: [budget({ max: 10 })],
  relaxing: 'fail',
  acceptLabel: 'size-ok',
  measurements: [customMeasurement({ metric: 'start', value: 1, scale: 1 })],
});

describe('underTrustedRules', () => {
  it('takes all that judges from who is trusted, and all that was measured from head', () => {
    const head = snapshot({
      commit: 'b'.repeat(40),
      budgets: [budget({ max: 99 })],
      relaxing: 'allow',
      waivers: [waiver({ budget: 'dist/*.js' })],
      tracked: { files: [], encodings: [], reports: [] },
      assets: [asset('dist/a.js')],
      kept: { verdict: 'pass', run: 1 },
    });
    const { kept, ...judged } = underTrustedRules(head, TRUSTED, null);

    expect(kept).toBeUndefined();
    expect(judged).toMatchObject({ commit: head.commit, assets: head.assets });
    expect(judged.budgets).toBe(TRUSTED.budgets);
    expect(judged.rules).toBe(TRUSTED.rules);
    expect(judged.tracked).toBe(TRUSTED.tracked);
  });

  it('reads the bare numbers of a limit in the unit that base has measured in', () => {
    const head = snapshot({
      measurements: [
        customMeasurement({ metric: 'start', value: 5, scale: 1_000 }),
        customMeasurement({ metric: 'other', value: 5, scale: 1_000 }),
      ],
    });
    const scales = (base: typeof TRUSTED | null) =>
      underTrustedRules(head, TRUSTED, base).measurements.map(({ scale }) => scale);

    expect(scales(TRUSTED)).toEqual([1, 1_000]);
    expect(scales(null)).toEqual([1_000, 1_000]);
  });
});
