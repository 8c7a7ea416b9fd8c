import { describe, expect, it } from 'vitest';
import { readRun } from '../../src/github/context.ts';
import { isPushTo } from '../../src/model/run.ts';
import { FORK, REPOSITORY, SHA } from '../support/github/defaults.ts';
import * as events from '../support/github/events.ts';
import { runOf } from '../support/github/run-of.ts';

const own = { id: REPOSITORY.id, owner: 'acme', name: 'shop' };
const fork = { id: FORK.id, owner: 'mallory', name: 'shop' };
const nothing = { pullRequest: null, push: null, mergeGroup: null, triggering: null };

describe('a run', () => {
  it('of a pull request', () => {
    expect(runOf(events.pullRequest())).toEqual({
      event: 'pull_request',
      owner: 'acme',
      repo: 'shop',
      id: 5001,
      number: 12,
      attempt: 1,
      url: 'https://github.com/acme/shop/actions/runs/5001',
      sha: SHA.merge,
      ref: 'refs/pull/7/merge',
      defaultBranch: 'main',
      ...nothing,
      pullRequest: {
        number: 7,
        head: SHA.head,
        headBranch: 'feature',
        headRepository: own,
        base: SHA.base,
        baseBranch: 'main',
        mergeCommit: SHA.merge,
        isFork: false,
        event: { action: 'synchronize', label: null, updatedAt: expect.any(String) },
      },
    });
  });

  it.each([
    ['a fork’s', events.forkPullRequest(), { headRepository: fork, isFork: true }],
    ['a deleted fork’s', events.deletedForkPullRequest(), { headRepository: null, isFork: true }],
    ['one without a test merge', events.pullRequest({ mergeSha: null }), { mergeCommit: null }],
    ['with the target’s rights', events.pullRequestTarget(), { head: SHA.head, isFork: true }],
  ])('of a pull request, %s', (_, event, expected) => {
    expect(runOf(event).pullRequest).toMatchObject(expected);
  });

  it('of a called workflow is the run of its caller', () => {
    for (const caller of [events.pullRequest(), events.push(), events.mergeGroup()]) {
      expect(runOf(events.workflowCall(caller))).toEqual(runOf(caller));
    }
  });

  it.each([
    ['push', events.push(), 'push'],
    ['merge_group', events.mergeGroup(), 'merge_group'],
    ['workflow_run', events.workflowRun({ id: 1 } as never), 'workflow_run'],
    ['schedule', events.schedule(), 'schedule'],
    // It may be the other one, whose token may write: that is what is prepared for.
    ['pull_request', events.forkPullRequest(), 'pull_request_target'],
  ])(
    'whose runner calls it workflow_call is told by what it has been given: %s',
    (_, caller, is) => {
      const { event, ...told } = runOf({ ...caller, name: 'workflow_call' });
      const { event: __, ...expected } = runOf({ ...caller, name: is });

      expect(event).toBe(is);
      expect(told).toEqual(expected);
    },
  );

  it.each([
    ['to main', events.push(), { before: SHA.base, after: SHA.head, branch: 'main' }],
    [
      'of a new branch',
      events.branchPush({ ref: 'refs/heads/a/b' }),
      { before: null, branch: 'a/b' },
    ],
    ['of a tag', events.tagPush(), { before: null, branch: null }],
    ['that deletes', events.branchDeletion(), { after: null, branch: 'feature' }],
    ['that is forced', events.push({ forced: true }), { isForced: true }],
  ])('of a push %s', (_, event, expected) => {
    expect(runOf(event)).toMatchObject({ ...nothing, push: { isForced: false, ...expected } });
  });

  it('of a merge queue, with the short name of the base branch', () => {
    const mergeGroup = { base: SHA.base, head: SHA.merge, baseBranch: 'release/1.x' };
    expect(runOf(events.mergeGroup({ baseRef: 'release/1.x' }))).toMatchObject({
      ...nothing,
      mergeGroup,
    });
  });

  it('after another run', () => {
    const event = events.workflowRun({
      id: 77,
      runAttempt: 2,
      runNumber: 9,
      conclusion: 'failure',
    });
    expect(runOf(event)).toMatchObject({
      ...nothing,
      sha: SHA.base,
      triggering: {
        id: 77,
        event: 'pull_request',
        headSha: SHA.head,
        headBranch: 'feature',
        headRepository: fork,
        conclusion: 'failure',
        attempt: 2,
        number: 9,
      },
    });
  });

  it.each([
    events.schedule(),
    events.workflowDispatch(),
    events.repositoryDispatch(),
    events.deploymentStatus(),
  ])('of $name, which is about nothing but a commit', (event) => {
    expect(runOf(event)).toMatchObject({ ...nothing, sha: event.sha, defaultBranch: 'main' });
  });

  it('is not about the pull request that another event carries', () => {
    const event = { ...events.pullRequest(), name: 'pull_request_review' };
    expect(runOf(event).pullRequest).toBeNull();
    const odd = { ...events.schedule(), payload: { pull_request: 'odd' } };
    expect(runOf(odd)).toMatchObject({ ...nothing, defaultBranch: null });
  });

  it.each(['', 'null', '[]', '{"pull_request":{"number":7}}', '{}'])(
    'of an event file that GitHub did not write is refused: %j',
    (text) => {
      const env = { GITHUB_REPOSITORY: 'acme/shop', GITHUB_EVENT_NAME: 'pull_request' };
      expect(() => readRun(env, text)).toThrow(expect.objectContaining({ code: 'event' }));
    },
  );

  it('is refused outside a workflow', () => {
    expect(() => readRun({}, '{}')).toThrow(expect.objectContaining({ code: 'no-run' }));
  });
});

describe('a push to the base branch', () => {
  it.each([
    ['main', events.push(), null, true],
    ['main, where base is another', events.push(), 'develop', false],
    ['the settings’ branch', events.push({ ref: 'refs/heads/develop' }), 'develop', true],
    ['a tag', events.tagPush({ ref: 'refs/tags/main' }), null, false],
    ['nothing', events.branchDeletion({ ref: 'refs/heads/main' }), null, false],
  ])('is one to %s', (_, event, branch, expected) => {
    expect(isPushTo(runOf(event), branch)).toBe(expected);
  });
});
