import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { describe, expect, test } from 'vitest';
import { FORK, REPOSITORY, SHA } from './defaults.ts';
import * as events from './events.ts';
import { exampleOf } from './payloads.ts';

const document = JSON.parse(
  readFileSync(new URL('./openapi/webhooks.json', import.meta.url), 'utf8'),
  // OpenAPI 3.0's `nullable` is a union in JSON Schema.
  (_, value) => {
    if (value?.nullable !== true) return value;
    const { nullable: _nullable, ...schema } = value;
    return { anyOf: [schema, { type: 'null' }] };
  },
);
const ajv = new Ajv({
  strict: false,
  allErrors: true,
  code: { optimize: false },
  validateFormats: false,
  validateSchema: false,
  logger: false,
});

/** What differs from GitHub's own schema of that webhook. */
function differences(webhook: string, payload: object): string {
  const id = `webhook ${webhook}`;
  if (ajv.getSchema(id) === undefined) {
    ajv.addSchema({ ...document.webhooks[webhook], components: document.components }, id);
  }
  const validate = ajv.getSchema(id) as ValidateFunction;
  return validate(payload) ? '' : ajv.errorsText(validate.errors, { dataVar: '' });
}

describe('GitHub would send this', () => {
  test.each([
    ['pull-request-synchronize', 'a push to a pull request', events.pullRequest()],
    [
      'pull-request-opened',
      'a new one',
      events.pullRequest({ action: 'opened', labels: ['size'] }),
    ],
    ['pull-request-synchronize', 'a fork’s', events.forkPullRequest()],
    ['pull-request-synchronize', 'Dependabot’s', events.dependabotPullRequest()],
    ['pull-request-synchronize', 'with the target’s rights', events.pullRequestTarget()],
    ['push', 'to main', events.push()],
    ['push', 'of a branch', events.branchPush()],
    ['push', 'of a tag', events.tagPush()],
    ['push', 'of nothing, which deletes', events.branchDeletion()],
    ['merge-group-checks-requested', 'a merge queue', events.mergeGroup()],
    ['workflow-dispatch', 'by hand', events.workflowDispatch({ inputs: { config: 'a.json' } })],
    ['workflow-run-completed', 'after another', events.workflowRun()],
  ])('%s, %s', (webhook, _, { payload }) => {
    expect(differences(webhook, payload)).toBe('');
  });

  test.each([
    ['deployment_status', events.deploymentStatus()],
    ['repository_dispatch', events.repositoryDispatch({ clientPayload: { pull: 7 } })],
  ])('%s, which has the fields of GitHub’s own example', (name, { payload }) => {
    const example = exampleOf(name);
    expect(Object.keys(payload)).toEqual(expect.arrayContaining(Object.keys(example)));
    for (const part of ['deployment', 'deployment_status']) {
      expect(Object.keys(payload[part] ?? {})).toEqual(Object.keys(example[part] ?? {}));
    }
  });

  test('pull-request-synchronize, of a deleted fork, though the description does not know it', () => {
    const { payload } = events.deletedForkPullRequest();
    expect(payload.pull_request.head).toMatchObject({ sha: SHA.head, repo: null, user: null });
    expect(differences('pull-request-synchronize', payload)).toBe(
      '/pull_request/head/repo must be object',
    );
  });
});

describe('what GitHub derives from it', () => {
  const main = 'refs/heads/main';
  const merge = { sha: SHA.merge, ref: 'refs/pull/7/merge', headRef: 'feature', baseRef: 'main' };
  const none = { headRef: '', baseRef: '' };

  test.each([
    [events.pullRequest(), merge],
    [
      events.pullRequest({ mergeSha: null, number: 8 }),
      { sha: SHA.head, ref: 'refs/pull/8/merge' },
    ],
    [events.forkPullRequest(), { ...merge, actor: FORK.owner }],
    [events.dependabotPullRequest(), { actor: 'dependabot[bot]' }],
    [events.pullRequestTarget(), { ...merge, sha: SHA.base, ref: main }],
    [events.push(), { ...none, sha: SHA.head, ref: main }],
    [events.branchPush(), { ...none, sha: SHA.head, ref: 'refs/heads/feature' }],
    [events.tagPush(), { ...none, sha: SHA.head, ref: 'refs/tags/v1.0.0' }],
    [events.branchDeletion(), { ...none, ref: main }],
    [
      events.mergeGroup(),
      { ...none, sha: SHA.merge, ref: expect.stringMatching(/readonly-queue\/main\/pr-7-b+$/) },
    ],
    [events.workflowDispatch(), { ...none, sha: SHA.base, ref: main }],
    [events.schedule(), { ...none, sha: SHA.base, ref: main }],
    [events.workflowRun(), { ...none, sha: SHA.base, ref: main }],
    [events.deploymentStatus(), { ...none, sha: SHA.head, ref: '' }],
    [events.deploymentStatus({ ref: 'refs/heads/feature' }), { ref: 'refs/heads/feature' }],
    [events.repositoryDispatch(), { ...none, sha: SHA.base, ref: main }],
  ])('$name', (event, expected) => {
    expect(event).toMatchObject({ ...expected, repository: REPOSITORY });
    expect(event.payload.repository).toMatchObject({ id: REPOSITORY.id, full_name: 'acme/shop' });
    const others = /(Codertocat|octo-org|Octocoders)[/:]\S{0,20}/g;
    expect(JSON.stringify(event.payload).match(others)).toBeNull();
  });

  test('a fork is told by the ids of the repositories', () => {
    const { head, base } = events.forkPullRequest().payload.pull_request;
    expect([head.repo.id, base.repo.id]).toEqual([FORK.id, REPOSITORY.id]);
    const own = events.dependabotPullRequest().payload.pull_request;
    expect(own.head.repo.id).toBe(own.base.repo.id);
    const run = events.workflowRun().payload.workflow_run;
    expect(run).toMatchObject({
      event: 'pull_request',
      head_repository: { id: FORK.id },
      pull_requests: [],
    });
  });
});
