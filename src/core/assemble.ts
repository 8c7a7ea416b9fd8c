import type { AssetChange, Comparison, MeasurementChange } from '../model/comparison.ts';
import type { Config } from '../model/config.ts';
import { ENCODINGS, type Encoding } from '../model/metric.ts';
import {
  REPORT_VERSION,
  type Report,
  type ReportCause,
  type ReportChange,
  type TrackedTotal,
} from '../model/report.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { TOOL } from '../model/tool.ts';
import type { Verdict } from '../model/verdict.ts';
import { tidy } from './statistics.ts';

/** What a report is made of. */
export interface AssembleRequest {
  readonly comparison: Comparison;
  readonly verdict: Verdict;
  /** Why it changed; not given where nobody asked. */
  readonly causes?: readonly ReportCause[] | undefined;
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
  const encodings = encodingsOf(config, head);
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
              how: base.how,
              distance: base.distance,
              isUntouched: base.isUntouched,
              store: base.store,
              run: base.snapshot.kept?.run ?? null,
            },
      changes: base === null ? [] : [...sizeChanges(comparison), ...metricChanges(comparison)],
    },
    causes: [...(request.causes ?? [])],
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

/** What a report speaks in, the main one first. */
export function encodingsOf(config: Pick<Config, 'encodings'> | null, head: Snapshot): Encoding[] {
  return [...(config?.encodings ?? head.tracked.encodings)];
}

function sizeChanges(comparison: Comparison): ReportChange[] {
  return comparison.assets.filter(isFact).flatMap((change) =>
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
  return comparison.measurements.filter(isFact).flatMap((change) => {
    const { base, head } = change;
    const item = head ?? base;
    if (item === null) return [];
    const subject =
      item.formFactor === null ? item.subject : `${item.subject} (${item.formFactor})`;
    const values = { base: base?.value ?? null, head: head?.value ?? null };
    return [changeOf(subject, item.metric, item.unit, values, kindOf(change), change.comparable)];
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

/** Not looked for is never said to be added or removed. */
function isFact({ isLookedFor }: AssetChange | MeasurementChange): boolean {
  return isLookedFor;
}

/** All files measured in an encoding. Base's total is null where some of it cannot be compared. */
function trackedTotal(comparison: Comparison, encoding: Encoding): TrackedTotal | null {
  const measured = comparison.assets.filter(
    ({ sizes }) => sizes[encoding].base !== undefined || sizes[encoding].head !== undefined,
  );
  const here = measured.filter(({ head }) => head !== null);
  if (here.length === 0) return null;
  const isCompared = comparison.base !== null;
  const sum = (changes: readonly AssetChange[], side: 'base' | 'head') =>
    changes.reduce((total, { sizes }) => total + (sizes[encoding][side] ?? 0), 0);
  const facts = measured.filter(isFact);
  const count = (test: (change: AssetChange) => boolean) =>
    isCompared ? facts.filter(test).length : 0;
  const differs = ({ sizes }: AssetChange) => sizes[encoding].base !== sizes[encoding].head;
  const isKept = (change: AssetChange) => kindOf(change) === 'kept';
  return {
    encoding,
    head: sum(here, 'head'),
    base: isCompared && isComparable(measured, encoding) ? sum(facts, 'base') : null,
    assets: here.length,
    changed: count((change) => isKept(change) && differs(change)),
    added: count((change) => kindOf(change) === 'added'),
    removed: count((change) => kindOf(change) === 'removed'),
    unchanged: count((change) => isKept(change) && !differs(change)),
  };
}

/** True when base knows all that head measured, made by the same encoder where it differs. */
function isComparable(measured: readonly AssetChange[], encoding: Encoding): boolean {
  return measured.every(({ base, head, isLookedFor, sizes }) => {
    if (!isLookedFor) return head === null;
    return sizes[encoding].comparable && (base === null || sizes[encoding].base !== undefined);
  });
}
