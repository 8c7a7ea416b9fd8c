import type { AssetChange, Comparison, MeasurementChange } from '../model/comparison.ts';
import type { Config } from '../model/config.ts';
import { ENCODINGS, type Encoding } from '../model/metric.ts';
import { REPORT_VERSION, type Report, type ReportChange } from '../model/report.ts';
import { TOOL } from '../model/tool.ts';
import type { Verdict } from '../model/verdict.ts';
import { tidy } from './statistics.ts';

export interface AssembleRequest {
  readonly comparison: Comparison;
  readonly verdict: Verdict;
  /** What a report says of the budgets file; null when two snapshots are compared. */
  readonly config: Pick<Config, 'file' | 'lines' | 'ignoreBelow' | 'encodings'> | null;
  /** Why there is no baseline and the one thing to do; null with one. */
  readonly noBaseline: string | null;
  readonly notes: readonly string[];
}

/** The whole story as plain data. */
export function assemble(request: AssembleRequest): Report {
  const { comparison, verdict, config } = request;
  const { head, base } = comparison;
  const encodings = [...(config?.encodings ?? head.tracked.encodings)];
  return {
    schemaVersion: REPORT_VERSION,
    tool: { ...TOOL },
    verdict: {
      status: verdict.status,
      findings: verdict.findings.map((finding) => ({
        ...finding,
        interval: finding.interval === null ? null : [...finding.interval],
      })),
      relaxed: verdict.relaxed.map((one) => ({ ...one })),
    },
    comparison: {
      head: { commit: head.commit },
      base:
        base === null
          ? null
          : {
              commit: base.snapshot.commit,
              provenance: base.provenance,
              distance: base.distance,
              store: base.store,
            },
      changes: base === null ? [] : [...sizeChanges(comparison), ...metricChanges(comparison)],
    },
    causes: [],
    meta: {
      project: head.project,
      noBaseline: request.noBaseline,
      budgets: head.budgets.map(({ name }) => name),
      config:
        config === null ? null : { file: config.file, lines: Object.fromEntries(config.lines) },
      encoders: { ...head.encoders.levels },
      encodings,
      tracked: trackedTotal(comparison, encodings[0] ?? 'raw'),
      ignoreBelow: config?.ignoreBelow ?? 0,
      notes: [...request.notes],
    },
  };
}

function sizeChanges(comparison: Comparison): ReportChange[] {
  return comparison.assets.flatMap((change) =>
    ENCODINGS.flatMap((encoding) => {
      const { base, head, comparable } = change.sizes[encoding];
      if (base === undefined && head === undefined) return [];
      const values = { base: base ?? null, head: head ?? null };
      return [
        changeOf(change.subject, `size.${encoding}`, 'byte', values, kindOf(change), comparable),
      ];
    }),
  );
}

function metricChanges(comparison: Comparison): ReportChange[] {
  return comparison.measurements.flatMap((change) => {
    const { base, head } = change;
    const item = head ?? base;
    if (item === null) return [];
    const subject =
      item.formFactor === null ? item.subject : `${item.subject} (${item.formFactor})`;
    const values = { base: base?.value ?? null, head: head?.value ?? null };
    return [changeOf(subject, item.metric, item.unit, values, kindOf(change), true)];
  });
}

function changeOf(
  subject: string,
  metric: string,
  unit: ReportChange['unit'],
  { base, head }: { base: number | null; head: number | null },
  kind: ReportChange['kind'],
  comparable: boolean,
): ReportChange {
  const known = base !== null && head !== null && comparable;
  return { kind, subject, metric, unit, base, head, delta: known ? tidy(head - base) : null };
}

function kindOf({ base, head }: AssetChange | MeasurementChange): ReportChange['kind'] {
  if (base === null) return 'added';
  return head === null ? 'removed' : 'kept';
}

/** All tracked files together. Base's total is null where some of it cannot be compared. */
function trackedTotal(comparison: Comparison, encoding: Encoding): Report['meta']['tracked'] {
  const { assets, base } = comparison;
  if (assets.every(({ head }) => head === null)) return null;
  const sized = assets.map((change) => ({ change, size: change.sizes[encoding] }));
  const isWhole = sized.every(
    ({ change, size }) => (change.base === null || size.base !== undefined) && size.comparable,
  );
  const sum = (side: 'base' | 'head') =>
    sized.reduce((all, { size }) => all + (size[side] ?? 0), 0);
  const count = (test: (change: AssetChange) => boolean) => assets.filter(test).length;
  const isKept = (change: AssetChange) => kindOf(change) === 'kept';
  const differs = ({ sizes }: AssetChange) => sizes[encoding].base !== sizes[encoding].head;
  const isCompared = base !== null;
  return {
    encoding,
    head: sum('head'),
    base: isCompared && isWhole ? sum('base') : null,
    assets: count(({ head }) => head !== null),
    changed: isCompared ? count((change) => isKept(change) && differs(change)) : 0,
    added: isCompared ? count((change) => kindOf(change) === 'added') : 0,
    removed: isCompared ? count((change) => kindOf(change) === 'removed') : 0,
    unchanged: isCompared ? count((change) => isKept(change) && !differs(change)) : 0,
  };
}
