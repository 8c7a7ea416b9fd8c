import type { ReportCause } from '../../src/model/report.ts';

/** A package that is new at once: the plainest cause. */
export function addedMoment(facts: Partial<ReportCause>): ReportCause {
  return {
    budget: 'All',
    of: 'dist/*.js',
    subject: 'dist/a.js',
    kind: 'added',
    package: 'moment',
    version: '2.30.1',
    module: null,
    load: 'initial',
    from: null,
    to: null,
    bytes: 3_900,
    importer: null,
    ...facts,
  };
}
