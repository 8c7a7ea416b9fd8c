import type { Config } from '../model/config.ts';
import type { Host } from '../model/host.ts';
import type { SkippedProject, Snapshot } from '../model/snapshot.ts';
import { type DeliverRequest, recallFor } from './deliver-one.ts';
import type { UntrustedHeads } from './untrusted-heads.ts';

export interface LeftOutRequest extends Omit<DeliverRequest, 'snapshot'> {
  readonly heads: UntrustedHeads;
  /** What is told of; at least one. */
  readonly told: readonly Snapshot[];
}

/** Projects that a run has told nothing of. */
export interface LeftOut {
  readonly skipped: readonly SkippedProject[];
  /** The base branch allows it for each of them. */
  readonly isExcused: boolean;
  /** What the run has named, and nobody here knows. */
  readonly faults: readonly string[];
}

/**
 * What the run has left out: by its own word, or because it says nothing of a project that the base
 * branch has. A run that may say what it likes could leave out what is broken, so whether it may
 * is read from the base branch; of its own words none is passed on.
 */
export async function leftOutOf(request: LeftOutRequest, host: Host): Promise<LeftOut> {
  const { heads, told, configs } = request;
  const isTold = new Set(told.map(({ project }) => project));
  const claimed = new Set(heads.skipped.map(({ project }) => project));
  const known = await configs.named();
  const names = [...new Set([...known.keys(), ...claimed])].filter((name) => !isTold.has(name));
  const skipped: SkippedProject[] = [];
  const faults: string[] = [];
  let isExcused = true;
  for (const project of names) {
    const rule = await ruleOf(project, known.get(project) ?? null, request, host);
    if (rule === null) {
      faults.push(`${project}, which the run has left out, is no project of the base branch.`);
      continue;
    }
    const isAllowed = rule.unbuilt === 'skip';
    isExcused &&= isAllowed;
    skipped.push({ project, file: rule.file, why: whyOf(claimed.has(project), isAllowed) });
  }
  return { skipped, isExcused, faults };
}

interface UnbuiltRule {
  readonly file: string;
  readonly unbuilt: 'fail' | 'skip';
}

/** What the base branch says of a project that is not built; null for one that it has not. */
async function ruleOf(
  project: string,
  named: Config | null,
  request: LeftOutRequest,
  host: Host,
): Promise<UnbuiltRule | null> {
  const trusted = await request.configs.of(project);
  const config = named ?? trusted.config;
  if (config !== null) return { file: config.file, unbuilt: config.rules.unbuilt ?? 'fail' };
  const commit = request.told[0]?.commit ?? null;
  const { baseline } = await recallFor(
    { ...request, snapshot: { commit, project } },
    trusted,
    host,
  );
  if (baseline === null || baseline.snapshot.project !== project) return null;
  return { file: '', unbuilt: baseline.snapshot.rules.unbuilt ?? 'fail' };
}

function whyOf(isClaimed: boolean, isAllowed: boolean): string {
  if (!isClaimed) return "the pull request's run has told nothing of it that can be judged";
  return isAllowed
    ? "not built in the pull request's run"
    : "left out by the pull request's run, which its budgets on the base branch do not allow";
}
