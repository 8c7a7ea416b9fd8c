import { describe, expect, it } from 'vitest';
import { comparedWords } from '../../src/format/compared.ts';
import type { Report } from '../../src/model/report.ts';

type Base = NonNullable<Report['comparison']['base']>;

const BASE: Base = {
  commit: '1a2b3c4d5e6f1a2b3c4d5e6f1a2b3c4d5e6f1a2b',
  provenance: 'exact',
  how: 'merge-base',
  distance: 0,
  isUntouched: false,
  store: 'artifact',
  run: 123,
};

const words = (facts: Partial<Base> = {}) =>
  comparedWords({ ...BASE, ...facts }, (text) => `<${text}>`);

describe('what head was compared with', () => {
  it('is a commit’s own record, and the run that stored it', () => {
    expect(words()).toBe('Compared with <1a2b3c4>, the merge base, stored by run 123');
  });

  it('names the store where no run stored it', () => {
    expect(words({ run: null, store: 'git refs/weighbridge/baselines' })).toBe(
      'Compared with <1a2b3c4>, the merge base, kept by the git refs/weighbridge/baselines store',
    );
  });

  it.each([
    ['merge-base', 'the merge base'],
    ['first-parent', 'the first parent of what was built'],
    ['before-push', 'the commit before the push'],
    ['queue', 'what the queue merges into'],
    ['ref', 'the commit asked for'],
  ] as const)('says what base is to head: %s', (how, text) => {
    expect(words({ how })).toBe(`Compared with <1a2b3c4>, ${text}, stored by run 123`);
  });

  it.each([
    [1, false, '1 commit before the merge base, the nearest with a record'],
    [20, false, '20 commits before the merge base, the nearest with a record'],
    [1, true, '1 commit before the merge base, which changed nothing here'],
    [2, true, '2 commits before the merge base, which changed nothing here'],
  ])('is an ancestor, and how far back: %i, %s', (distance, isUntouched, text) => {
    const base = { provenance: 'ancestor', distance, isUntouched } as const;
    expect(words(base)).toBe(`Compared with <1a2b3c4>, ${text}, stored by run 123`);
  });

  it('was built anew, whatever run it was', () => {
    const base = { provenance: 'rebuilt', run: null, store: 'rebuilt' } as const;
    expect(words(base)).toBe('Compared with <1a2b3c4>, the merge base, built anew');
  });

  it('was named by hand: then what others wrote is quoted', () => {
    const base = { provenance: 'file', how: null, run: null, store: 'b|se.json' } as const;
    expect(words(base)).toBe('Compared with <1a2b3c4>, a snapshot named by hand: <b|se.json>');
    expect(words({ ...base, commit: null })).toBe('Compared with <b|se.json>');
    // A record that was downloaded and given by hand is a file all the same.
    expect(words({ ...base, run: 123 })).not.toContain('run');
  });
});
