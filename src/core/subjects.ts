import type { Budget } from '../model/budget.ts';
import type { Comparison } from '../model/comparison.ts';
import { encodingOf } from '../model/metric.ts';
import { eachAsset, sumOfAssets } from './asset-subjects.ts';
import { importSubject } from './import-subject.ts';
import { duplicatesSubject, packageSubject } from './package-subjects.ts';
import { pageSubjects } from './page-subjects.ts';
import { measuredSubjects } from './report-subjects.ts';
import type { Subject } from './subject.ts';

/** The subjects of a budget, in the order in which they are shown. */
export function subjectsOf(budget: Budget, comparison: Comparison): Subject[] {
  const { selection, metric, limits } = budget;
  if (selection.kind === 'measurements') return measuredSubjects(selection, metric, comparison);
  if (selection.kind === 'pages') return pageSubjects(selection, metric, comparison);
  if (selection.kind === 'duplicates') return [duplicatesSubject(comparison)];
  if (selection.kind === 'imports') return [importSubject(selection, metric, comparison)];
  const encoding = encodingOf(metric) ?? 'raw';
  if (selection.kind === 'package') {
    return [packageSubject(selection, limits, encoding, comparison)];
  }
  return selection.each
    ? eachAsset(selection, encoding, comparison)
    : sumOfAssets(selection, encoding, comparison);
}
