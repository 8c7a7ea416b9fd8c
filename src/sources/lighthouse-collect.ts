import { groupBy } from '../core/group-by.ts';
import { isGlob, isOnPage } from '../core/select.ts';
import { median } from '../core/statistics.ts';
import type { Config } from '../model/config.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import type { Measurement } from '../model/snapshot.ts';
import { lighthouseMetric } from './lighthouse-metrics.ts';
import { type Run, readRuns } from './lighthouse-result.ts';
import { type ReportFile, readReports } from './reports.ts';
import { type Collected, type CollectRequest, isRefusal } from './source.ts';

/** Reads the reports that budgets name; every metric in them, as a later budget may want it. */
export async function collectLighthouse(
  { config, selections }: CollectRequest,
  host: Host,
): Promise<Collected> {
  const lists = new Map(
    selections.flatMap((selection) =>
      selection.kind === 'measurements'
        ? [[JSON.stringify(selection.reports), selection.reports]]
        : [],
    ) as [string, readonly string[]][],
  );
  const measurements: Measurement[] = [];
  const notes: string[] = [];
  for (const reports of lists.values()) {
    const files = await readReports(
      await globsOf(reports, config.folder, host),
      config.folder,
      host,
    );
    const read = files
      .filter((file) => !isCompanion(file))
      .flatMap(({ path, value }) => readRuns(path, value));
    const runs = [...new Map(read.map((run) => [run.identity, run])).values()];
    if (runs.length < read.length) notes.push(twiceNote(read.length - runs.length, reports));
    refuseBroken(runs, reports, config);
    measurements.push(...measurementsOf(runs, reports));
  }
  const tracked = [...lists.values()].map((reports) => ({ source: 'lighthouse', reports }));
  return { measurements, tracked: { reports: tracked }, notes };
}

function twiceNote(count: number, reports: readonly string[]): string {
  const [what, verb] = count === 1 ? ['1 run', 'is'] : [`${count} runs`, 'are'];
  return `${what} in ${reports.join(', ')} ${verb} there twice, and ${verb} counted once.`;
}

/** A folder means the reports in it. */
async function globsOf(reports: readonly string[], folder: string, host: Host): Promise<string[]> {
  const globs: string[] = [];
  for (const report of reports) {
    const path = report.replace(/\/+$/, '');
    const isFolder = !isGlob(path) && (await host.kind(host.resolve(folder, path))) === 'folder';
    globs.push(isFolder ? `${path}/*.json` : report);
  }
  return globs;
}

/** Files that Lighthouse CI keeps beside its reports, known by name and by shape. */
function isCompanion({ path, value }: ReportFile): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === 'manifest.json' || name === 'assertion-results.json') return Array.isArray(value);
  const isReport = typeof value === 'object' && value !== null && 'lighthouseVersion' in value;
  return !isReport && (name === 'links.json' || /^flags-.*\.json$/.test(name));
}

/** A budget that reads a broken value must not pass for want of a number. */
function refuseBroken(runs: readonly Run[], reports: readonly string[], config: Config): void {
  for (const { selection, metric } of config.budgets) {
    if (selection.kind !== 'measurements' || selection.source !== 'lighthouse') continue;
    if (JSON.stringify(selection.reports) !== JSON.stringify(reports)) continue;
    const judged = runs.filter(
      ({ subject, formFactor }) =>
        isOnPage(subject, selection.page) &&
        (selection.formFactor === null || formFactor === selection.formFactor),
    );
    for (const run of judged) refuseReading(run, metric);
    for (const group of groupBy(judged, pageOf).values()) refuseGaps(group, metric);
  }
}

function pageOf({ subject, formFactor }: Run): string {
  return JSON.stringify([subject, formFactor]);
}

/** A run without the number that the others have would raise their median unseen. */
function refuseGaps(runs: readonly Run[], metric: string): void {
  const without = runs.filter(({ readings }) => !readings.has(metric));
  const [first] = without;
  if (first === undefined || without.length === runs.length) return;
  throw new UserError(
    'lighthouse-failed',
    `${first.file} has no ${metric}, which other runs of ${first.subject} have.`,
    {
      hint: 'Run Lighthouse again for it, or take the file away.',
    },
  );
}

function refuseReading(run: Run, metric: string): void {
  const reading = run.readings.get(metric);
  if (metric === 'interaction-to-next-paint' && reading === undefined && run.isNavigation) {
    throw new UserError('no-inp', `${run.file}: a navigation has no interaction-to-next-paint.`, {
      hint: 'Nobody interacts during a page load. Use total-blocking-time as its lab stand-in, or record a timespan or a user flow.',
    });
  }
  if (reading !== undefined && 'broken' in reading) {
    throw new UserError(
      'lighthouse-failed',
      `${run.file}: ${metric} has no value; ${reading.broken}.`,
      { hint: 'Run Lighthouse again; a run without a number is no pass.' },
    );
  }
}

function measurementsOf(runs: readonly Run[], reports: readonly string[]): Measurement[] {
  const pages = groupBy(runs, pageOf);
  return [...pages.values()].flatMap((group) => {
    const [first] = group;
    const metrics = new Set(group.flatMap((run) => [...run.readings.keys()]));
    return [...metrics].flatMap((metric) => {
      const definition = lighthouseMetric(metric);
      const samples = group.flatMap((run) => {
        const reading = run.readings.get(metric);
        return reading !== undefined && 'value' in reading ? [reading.value] : [];
      });
      if (first === undefined || isRefusal(definition) || samples.length === 0) return [];
      const { id, ...meaning } = definition;
      return [
        {
          source: 'lighthouse',
          reports,
          subject: first.subject,
          formFactor: first.formFactor,
          metric: id,
          ...meaning,
          environment: first.environment,
          scale: 1,
          value: median(samples),
          samples,
        },
      ];
    });
  });
}
