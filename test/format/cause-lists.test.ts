import { describe, expect, test } from 'vitest';
import { firstCause } from '../../src/format/cause-lists.ts';
import type { Report, ReportCause, ReportFinding } from '../../src/model/report.ts';
import { addedMoment } from '../support/added-moment.ts';

const cause = addedMoment({ budget: 'Home', of: 'dist/index.html', bytes: 100 });
const finding = (facts: Partial<ReportFinding>) =>
  ({ budget: 'Home', subject: 'dist/index.html', rule: 'max', ...facts }) as ReportFinding;
const report = { causes: [cause] } as unknown as Report;

describe('the cause that the verdict names', () => {
  test('is none where the limit was broken before: a small change is not why it is far over', () => {
    expect(firstCause(report, finding({ over: 1_400 }))).toBeNull();
  });

  test('is the largest where this change broke the limit', () => {
    expect(firstCause(report, finding({ over: 90 }))).toMatchObject({ package: 'moment' });
  });

  test('is told of growth whatever the whole is', () => {
    const grown = finding({ rule: 'max-increase', over: 1_400 });
    expect(firstCause(report, grown)).toMatchObject({ package: 'moment' });
  });
});

describe('the package that is judged by itself', () => {
  const of = (facts: Partial<ReportCause>) => {
    const own = { ...cause, budget: 'React', of: 'react', package: 'react', ...facts };
    const judged = finding({ budget: 'React', subject: 'react', rule: 'max-increase', over: 1 });
    return firstCause({ causes: [own] } as unknown as Report, judged);
  };

  test.each(['grown', 'shrunk'] as const)('is no cause of its own size: %s', (kind) => {
    expect(of({ kind })).toBeNull();
  });

  test.each(['version', 'duplicated', 'added', 'moved'] as const)(
    'is one where it was %s',
    (kind) => {
      expect(of({ kind })).toMatchObject({ kind });
    },
  );
});
