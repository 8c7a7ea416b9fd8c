import type { Baseline, Provenance } from '../model/comparison.ts';
import type { Config } from '../model/config.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { absentWords, unusableWords } from './absence.ts';
import type { BaseCommit } from './base-commit.ts';
import { ancestorsOf, type HistoryContext, touchesNothing } from './history.ts';
import { isOfBase } from './keeper.ts';
import type { OpenStore } from './open-stores.ts';
import { rebuild } from './rebuild.ts';
import type { Recalled, RecallRequest } from './recall.ts';

/** What the rungs stand on. */
export interface Ladder {
  readonly base: BaseCommit;
  readonly project: string;
  /** The budgets file's folder from the repository's root; empty for the root itself. */
  readonly prefix: string;
  readonly stores: readonly OpenStore[];
  readonly scene: HistoryContext;
  readonly config: Config;
  readonly building: Pick<RecallRequest, 'readConfig' | 'onOutput' | 'builds'>;
}

/** Commits that an ancestor may lie before base: further back says little about a change. */
const FURTHEST = 20;

/**
 * The best baseline there is: the record of base itself, base built anew, the record of its
 * nearest ancestor, none. A rung that fails says why, and the next one serves.
 */
export async function climb(ladder: Ladder, host: Host): Promise<Recalled> {
  const trouble: Trouble = { faults: [], down: new Set() };
  const { faults } = trouble;
  const own = (await exact(ladder, trouble)) ?? (await rebuilt(ladder, trouble, host));
  if (own !== null) return { baseline: own, absence: null, notes: faults, isAdoption: false };
  const known = await knownCommits(ladder, trouble);
  const baseline = await nearest(known, ladder, trouble);
  if (baseline !== null) return { baseline, absence: null, notes: faults, isAdoption: false };
  const isAdoption = known.size === 0 && faults.length === 0;
  const [fault = null, ...notes] = faults;
  const { base, config } = ladder;
  const lacking = { base, config, run: ladder.scene.run, isAdoption, furthest: FURTHEST };
  const absence = fault === null ? absentWords(lacking) : unusableWords(base, fault);
  return { baseline: null, absence, notes, isAdoption };
}

/** What has gone wrong on the way. */
interface Trouble {
  readonly faults: string[];
  /** Stores that could not be reached: asked again, each would take its time to fail again. */
  readonly down: Set<OpenStore>;
}

async function exact(ladder: Ladder, trouble: Trouble): Promise<Baseline | null> {
  return baselineOf(await load(ladder.base.commit, ladder, trouble), ladder, 'exact');
}

interface Found {
  readonly snapshot: Snapshot;
  readonly store: string;
}

/** The first store's that has the record; what is wrong with others is said. */
async function load(commit: string, ladder: Ladder, trouble: Trouble): Promise<Found | null> {
  for (const store of ladder.stores) {
    const snapshot = await orFault(() => store.load(ladder.project, commit), store, trouble);
    if (snapshot !== null) return { snapshot, store: store.name };
  }
  return null;
}

/** What a store cannot do is said by name; a bug of ours is not hidden by the next rung. */
async function orFault<Value>(
  task: () => Promise<Value>,
  store: OpenStore | null,
  { faults, down }: Trouble,
): Promise<Value | null> {
  if (store !== null && down.has(store)) return null;
  try {
    const value = await task();
    for (const remark of store?.remarks?.() ?? []) add(`Store ${store?.name}: ${remark}`, faults);
    return value;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (store !== null && error.code === 'store-unreachable') down.add(store);
    add(faultWords(error, store), faults);
    return null;
  }
}

function add(words: string, faults: string[]): void {
  if (!faults.includes(words)) faults.push(words);
}

function faultWords(error: UserError, store: OpenStore | null): string {
  const place = store === null ? '' : `Store ${store.name}: `;
  const next = error.hint === null ? '' : ` ${error.hint}`;
  return `${place}${inOneLine(error)}${next}`;
}

/** Of what a build wrote, which was shown as it came, the last line says most. */
function inOneLine({ message }: UserError): string {
  const [first = '', ...others] = message.split('\n');
  const last = others.at(-1)?.trim();
  const line = last === undefined ? first : `${first} ${last}`;
  return /[.!?:]$/.test(line) ? line : `${line}.`;
}

function baselineOf(
  found: Found | null,
  { base }: Ladder,
  provenance: Provenance,
): Baseline | null {
  if (found === null) return null;
  return { ...found, provenance, how: base.how, distance: 0, isUntouched: false };
}

/** Base built anew, where a limit needs it and the budgets file says how. */
async function rebuilt(ladder: Ladder, trouble: Trouble, host: Host): Promise<Baseline | null> {
  const { config, base, building } = ladder;
  const { build: command, buildTimeout: timeout, isAlways } = config.baseline;
  if (command === null || !(isAlways || isCompared(config))) return null;
  const { run } = ladder.scene;
  // Loaded only here: elsewhere there are no attempts.
  const own = run?.event === 'pull_request' ? await import('./own-run.ts') : null;
  const before = (await own?.fromOwnRun(ladder)) ?? null;
  if (before !== null) return baselineOf({ snapshot: before, store: 'rebuilt' }, ladder, 'rebuilt');
  const request = { commit: base.commit, command, timeout, config, ...building };
  const build = () => rebuild(request, host);
  // Asked for on the command line, a build that fails is the answer.
  const snapshot = isAlways ? await build() : await orFault(build, null, trouble);
  if (snapshot === null) return null;
  await keepRebuilt({ ...snapshot, commit: base.commit }, ladder, trouble);
  await own?.keepForOwnRun(snapshot, ladder);
  return baselineOf({ snapshot, store: 'rebuilt' }, ladder, 'rebuilt');
}

function isCompared({ budgets }: Config): boolean {
  return budgets.some(
    ({ limits }) => limits.maxIncrease !== undefined || limits.maxDecrease !== undefined,
  );
}

/**
 * So that the next run finds it. Only runs of the base branch share what they have built: the
 * `build` command of a change must not become what others are compared with. Artifacts never take
 * it: they are believed on the commit of their run alone.
 */
async function keepRebuilt(
  snapshot: Snapshot & { readonly commit: string },
  { stores, scene: { run }, config }: Ladder,
  trouble: Trouble,
): Promise<void> {
  const isTrusted = run !== null && isOfBase(run, config);
  const store = stores.find(({ kind }) =>
    kind === 'file' ? run === null || isTrusted : kind === 'git' && isTrusted,
  );
  if (store === undefined) return;
  const kept = { verdict: null, run: run?.id ?? null };
  await orFault(() => store.save({ ...snapshot, kept }), store, trouble);
}

/** The nearest commit before base that has a record. */
async function nearest(
  known: ReadonlySet<string>,
  ladder: Ladder,
  trouble: Trouble,
): Promise<Baseline | null> {
  const { base, prefix, scene } = ladder;
  if (known.size === 0) return null;
  const before = await ancestorsOf(base.commit, FURTHEST, scene);
  for (const [index, commit] of before.entries()) {
    const found = known.has(commit) ? await load(commit, ladder, trouble) : null;
    if (found === null) continue;
    const isUntouched = (await touchesNothing(commit, base.commit, prefix, scene)) === true;
    return { ...found, provenance: 'ancestor', how: base.how, distance: index + 1, isUntouched };
  }
  return null;
}

async function knownCommits(ladder: Ladder, trouble: Trouble): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (const store of ladder.stores) {
    const commits = await orFault(() => store.commits(ladder.project), store, trouble);
    for (const commit of commits ?? []) known.add(commit);
  }
  return known;
}
