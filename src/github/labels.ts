import { type GivenLabel, isSameLabel } from '../model/label.ts';
import type { Run } from '../model/run.ts';
import type { Client } from './client.ts';
import { wasHeadWhenGiven } from './head-when-given.ts';
import { eventsOf, lastGiven } from './label-events.ts';
import { type Judged, pullRequestsIn } from './pull-requests-in.ts';
import { missingPermission } from './refusal.ts';

export interface LabelRequest {
  /** The one label that matters: what base's record names. */
  readonly label: string;
  readonly judged: Judged;
}

export interface LabelInForce extends GivenLabel {
  readonly pullRequest: number;
}

export interface LabelsInForce {
  readonly labels: readonly LabelInForce[];
  /** Why a label that is there does not count, or could not be read: what to do about it. */
  readonly notes: readonly string[];
}

/**
 * The label, where it holds for the commit that is judged. It holds only for the commit that was
 * the pull request's head when it was given: what is pushed later was seen by nobody.
 *
 * - Labels are read from the API, as the payload of a run that is run again is old.
 * - When it was given, and by whom, is the last `labeled` event of the pull request.
 * - What was head at that time is read from GitHub's log of pushes to the head's branch. Where the
 *   log is silent (a private fork, a fork that is gone), an event of the pull request says it: it
 *   is `labeled` itself; or its run had begun before the label was given, its commit is still the
 *   head, and nobody has forced a push since. All times are GitHub's, none is a commit's.
 * - A group of pull requests, or a push of several, is accepted only if each of them is: the pardon
 *   of one must not pardon another. A push without a pull request never is.
 * - What cannot be told does not hold, and is told in `notes`.
 */
export async function labelsInForce(
  client: Client,
  run: Run,
  request: LabelRequest,
): Promise<LabelsInForce> {
  try {
    return await readLabels(client, run, request);
  } catch (error) {
    const why = whyUnreadable(error);
    if (why === null) throw error;
    const what = `Whether the label "${request.label}" is given could not be read`;
    return { labels: [], notes: [`${what}: ${why}. It pardons nothing here.`] };
  }
}

/** Null for what is no answer of GitHub's, but a mistake of ours. */
function whyUnreadable(error: unknown): string | null {
  const { status } = error as { readonly status?: unknown };
  if (typeof status !== 'number') return null;
  const missing = missingPermission(error);
  if (missing === null) return `GitHub answered ${status}`;
  return `the token lacks ${missing.replaceAll('; ', ' or ')}`;
}

async function readLabels(
  client: Client,
  run: Run,
  { label, judged }: LabelRequest,
): Promise<LabelsInForce> {
  const { numbers, stray } = await pullRequestsIn(client, run, judged);
  const found: Found[] = [];
  for (const number of numbers) found.push(await look(client, run, { label, judged, number }));
  // Nobody has asked for a pardon, so nobody waits for a word about it.
  if (found.every(({ kind }) => kind === 'absent')) return { labels: [], notes: [] };
  const faults = [
    ...found.flatMap((one) => (one.kind === 'held' ? [] : [one.why])),
    ...(stray === null ? [] : [stray]),
  ];
  if (faults.length > 0) {
    return {
      labels: [],
      notes: [`The label "${label}" pardons nothing here: ${faults.join('; ')}.`],
    };
  }
  return { labels: found.flatMap((one) => (one.kind === 'held' ? [one.label] : [])), notes: [] };
}

type Found =
  | { readonly kind: 'held'; readonly label: LabelInForce }
  | { readonly kind: 'absent' | 'void'; readonly why: string };

interface Look {
  readonly label: string;
  readonly judged: Judged;
  readonly number: number;
}

async function look(client: Client, run: Run, { label, judged, number }: Look): Promise<Found> {
  const { owner, repo } = run;
  const { data: pull } = await client.rest.pulls.get({ owner, repo, pull_number: number });
  const name = pull.labels.map((one) => one.name).find((one) => isSameLabel(one, label));
  if (name === undefined) return { kind: 'absent', why: `pull request ${number} does not have it` };
  const events = await eventsOf(client, run, number);
  const given = lastGiven(events, label);
  const { head, event } =
    judged.kind === 'pull-request' ? judged : { head: pull.head.sha, event: null };
  const evidence = { label, pull, head, event, events };
  const isHeld =
    given && (await wasHeadWhenGiven(client, run, { ...evidence, givenAt: given.created_at }));
  if (given === null || !isHeld) return { kind: 'void', why: whyVoid(isHeld, number, head) };
  return { kind: 'held', label: { name, by: given.actor?.login ?? 'ghost', pullRequest: number } };
}

function whyVoid(isHeld: boolean | null, number: number, head: string): string {
  const commit = head.slice(0, 7);
  if (isHeld === false) {
    return `${commit} was not the head of pull request ${number} when it was given; take it off, and give it again`;
  }
  return `whether ${commit} was the head of pull request ${number} when it was given cannot be told; give the workflow contents: read and actions: read, or let it run on "labeled" too`;
}
