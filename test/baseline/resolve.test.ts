import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { getOctokit } from '@actions/github';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Resolved, type ResolveRequest, resolveBase } from '../../src/baseline/resolve.ts';
import type { Client } from '../../src/github/client.ts';
import { nodeHost } from '../../src/host/node.ts';
import { SHA } from '../support/github/defaults.ts';
import * as events from '../support/github/events.ts';
import { type Github, startGithub } from '../support/github/github.ts';
import type { Permissions } from '../support/github/protocol.ts';
import { runOf } from '../support/github/run-of.ts';
import { checkout, clone, type Story, tellStory } from '../support/story.ts';
import { git, temporaryFolder, writeFiles } from '../support/temporary.ts';

const host = nodeHost({ progress: () => {} });
let story: Story;
let github: Github;

beforeAll(async () => {
  [story, github] = await Promise.all([tellStory(), startGithub()]);
});
afterAll(async () => {
  await Promise.all([story.remove(), github.close()]);
});
beforeEach(async () => {
  await github.reset();
  await github.push(story.remote);
});
afterEach(async () => {
  expect(await github.violations()).toEqual([]);
});

function at(name: string): string {
  const commit = story.commits[name];
  if (commit === undefined) throw new Error(`the story has no ${name}`);
  return commit;
}

type Asked = Partial<Omit<ResolveRequest, 'run'>> & { readonly event?: events.RunnerEvent };

function resolve({ event, ...given }: Asked): Promise<Resolved> {
  const run = event === undefined ? null : runOf(event);
  const request = { ref: null, branch: null, folder: '/', connect: null, ...given, run };
  return resolveBase(request, host);
}

/** A client that tries once: that it tries again is a matter of its own. */
function token(permissions?: Permissions): () => Promise<Client> {
  return async () => {
    const minted = await github.mintToken(permissions);
    return getOctokit(minted, { baseUrl: github.apiUrl }) as unknown as Client;
  };
}

/** The base by its name in the story. */
function base(name: string, how: string, branch: string | null = 'main') {
  return { kind: 'found', base: { commit: at(name), how, branch } };
}

function absent(...words: string[]) {
  const why = words.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[\\s\\S]*');
  return { kind: 'absent', why: expect.stringMatching(why) };
}

/** A checkout whose remote is out of reach. */
async function cutOff(folder: string): Promise<string> {
  await git(folder, 'remote', 'set-url', 'origin', 'file:///nowhere');
  return folder;
}

const asked = async () => (await github.requests()).map(({ operation }) => operation);

function pull(head = 'F2', given: events.PullEvent = {}): events.RunnerEvent {
  return events.pullRequest({ headSha: at(head), baseSha: at('M2'), mergeSha: at('T'), ...given });
}

describe('a pull request', () => {
  it('whose test merge is checked out has its first parent, at depth 1 and without a question', async () => {
    const folder = await cutOff(await checkout(story.remote, 'refs/pull/7/merge'));
    await expect(git(folder, 'rev-parse', 'HEAD^1')).rejects.toThrow();
    expect(await resolve({ event: pull(), folder, connect: token() })).toEqual(
      base('M4', 'first-parent'),
    );
    expect(await asked()).toEqual([]);
  });

  it('is the same from a fork, below a folder and in a worktree', async () => {
    const folder = await cutOff(await checkout(story.remote, 'refs/pull/7/merge'));
    const tree = join(await temporaryFolder(), 'tree');
    await git(folder, 'worktree', 'add', '--quiet', '--detach', tree);
    const event = events.forkPullRequest({ headSha: at('F2'), mergeSha: at('T') });
    for (const place of [join(folder, 'app'), tree]) {
      expect(await resolve({ event, folder: place })).toEqual(base('M4', 'first-parent'));
    }
  });

  it('whose head is checked out has the fork point, though main has moved on', async () => {
    const folder = await cutOff(await checkout(story.remote, at('F2'), 0));
    expect(await resolve({ event: pull(), folder, connect: token() })).toEqual(
      base('M2', 'merge-base'),
    );
    expect(await asked()).toEqual([]);
  });

  it('that has merged main since has the commit that it merged, whatever the event calls base', async () => {
    const folder = await cutOff(await checkout(story.remote, at('U3'), 0));
    expect(await resolve({ event: pull('U3'), folder })).toEqual(base('M4', 'merge-base'));
  });

  it('asks GitHub where the head is checked out at depth 1', async () => {
    const folder = await cutOff(await checkout(story.remote, at('F2')));
    expect(await resolve({ event: pull(), folder, connect: token() })).toEqual(
      base('M2', 'merge-base'),
    );
    expect(await asked()).toEqual(['repos/compare-commits-with-basehead']);
  });

  it('asks GitHub for a branch whose name has a slash', async () => {
    await git(story.remote, 'branch', '--force', 'release/1.x', at('M4'));
    await github.push(story.remote);
    await git(story.remote, 'branch', '-D', 'release/1.x');
    const folder = await cutOff(await checkout(story.remote, at('F2')));
    const event = pull('F2', { baseRef: 'release/1.x' });
    expect(await resolve({ event, folder, connect: token() })).toEqual(
      base('M2', 'merge-base', 'release/1.x'),
    );
  });

  it.each([
    ['403', { kind: 'forbidden' }, 'lacks the permission `contents: read`'],
    ['502', { kind: 'server-error', status: 502 }, 'GitHub answered 502.'],
    ['a cut connection', { kind: 'cut' }, 'GitHub did not answer.'],
    ['404', { kind: 'not-found' }, 'GitHub knows no such commit.'],
  ] as const)(
    'fetches more after %s, and says what is missing where it cannot',
    async (_, fault, words) => {
      const folder = await checkout(story.remote, at('F2'));
      const request = { event: pull(), folder, connect: token() };
      await github.fault({ ...fault, path: /compare/, times: 2 });
      await cutOff(folder);
      expect(await resolve(request)).toEqual(
        absent('left the branch main cannot be found', 'shallow', words, '`fetch-depth: 0`'),
      );
      await git(folder, 'remote', 'set-url', 'origin', `file://${story.remote}`);
      expect(await resolve(request)).toEqual(base('M2', 'merge-base'));
    },
  );

  it('works without a token where the history can be fetched', async () => {
    const folder = await checkout(story.remote, at('F2'));
    expect(await resolve({ event: pull(), folder })).toEqual(base('M2', 'merge-base'));
  });

  it('is not fooled by a shallow clone that holds an older common commit only', async () => {
    // L3 reaches M2 by way of F1 in two steps, and M4, which it was made from, in three.
    const folder = await checkout(story.remote, at('L3'), 3);
    await git(folder, 'fetch', '--quiet', '--depth=3', 'origin', '+main:refs/remotes/origin/main');
    await cutOff(folder);
    expect(await git(folder, 'merge-base', 'HEAD', 'origin/main')).toBe(at('M2'));
    const event = pull('L3');
    expect(await resolve({ event, folder, connect: token() })).toEqual(base('M4', 'merge-base'));
    expect(await resolve({ event, folder })).toEqual(absent('shallow'));
  });

  it('refuses anything else, and names both commits', async () => {
    const folder = await checkout(story.remote, 'refs/heads/main');
    await expect(resolve({ event: pull(), folder })).rejects.toMatchObject({
      code: 'wrong-checkout',
      message: `What is checked out, ${at('M4')}, is not pull request 7: neither its head, ${at('F2')}, nor GitHub’s test merge of it.`,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of workflows
      hint: expect.stringContaining('ref: ${{ github.event.pull_request.head.sha }}'),
    });
    const merge = await checkout(story.remote, 'refs/pull/7/merge');
    await expect(resolve({ event: pull('P1'), folder: merge })).rejects.toMatchObject({
      code: 'wrong-checkout',
    });
    const older = await checkout(story.remote, at('F1'));
    await expect(resolve({ event: pull(), folder: older })).rejects.toMatchObject({
      code: 'wrong-checkout',
    });
  });

  it('on top of another has its base there, or where the settings’ branch was left', async () => {
    const folder = await checkout(story.remote, at('P1'), 0);
    const event = pull('P1', { baseRef: 'feature' });
    expect(await resolve({ event, folder })).toEqual(base('F1', 'merge-base', 'feature'));
    expect(await resolve({ event, folder, branch: 'main' })).toEqual(base('M2', 'merge-base'));
  });

  it('whose test merge goes elsewhere than the settings’ branch has the fork point of that', async () => {
    const folder = await checkout(story.remote, 'refs/pull/7/merge', 0);
    const event = pull('F2', { baseRef: 'develop' });
    expect(await resolve({ event, folder, branch: 'updated' })).toEqual(
      base('M4', 'merge-base', 'updated'),
    );
  });

  describe('without a checkout', () => {
    it('takes the run’s commit for what was built, and asks GitHub for its parents', async () => {
      const folder = await temporaryFolder();
      expect(await resolve({ event: pull(), folder, connect: token() })).toEqual(
        base('M4', 'first-parent'),
      );
      expect(await asked()).toEqual(['git/get-commit']);
    });

    it('says what is missing where GitHub does not answer', async () => {
      const folder = await temporaryFolder();
      await github.fault({ kind: 'server-error', status: 503, path: /commits/ });
      expect(await resolve({ event: pull(), folder, connect: token() })).toEqual(
        absent('parents', 'cannot be read', 'GitHub answered 503.'),
      );
      expect(await resolve({ event: pull(), folder })).toEqual(absent('no token'));
    });
  });

  describe('with the target’s rights', () => {
    const target = () => events.pullRequestTarget({ headSha: at('F2'), baseSha: at('M4') });

    it('takes the base branch for no pull request', async () => {
      const folder = await checkout(story.remote, 'refs/heads/main');
      await expect(resolve({ event: target(), folder })).rejects.toMatchObject({
        code: 'wrong-checkout',
        hint: expect.stringContaining('pull_request_target checks out the base branch'),
      });
    });

    it('has the fork point of a head that was checked out', async () => {
      const folder = await checkout(story.remote, at('F2'), 0);
      expect(await resolve({ event: target(), folder })).toEqual(base('M2', 'merge-base'));
    });

    it('knows nothing without a checkout', async () => {
      const folder = await temporaryFolder();
      expect(await resolve({ event: target(), folder, connect: token() })).toEqual(
        absent('Nothing is checked out'),
      );
    });
  });
});

describe('a push', () => {
  const push = (before: string, after: string, given: events.PushEvent = {}) =>
    events.push({ before: at(before), after: at(after), ...given });

  it('has what was there before, at depth 1 and without a question', async () => {
    const folder = await cutOff(await checkout(story.remote, 'refs/heads/main'));
    const event = push('M2', 'M4');
    expect(await resolve({ event, folder, connect: token() })).toEqual(base('M2', 'before-push'));
    const bare = await temporaryFolder();
    expect(await resolve({ event, folder: bare })).toEqual(base('M2', 'before-push'));
    expect(await asked()).toEqual([]);
  });

  it('of a squashed pull request has the commit before it', async () => {
    const folder = await checkout(story.remote, at('S'));
    expect(await resolve({ event: push('M4', 'S'), folder })).toEqual(base('M4', 'before-push'));
  });

  const toFeature = { ref: 'refs/heads/feature' };

  it('to another branch has that branch’s commit', async () => {
    const folder = await checkout(story.remote, at('F2'));
    const event = push('F1', 'F2', toFeature);
    expect(await resolve({ event, folder })).toEqual(base('F1', 'before-push', 'feature'));
  });

  it.each([
    ['says so', { forced: true }, 1],
    ['does not, but git does', {}, 0],
  ])('that amends has the last commit that stays, where GitHub %s', async (_, forced, depth) => {
    const folder = await cutOff(await checkout(story.remote, at('A2'), depth));
    const event = push('F2', 'A2', { ...toFeature, ...forced });
    expect(await resolve({ event, folder, connect: token() })).toEqual(
      base('F1', 'merge-base', 'feature'),
    );
  });

  it('after a rebase has the commit of main that it was rebased on', async () => {
    const folder = await cutOff(await checkout(story.remote, at('R2')));
    const event = push('F2', 'R2', { ...toFeature, forced: true });
    expect(await resolve({ event, folder, connect: token() })).toEqual(base('M4', 'merge-base'));
  });

  it('that rewrites main has the last commit that both have', async () => {
    const folder = await cutOff(await checkout(story.remote, at('F2'), 0));
    await git(folder, 'update-ref', 'refs/remotes/origin/main', at('F2'));
    const event = push('M4', 'F2', { forced: true });
    expect(await resolve({ event, folder })).toEqual(base('M2', 'merge-base'));
  });

  it.each([
    ['its own', 'F1'],
    ['main’s', 'M4'],
  ])('that goes back to a commit of %s is not compared with itself', async (_, name) => {
    const folder = await checkout(story.remote, at(name), 0);
    const event = push('F2', name, { ...toFeature, forced: true });
    expect(await resolve({ event, folder })).toEqual(base('F2', 'before-push', 'feature'));
  });

  it('that rewrites everything, or that nobody can follow, has what was there', async () => {
    const folder = await checkout(story.remote, at('I0'), 0);
    const event = push('M4', 'I0', { forced: true });
    expect(await resolve({ event, folder })).toEqual(base('M4', 'before-push'));
    const shallow = await cutOff(await checkout(story.remote, at('A2')));
    const amended = push('F2', 'A2', { ...toFeature, forced: true });
    expect(await resolve({ event: amended, folder: shallow })).toEqual(
      base('F2', 'before-push', 'feature'),
    );
  });

  it('of a new branch has the fork point', async () => {
    const folder = await checkout(story.remote, at('F2'), 0);
    const event = events.branchPush({ after: at('F2') });
    expect(await resolve({ event, folder })).toEqual(base('M2', 'merge-base'));
  });

  it('of a new branch at a commit of main has its first parent', async () => {
    const folder = await cutOff(await checkout(story.remote, at('M3')));
    const event = events.branchPush({ after: at('M3') });
    expect(await resolve({ event, folder, connect: token() })).toEqual(base('M2', 'first-parent'));
  });

  it('of main itself for the first time has its first parent, if there is one', async () => {
    const folder = await checkout(story.remote, 'refs/heads/main');
    const event = events.push({ before: SHA.none, after: at('M4') });
    expect(await resolve({ event, folder })).toEqual(base('M3', 'first-parent'));
    const root = await checkout(story.remote, at('M0'));
    expect(
      await resolve({ event: events.push({ before: SHA.none, after: at('M0') }), folder: root }),
    ).toEqual(absent('is the first commit'));
  });

  it('of a tag on main has the first parent of its commit, moved or new', async () => {
    const folder = await checkout(story.remote, at('M3'), 0);
    for (const before of [SHA.none, at('M0')]) {
      const event = events.tagPush({ before, after: at('M3') });
      expect(await resolve({ event, folder })).toEqual(base('M2', 'first-parent'));
    }
  });

  it('that deletes has none', async () => {
    const folder = await checkout(story.remote, 'refs/heads/main');
    const event = events.branchDeletion({ before: at('F2') });
    expect(await resolve({ event, folder })).toEqual(absent('deletes'));
  });

  it('whose checkout is later has the base of what was built', async () => {
    const folder = await checkout(story.remote, 'refs/heads/main', 0);
    expect(await resolve({ event: push('M1', 'M2'), folder })).toEqual(base('M3', 'first-parent'));
  });
});

describe('a merge queue', () => {
  const entry = () => events.mergeGroup({ headSha: at('Q2'), baseSha: at('Q1') });

  it('has what its entry is merged into, the entries before it among that', async () => {
    const folder = await cutOff(await checkout(story.remote, at('Q2')));
    expect(await resolve({ event: entry(), folder })).toEqual(base('Q1', 'queue'));
    expect(await resolve({ event: entry(), folder: await temporaryFolder() })).toEqual(
      base('Q1', 'queue'),
    );
  });

  it('refuses another checkout', async () => {
    const folder = await checkout(story.remote, 'refs/heads/main');
    await expect(resolve({ event: entry(), folder })).rejects.toMatchObject({
      code: 'wrong-checkout',
      message: expect.stringMatching(`${at('M4')}.*${at('Q2')}`),
    });
  });
});

describe('an event about a commit', () => {
  const deployed = (name: string, given: events.DeploymentStatusEvent = {}) =>
    events.deploymentStatus({ sha: at(name), ...given });
  const open = (headSha: string, given = {}) =>
    github.addPull({ headSha, baseSha: at('M4'), mergeSha: at('T'), ...given });

  it('that is the head of an open pull request has that one’s fork point', async () => {
    await open(at('P1'), { headRef: 'stacked', baseRef: 'feature', baseSha: at('F2') });
    const folder = await cutOff(await checkout(story.remote, at('P1')));
    for (const event of [
      deployed('P1'),
      events.workflowDispatch({ sha: at('P1'), ref: 'refs/heads/stacked' }),
      events.repositoryDispatch({ sha: at('M4') }),
    ]) {
      expect(await resolve({ event, folder, connect: token() }), event.name).toEqual(
        base('F1', 'merge-base', 'feature'),
      );
    }
    const lists = (await github.requests()).filter(({ operation }) => operation === 'pulls/list');
    expect(lists.map(({ path }) => path.includes('head=acme%3Astacked'))).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('that is a test merge of one has its first parent', async () => {
    await open(at('F2'));
    const folder = await cutOff(await checkout(story.remote, 'refs/pull/7/merge'));
    const event = events.repositoryDispatch({ sha: at('M3') });
    expect(await resolve({ event, folder, connect: token() })).toEqual(base('M4', 'first-parent'));
  });

  it.each([
    ['of a closed pull request', () => open(at('F2'), { state: 'closed', baseRef: 'updated' })],
    ['that a pull request has moved on from', () => open(at('A2'), { baseRef: 'updated' })],
    ['of no pull request', async () => {}],
  ])('%s has the fork point of main', async (_, prepare) => {
    await prepare();
    await github.push(story.remote);
    const folder = await checkout(story.remote, at('F2'), 0);
    expect(await resolve({ event: deployed('F2'), folder, connect: token() })).toEqual(
      base('M2', 'merge-base'),
    );
  });

  it('has the fork point of main where pull requests may not be read', async () => {
    const folder = await checkout(story.remote, at('F2'), 0);
    const connect = token({ contents: 'read' });
    expect(await resolve({ event: deployed('F2'), folder, connect })).toEqual(
      base('M2', 'merge-base'),
    );
  });

  it.each([
    ['schedule', () => events.schedule({ sha: at('M4') })],
    ['workflow_dispatch', () => events.workflowDispatch({ sha: at('M4') })],
    ['deployment_status', () => deployed('M4', { ref: 'refs/heads/main' })],
    ['repository_dispatch', () => events.repositoryDispatch({ sha: at('M4') })],
  ])('of main, by %s, has its first parent without a question', async (_, event) => {
    const folder = await cutOff(await checkout(story.remote, 'refs/heads/main'));
    expect(await resolve({ event: event(), folder, connect: token() })).toEqual(
      base('M3', 'first-parent'),
    );
    expect(await asked()).toEqual([]);
  });

  it('that was deployed from main by its commit alone has its first parent', async () => {
    const folder = await cutOff(await checkout(story.remote, at('M3')));
    expect(await resolve({ event: deployed('M3'), folder, connect: token() })).toEqual(
      base('M2', 'first-parent'),
    );
  });
});

describe('on one’s own machine', () => {
  it('has where HEAD left the remote’s default branch, uncommitted changes or not', async () => {
    const folder = await clone(story.remote);
    await git(folder, 'checkout', '--quiet', 'feature');
    expect(await resolve({ folder })).toEqual(base('M2', 'merge-base'));
    await writeFiles(folder, { 'app/a.js': 'changed' });
    expect(await resolve({ folder })).toEqual(base('M2', 'merge-base'));
  });

  it('is offline, detached, below a folder and in a worktree the same', async () => {
    const folder = await cutOff(await clone(story.remote));
    const tree = join(await temporaryFolder(), 'tree');
    await git(folder, 'worktree', 'add', '--quiet', '--detach', tree, at('F2'));
    await git(folder, 'checkout', '--quiet', '--detach', at('F2'));
    for (const place of [folder, join(folder, 'app'), tree]) {
      expect(await resolve({ folder: place }), place).toEqual(base('M2', 'merge-base'));
    }
  });

  it('is HEAD on an up-to-date default branch, and the remote’s tip before a push', async () => {
    const folder = await clone(story.remote);
    await writeFiles(folder, { 'app/a.js': 'changed' });
    expect(await resolve({ folder })).toEqual(base('M4', 'merge-base'));
    await git(folder, 'commit', '--quiet', '--all', '-m', 'not pushed');
    expect(await resolve({ folder })).toEqual(base('M4', 'merge-base'));
  });

  it('follows what the local default branch follows, as in a fork', async () => {
    const folder = await clone(story.remote);
    // The fork's own main has stayed behind.
    await git(folder, 'remote', 'rename', 'origin', 'upstream');
    await git(folder, 'remote', 'add', 'origin', `file://${story.remote}`);
    await git(folder, 'update-ref', 'refs/remotes/origin/main', at('M1'));
    await git(folder, 'checkout', '--quiet', '-b', 'mine', at('R2'));
    expect(await resolve({ folder })).toEqual(base('M4', 'merge-base'));
  });

  it('takes the only remote, whatever it is called', async () => {
    const folder = await clone(story.remote, '--origin', 'company');
    await git(folder, 'checkout', '--quiet', '--detach', at('F2'));
    await git(folder, 'branch', '-D', 'main');
    expect(await resolve({ folder })).toEqual(base('M2', 'merge-base'));
  });

  it('takes the settings’ branch', async () => {
    const folder = await clone(story.remote);
    await git(folder, 'checkout', '--quiet', 'stacked');
    expect(await resolve({ folder, branch: 'feature' })).toEqual(
      base('F1', 'merge-base', 'feature'),
    );
    expect(await resolve({ folder, branch: 'trunk' })).toEqual(
      absent('no branch trunk', 'git fetch origin +refs/heads/trunk:refs/remotes/origin/trunk'),
    );
  });

  it('takes the local branch where there is no remote', async () => {
    const folder = await clone(story.remote);
    await git(folder, 'branch', '--quiet', '--unset-upstream', 'main');
    await git(folder, 'checkout', '--quiet', '-b', 'mine', at('F2'));
    await git(folder, 'remote', 'remove', 'origin');
    expect(await resolve({ folder })).toEqual(base('M2', 'merge-base'));
    await git(folder, 'branch', '-D', 'main');
    expect(await resolve({ folder })).toEqual(absent('default branch is not known', '--base REF'));
  });

  it('says what is missing in a shallow clone, and fetches nothing', async () => {
    const folder = await clone(story.remote, '--depth=1', '--branch=feature');
    await git(folder, 'fetch', '--quiet', '--depth=1', 'origin', '+main:refs/remotes/origin/main');
    await git(folder, 'remote', 'set-head', 'origin', 'main');
    const shallow = absent('origin/main', 'shallow', '`git fetch --unshallow`');
    expect(await resolve({ folder })).toEqual(shallow);
    expect(await resolve({ folder })).toEqual(shallow);
    await git(folder, 'fetch', '--quiet', '--unshallow');
    expect(await resolve({ folder })).toEqual(base('M2', 'merge-base'));
  });

  it('says so where nothing is in common', async () => {
    const folder = await clone(story.remote, '--branch=island');
    expect(await resolve({ folder, branch: 'main' })).toEqual(absent('no commit in common'));
  });

  it('says so outside git, and before the first commit', async () => {
    const folder = await temporaryFolder();
    expect(await resolve({ folder })).toEqual(absent('no git checkout', '--base FILE'));
    await git(folder, 'init', '--quiet');
    await mkdir(join(folder, 'app'));
    expect(await resolve({ folder: join(folder, 'app') })).toEqual(absent('no commit yet'));
  });
});

describe('a folder that git refuses as somebody else’s', () => {
  // Git's own switch for its tests.
  const refuse = () => vi.stubEnv('GIT_TEST_ASSUME_DIFFERENT_OWNER', '1');
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('is said to be so', async () => {
    const folder = await clone(story.remote);
    refuse();
    expect(await resolve({ folder })).toEqual(absent('refuses the folder', 'git status'));
  });

  it('is said to be so of a ref as well: the name is not wrong', async () => {
    const folder = await clone(story.remote);
    refuse();
    await expect(resolve({ folder, ref: 'HEAD' })).rejects.toMatchObject({
      code: 'base-missing',
      message: expect.stringContaining('git cannot look into this folder'),
      hint: expect.stringContaining('git status'),
    });
  });

  it('keeps no pull request from its base, as GitHub knows it too', async () => {
    const folder = await checkout(story.remote, 'refs/pull/7/merge');
    refuse();
    expect(await resolve({ event: pull(), folder, connect: token() })).toEqual(
      base('M4', 'first-parent'),
    );
    expect(await asked()).toEqual(['git/get-commit']);
  });
});

describe('a ref that is asked for', () => {
  it.each([
    ['feature', 'F2', 'feature'],
    ['origin/rebased', 'R2', 'rebased'],
    ['rebased', 'R2', 'rebased'],
    ['v1', 'M2', null],
    ['HEAD~2', 'M2', null],
  ])('%s is that very commit', async (ref, name, branch) => {
    const folder = await clone(story.remote);
    await git(folder, 'branch', '--quiet', 'feature', 'origin/feature');
    expect(await resolve({ folder, ref })).toEqual(base(name, 'ref', branch));
  });

  it('wins over the event, whatever is checked out', async () => {
    const folder = await checkout(story.remote, 'refs/heads/main', 0);
    expect(await resolve({ event: pull(), folder, ref: at('M1') })).toEqual(base('M1', 'ref'));
  });

  it('is looked up on GitHub where the clone is shallow', async () => {
    const folder = await checkout(story.remote, 'refs/heads/main');
    expect(await resolve({ event: pull(), folder, ref: 'rebased', connect: token() })).toEqual(
      base('R2', 'ref'),
    );
  });

  it.each(['nosuch', '--all', ''])('%j that names no commit is an error', async (ref) => {
    const folder = await clone(story.remote);
    await expect(resolve({ folder, ref })).rejects.toMatchObject({
      code: 'base-missing',
      hint: expect.stringContaining('git fetch'),
    });
    const event = pull();
    await expect(resolve({ event, folder, ref, connect: token() })).rejects.toMatchObject({
      code: 'base-missing',
      hint: expect.stringContaining('fetch-depth'),
    });
  });

  it('is an error outside git as well', async () => {
    await expect(resolve({ folder: await temporaryFolder(), ref: 'main' })).rejects.toMatchObject({
      code: 'base-missing',
      message: expect.stringContaining('in no git checkout'),
      hint: expect.stringContaining('--base FILE'),
    });
  });
});
