import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Client } from '../../src/github/client.ts';
import { labelsInForce } from '../../src/github/labels.ts';
import type { Judged } from '../../src/github/pull-requests-in.ts';
import type { PullRequestEvent, Run } from '../../src/model/run.ts';
import { FORK, REPOSITORY, SHA } from '../support/github/defaults.ts';
import { type Github, READ, startGithub } from '../support/github/github.ts';
import type { Permissions, PullSeed, PushSeed } from '../support/github/protocol.ts';
import { git, temporaryFolder } from '../support/temporary.ts';

const LABEL = 'size: accepted';
const OTHER = 'd'.repeat(40);
/** An hour of one day: `at(5)` is five minutes after the hour. */
const at = (minute: number, second = 0) =>
  new Date(Date.UTC(2026, 0, 15, 12, minute, second)).toISOString().replace('.000', '');
let github: Github;
let connect: (token: string) => Client;

beforeAll(async () => {
  github = await startGithub();
  // Read once, when the package of the client is loaded.
  vi.stubEnv('GITHUB_API_URL', github.apiUrl);
  ({ connect } = await import('../../src/github/client.ts'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await github.close();
});
beforeEach(() => github.reset());
afterEach(async () => {
  expect(await github.violations(), 'requests that GitHub does not describe').toEqual([]);
  const ours = (await github.warnings()).filter(({ servedBy }) => servedBy === 'ours');
  expect(ours, 'what we serve ourselves keeps to GitHub’s description').toEqual([]);
});

const RUN = { owner: REPOSITORY.owner, repo: REPOSITORY.name, id: 900 } as Run;
const SYNCHRONIZE: PullRequestEvent = { action: 'synchronize', label: null, updatedAt: at(1) };
const LABELED: PullRequestEvent = { action: 'labeled', label: LABEL, updatedAt: at(5) };

/** Pull request 7 as it is judged: at `SHA.head`, by a run that no event tells more of. */
const ofPull = (event: PullRequestEvent | null = null, head: string = SHA.head): Judged => ({
  kind: 'pull-request',
  number: 7,
  head,
  event,
});

async function read(judged: Judged, permissions: Permissions = READ) {
  const client = connect(await github.mintToken(permissions));
  return labelsInForce(client, RUN, { label: LABEL, judged });
}

const labeled = (minute: number, label = LABEL, number = 7, actor = 'ana') => ({
  number,
  event: 'labeled',
  actor,
  createdAt: at(minute),
  label,
});
const unlabeled = (minute: number) => ({ ...labeled(minute), event: 'unlabeled' });
const forced = (minute: number) => ({
  number: 7,
  event: 'head_ref_force_pushed',
  actor: 'mallory',
  createdAt: at(minute),
});

/** GitHub's log of the pull request's branch: commits by the minute they were pushed in. */
function pushed(commits: readonly (readonly [number, string])[], given: Partial<PushSeed> = {}) {
  const log = commits.map(([minute, after], index) => ({
    branch: 'feature',
    before: commits[index - 1]?.[1] ?? SHA.base,
    after,
    at: at(minute),
    ...given,
  }));
  return github.addPushes(...log);
}

const labelledPull = (given: Partial<PullSeed> = {}) =>
  github.addPull({ labels: [LABEL], ...given });
const HELD = { labels: [{ name: LABEL, by: 'ana', pullRequest: 7 }], notes: [] };
const pardonsNothing = (why: RegExp) => ({
  labels: [],
  notes: [expect.stringMatching(new RegExp(`^The label .* pardons nothing here: .*${why.source}`))],
});
const NOT_ITS_HEAD = /aaaaaaa was not the head of pull request 7 when it was given; take it off/;
const UNTOLD = /cannot be told; give the workflow contents: read and actions: read/;

describe('the label of a pull request', () => {
  test('holds for the commit that was head when it was given, and says who gave it', async () => {
    await labelledPull();
    await pushed([[0, SHA.head]]);
    await github.addIssueEvents(labeled(5, 'docs', 7, 'bo'), labeled(6));
    expect(await read(ofPull())).toEqual(HELD);
  });

  test('does not hold for what is pushed later: a fork’s author may push at any time', async () => {
    await labelledPull({ fork: FORK });
    await pushed(
      [
        [0, OTHER],
        [10, SHA.head],
      ],
      { repository: FORK },
    );
    await github.addIssueEvents(labeled(5));
    expect(await read(ofPull())).toEqual(pardonsNothing(NOT_ITS_HEAD));
  });

  test('is read from a fork’s own log: a branch of that name may be in both', async () => {
    await labelledPull({ fork: FORK });
    await pushed([[0, SHA.head]], { repository: FORK });
    await pushed([[0, OTHER]]);
    await github.addIssueEvents(labeled(5));
    expect(await read(ofPull())).toEqual(HELD);
  });

  test('given on another commit does not hold for a head that was there before and came back', async () => {
    await labelledPull();
    await pushed([
      [0, SHA.head],
      [3, OTHER],
      [8, SHA.head],
    ]);
    await github.addIssueEvents(labeled(5));
    expect(await read(ofPull())).toEqual(pardonsNothing(NOT_ITS_HEAD));
  });

  test('holds for a run of that commit, though another is head by now', async () => {
    await labelledPull({ headSha: OTHER });
    await pushed([
      [0, SHA.head],
      [10, OTHER],
    ]);
    await github.addIssueEvents(labeled(5));
    expect(await read(ofPull())).toEqual(HELD);
    expect((await read(ofPull(null, OTHER))).labels).toEqual([]);
  });

  test('given in the second of a push does not hold: nobody can say which was first', async () => {
    await labelledPull();
    await pushed([
      [0, OTHER],
      [5, SHA.head],
    ]);
    await github.addIssueEvents(labeled(5));
    expect(await read(ofPull())).toEqual(pardonsNothing(NOT_ITS_HEAD));
    expect(await read(ofPull(null, OTHER))).toMatchObject({ labels: [] });
  });

  test('that is not given is no label, and no word is lost on it', async () => {
    await github.addPull({ labels: ['docs'] });
    expect(await read(ofPull(LABELED))).toEqual({ labels: [], notes: [] });
  });

  test('that was taken off since is none, whatever an old payload says', async () => {
    await github.addPull();
    await pushed([[0, SHA.head]]);
    await github.addIssueEvents(labeled(5), unlabeled(6));
    expect(await read(ofPull(LABELED))).toEqual({ labels: [], notes: [] });
  });

  test('taken off and given again counts from the last time', async () => {
    await labelledPull();
    await pushed([
      [0, SHA.head],
      [6, OTHER],
    ]);
    await github.updatePull(7, { headSha: OTHER });
    await github.addIssueEvents(labeled(5), unlabeled(7), labeled(8, LABEL, 7, 'bo'));
    expect((await read(ofPull())).labels).toEqual([]);
    expect((await read(ofPull(null, OTHER))).labels).toEqual([
      { name: LABEL, by: 'bo', pullRequest: 7 },
    ]);
  });

  test('is the same in another case', async () => {
    await labelledPull({ labels: ['Size: Accepted'] });
    await pushed([[0, SHA.head]]);
    await github.addIssueEvents(labeled(5, 'Size: Accepted'));
    expect((await read(ofPull())).labels).toMatchObject([{ name: 'Size: Accepted', by: 'ana' }]);
  });

  test('that was renamed into this one was given as another', async () => {
    await labelledPull();
    await pushed([[0, SHA.head]]);
    await github.addIssueEvents(labeled(5, 'docs'));
    expect(await read(ofPull())).toEqual(pardonsNothing(UNTOLD));
    await github.addIssueEvents(labeled(6), unlabeled(7));
    expect(await read(ofPull())).toEqual(pardonsNothing(UNTOLD));
  });

  test('is found behind a hundred other events', async () => {
    await labelledPull();
    await pushed([[0, SHA.head]]);
    const others = Array.from({ length: 250 }, () => labeled(4, 'docs'));
    await github.addIssueEvents(...others, labeled(5));
    expect(await read(ofPull())).toEqual(HELD);
  });

  test('is lost in a history that somebody has filled', async () => {
    await labelledPull();
    await pushed([[0, SHA.head]]);
    await github.addIssueEvents(labeled(3), ...Array.from({ length: 3_100 }, () => forced(4)));
    expect((await read(ofPull())).labels).toEqual([]);
  });
});

describe('where the log of pushes cannot tell', () => {
  const run = (minute: number) =>
    github.addRun({ id: RUN.id, event: 'pull_request', headSha: SHA.head, createdAt: at(minute) });

  test('the event `labeled` does: its payload has the head of that moment', async () => {
    await labelledPull({ fork: null });
    await github.addIssueEvents(labeled(5));
    expect(await read(ofPull(LABELED))).toEqual(HELD);
  });

  test('`labeled` of another label says nothing', async () => {
    await labelledPull({ fork: null });
    await github.addIssueEvents(labeled(5));
    const other = { ...LABELED, label: 'docs' };
    expect(await read(ofPull(other))).toEqual(pardonsNothing(UNTOLD));
  });

  test('nor does an old `labeled` that is run again, when the label was given anew since', async () => {
    await labelledPull({ fork: null });
    await github.addIssueEvents(labeled(5), unlabeled(6), labeled(9));
    expect(await read(ofPull(LABELED))).toEqual(pardonsNothing(UNTOLD));
  });

  test('a run that is run again does: it had begun, on this head, before the label was given', async () => {
    await labelledPull({ fork: null });
    await run(2);
    await github.addIssueEvents(labeled(5));
    expect(await read(ofPull(SYNCHRONIZE))).toEqual(HELD);
  });

  test('not a run that began after the label, which may be that of a later push', async () => {
    await labelledPull({ fork: null });
    await run(5);
    await github.addIssueEvents(labeled(5));
    expect(await read(ofPull(SYNCHRONIZE))).toEqual(pardonsNothing(UNTOLD));
  });

  test('not a run whose commit is head no more', async () => {
    await labelledPull({ fork: null, headSha: OTHER });
    await run(2);
    await github.addIssueEvents(labeled(5));
    expect(await read(ofPull(SYNCHRONIZE))).toMatchObject({ labels: [] });
  });

  test('not after a forced push, which may have brought the head back', async () => {
    await labelledPull({ fork: null });
    await run(2);
    await github.addIssueEvents(forced(3), labeled(5));
    expect(await read(ofPull(SYNCHRONIZE))).toEqual(pardonsNothing(UNTOLD));
  });

  test('but after the forced push that brought this head', async () => {
    await labelledPull({ fork: null });
    await run(2);
    await github.addIssueEvents(forced(1), labeled(5));
    expect(await read(ofPull(SYNCHRONIZE))).toEqual(HELD);
  });

  test('without `actions: read` the run is no evidence, and the note names it', async () => {
    await labelledPull({ fork: null });
    await run(2);
    await github.addIssueEvents(labeled(5));
    const mayRead: Permissions = { pull_requests: 'read' };
    expect(await read(ofPull(SYNCHRONIZE), mayRead)).toEqual(pardonsNothing(UNTOLD));
  });

  test('a log with a gap, or one that is behind, does not tell', async () => {
    await labelledPull();
    await github.addIssueEvents(labeled(5));
    await pushed([[0, OTHER]]);
    expect(await read(ofPull())).toEqual(pardonsNothing(UNTOLD));
    await github.addPushes({ branch: 'feature', before: SHA.merge, after: SHA.head, at: at(9) });
    expect(await read(ofPull(null, OTHER))).toMatchObject({ labels: [] });
  });

  test('the log is believed before the event', async () => {
    await labelledPull();
    await pushed([
      [0, OTHER],
      [6, SHA.head],
    ]);
    await github.addIssueEvents(labeled(5));
    expect(await read(ofPull(LABELED))).toEqual(pardonsNothing(NOT_ITS_HEAD));
  });
});

describe('what cannot be read pardons nothing', () => {
  test('without the permission, which the note names', async () => {
    await labelledPull();
    await pushed([[0, SHA.head]]);
    await github.addIssueEvents(labeled(5));
    const { labels, notes } = await read(ofPull(), { contents: 'read' });
    expect(labels).toEqual([]);
    expect(notes).toEqual([
      'Whether the label "size: accepted" is given could not be read: the token lacks issues: read or pull-requests: read. It pardons nothing here.',
    ]);
  });

  test('a pull request that is gone', async () => {
    expect((await read(ofPull())).labels).toEqual([]);
    expect((await read(ofPull())).notes).toHaveLength(1);
  });
});

/** Two pull requests, 7 and 8, merged one after the other into `main`. */
async function mergedTwice() {
  const folder = await temporaryFolder({ 'a.txt': 'a' });
  const commit = async (message: string) => {
    await git(folder, 'commit', '--quiet', '--allow-empty', '-m', message);
    return git(folder, 'rev-parse', 'HEAD');
  };
  await git(folder, 'init', '--quiet');
  const base = await commit('base');
  const heads: string[] = [];
  const merges: string[] = [];
  for (const name of ['seven', 'eight']) {
    await git(folder, 'checkout', '--quiet', '-b', name, base);
    heads.push(await commit(name));
    await git(folder, 'checkout', '--quiet', 'main');
    await git(folder, 'merge', '--quiet', '--no-ff', '-m', `merge ${name}`, name);
    merges.push(await git(folder, 'rev-parse', 'HEAD'));
  }
  const direct = await commit('direct');
  await github.push(folder);
  const [seven = '', eight = ''] = heads;
  const [first = '', second = ''] = merges;
  await pushed([[0, seven]], { branch: 'seven', before: SHA.none });
  await pushed([[0, eight]], { branch: 'eight', before: SHA.none });
  return { base, seven, eight, first, second, direct };
}

type Heads = Awaited<ReturnType<typeof mergedTwice>>;

async function addBoth(
  { base, seven, eight }: Heads,
  labels: { 7?: readonly string[]; 8?: readonly string[] },
  given: Partial<PullSeed> = {},
) {
  const both = { baseSha: base, ...given };
  const pull = (number: 7 | 8, headRef: string, headSha: string) =>
    github.addPull({ number, headRef, headSha, labels: labels[number] ?? [], ...both });
  await pull(7, 'seven', seven);
  await pull(8, 'eight', eight);
  await github.addIssueEvents(labeled(5), labeled(6, LABEL, 8, 'bo'));
}

const BOTH = [
  { name: LABEL, by: 'ana', pullRequest: 7 },
  { name: LABEL, by: 'bo', pullRequest: 8 },
];

describe('a merge group', () => {
  const group = (base: string, head: string, number: number): Judged => ({
    kind: 'merge-group',
    base,
    head,
    ref: `refs/heads/gh-readonly-queue/main/pr-${number}-${base}`,
  });

  test('is accepted when its pull request is', async () => {
    const heads = await mergedTwice();
    await addBoth(heads, { 7: [LABEL] });
    expect(await read(group(heads.base, heads.first, 7))).toEqual(HELD);
    expect(await read(group(heads.first, heads.second, 8))).toEqual({ labels: [], notes: [] });
  });

  test('of several, when all of them are: one pardon is not another’s', async () => {
    const heads = await mergedTwice();
    await addBoth(heads, { 8: [LABEL] });
    await github.addCommitPulls(heads.seven, 7);
    const judged = group(heads.base, heads.second, 8);
    expect(await read(judged)).toEqual(pardonsNothing(/pull request 7 does not have it/));
    await github.updatePull(7, { labels: [LABEL] });
    expect((await read(judged)).labels).toEqual(expect.arrayContaining(BOTH));
  });

  test('not with a merge of what no pull request has', async () => {
    const heads = await mergedTwice();
    await addBoth(heads, { 8: [LABEL] });
    const stray = new RegExp(`commit ${heads.seven.slice(0, 7)} came with no pull request`);
    expect(await read(group(heads.base, heads.second, 8))).toEqual(pardonsNothing(stray));
  });

  test('not by a label that was given before the last push to its pull request', async () => {
    const heads = await mergedTwice();
    await addBoth(heads, { 7: [LABEL] });
    await github.addPushes(
      { branch: 'seven', before: heads.seven, after: OTHER, at: at(1) },
      { branch: 'seven', before: OTHER, after: heads.seven, at: at(9) },
    );
    expect((await read(group(heads.base, heads.first, 7))).labels).toEqual([]);
  });
});

describe('a push', () => {
  const push = (before: string, after: string): Judged => ({
    kind: 'push',
    before,
    after,
    branch: 'main',
  });

  async function merged(labels: Parameters<typeof addBoth>[1], given: Partial<PullSeed> = {}) {
    const heads = await mergedTwice();
    await addBoth(heads, labels, { state: 'closed', mergedAt: at(30), ...given });
    await github.addCommitPulls(heads.first, 7);
    await github.addCommitPulls(heads.second, 8);
    return heads;
  }

  test('of a merged pull request is accepted when that is', async () => {
    const { base, first, second } = await merged({ 7: [LABEL] });
    expect(await read(push(base, first))).toEqual(HELD);
    expect(await read(push(first, second))).toEqual({ labels: [], notes: [] });
  });

  test('of several, when all of them are', async () => {
    const { base, second } = await merged({ 7: [LABEL], 8: [LABEL] });
    expect((await read(push(base, second))).labels).toEqual(expect.arrayContaining(BOTH));
    await github.updatePull(8, { labels: [] });
    expect(await read(push(base, second))).toEqual(
      pardonsNothing(/pull request 8 does not have it/),
    );
  });

  test('not with a commit that came with none', async () => {
    const { first, direct } = await merged({ 8: [LABEL] });
    await github.addCommitPulls(direct);
    expect((await read(push(first, direct))).labels).toEqual([]);
  });

  test('not by a pull request that holds the commit and is not merged', async () => {
    const heads = await mergedTwice();
    await addBoth(heads, { 7: [LABEL] });
    await github.addCommitPulls(heads.first, 7);
    expect((await read(push(heads.base, heads.first))).labels).toEqual([]);
  });

  test('not by a pull request that was merged into another branch', async () => {
    const { base, first } = await merged({ 7: [LABEL] }, { baseRef: 'develop' });
    expect((await read(push(base, first))).labels).toEqual([]);
  });

  test('not of a branch that has just been made, or was rewritten', async () => {
    const { base, first, seven } = await merged({ 7: [LABEL] });
    expect(await read(push(SHA.none, first))).toEqual({ labels: [], notes: [] });
    expect(await read(push(seven, base))).toEqual({ labels: [], notes: [] });
  });
});
