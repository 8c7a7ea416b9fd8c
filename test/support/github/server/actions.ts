import { createHash } from 'node:crypto';
import type { ArtifactSeed, RepositoryName, RunSeed } from '../protocol.ts';
import { acceptedPermissions, failure, json, page } from './answers.ts';
import { createBlobHost } from './blob-host.ts';
import type { Call } from './call.ts';
import type { Answer } from './http.ts';
import { startResults } from './results.ts';
import { mintToken, type World } from './world.ts';

/** The emulator knows no runs and no artifacts. Shapes after GitHub's description, behaviour after its documentation. */
export async function createActionsGap(world: World) {
  const blobs = await createBlobHost(world.faults);
  await startResults(world, blobs);
  const routes: Record<string, (call: Call, id: number) => Answer | Promise<Answer>> = {
    'actions/list-artifacts-for-repo': ({ url }) => listArtifacts(world, url, () => true),
    'actions/list-workflow-run-artifacts': ({ url }, id) =>
      world.runs.has(id)
        ? listArtifacts(world, url, ({ runId }) => runId === id)
        : failure(404, 'Not Found'),
    'actions/get-artifact': (_, id) =>
      one(world.artifacts.get(id), (found) => artifactJson(world, found)),
    'actions/delete-artifact': (_, id) =>
      world.artifacts.delete(id)
        ? { status: 204, headers: {}, body: Buffer.alloc(0) }
        : failure(404, 'Not Found'),
    'actions/download-artifact': (_, id) => download(world.artifacts.get(id), blobs.sign),
    'actions/get-workflow-run': (_, id) =>
      one(world.runs.get(id), (found) => runJson(world, found)),
    'actions/list-workflow-runs-for-repo': ({ url }) => listRuns(world, url),
  };
  return {
    answer(call: Call): Answer | Promise<Answer> | null {
      const route = routes[call.operation ?? ''];
      if (route === undefined) return null;
      const { owner, name } = world.repository;
      if (!call.url.pathname.startsWith(`/repos/${owner}/${name}/`))
        return failure(404, 'Not Found');
      return refusal(call) ?? route(call, Number(/\/(\d+)/.exec(call.url.pathname)?.[1]));
    },
  };
}

/** Stricter than GitHub on a public repository, so that the missing permission of a private one is met in a test. */
function refusal({ token, method, operation }: Call): Answer | null {
  if (token === null || token === undefined) return failure(401, 'Requires authentication');
  if (token.kind === 'user') return null;
  const granted = token.permissions.actions;
  if (granted === 'write' || (granted === 'read' && method === 'GET')) return null;
  const accepted = acceptedPermissions(operation, method);
  return failure(403, 'Resource not accessible by integration', {
    'x-accepted-github-permissions': accepted,
  });
}

async function one<T>(
  found: T | undefined,
  format: (found: T) => object | Promise<object>,
): Promise<Answer> {
  return found === undefined ? failure(404, 'Not Found') : json(200, await format(found));
}

function listArtifacts(
  world: World,
  url: URL,
  belongs: (artifact: ArtifactSeed) => boolean,
): Answer {
  const name = url.searchParams.get('name');
  const all = [...world.artifacts.values()]
    .filter((artifact) => belongs(artifact) && (name === null || artifact.name === name))
    .sort(
      (first, second) => second.createdAt.localeCompare(first.createdAt) || second.id - first.id,
    );
  const { items, headers } = page(url, all);
  const artifacts = items.map((artifact) => artifactJson(world, artifact));
  return json(200, { total_count: all.length, artifacts }, headers);
}

function artifactJson(world: World, artifact: ArtifactSeed): object {
  const { owner, name, id: repositoryId } = world.repository;
  const url = `${world.apiUrl}/repos/${owner}/${name}/actions/artifacts/${artifact.id}`;
  const bytes = Buffer.from(artifact.zip, 'base64');
  const run = world.runs.get(artifact.runId);
  return {
    id: artifact.id,
    node_id: `A_${artifact.id}`,
    name: artifact.name,
    size_in_bytes: bytes.length,
    url,
    archive_download_url: `${url}/zip`,
    expired: artifact.expired,
    digest: artifact.digest === undefined ? sha256(bytes) : artifact.digest,
    created_at: artifact.createdAt,
    updated_at: artifact.createdAt,
    expires_at: artifact.createdAt,
    workflow_run:
      run === undefined
        ? null
        : {
            id: run.id,
            repository_id: repositoryId,
            head_repository_id: run.headRepository?.id ?? repositoryId,
            head_branch: run.headBranch,
            head_sha: run.headSha,
          },
  };
}

function sha256(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

function download(artifact: ArtifactSeed | undefined, sign: (bytes: Buffer) => string): Answer {
  if (artifact === undefined) return failure(404, 'Not Found');
  if (artifact.expired) return failure(410, 'Artifact has expired');
  const location = sign(Buffer.from(artifact.zip, 'base64'));
  return { status: 302, headers: { location }, body: Buffer.alloc(0) };
}

async function listRuns(world: World, url: URL): Promise<Answer> {
  const wanted = (parameter: string, value: string | null) =>
    (url.searchParams.get(parameter) ?? value) === value;
  const all = [...world.runs.values()]
    .filter(
      (run) =>
        wanted('branch', run.headBranch) &&
        wanted('event', run.event) &&
        wanted('head_sha', run.headSha) &&
        (wanted('status', run.status) || wanted('status', run.conclusion)),
    )
    .sort((first, second) => second.id - first.id);
  const { items, headers } = page(url, all);
  const workflow_runs = await Promise.all(items.map((run) => runJson(world, run)));
  return json(200, { total_count: all.length, workflow_runs }, headers);
}

async function runJson(world: World, run: RunSeed): Promise<object> {
  const { owner, name } = world.repository;
  const url = `${world.apiUrl}/repos/${owner}/${name}/actions/runs/${run.id}`;
  const person = { name: 'octocat', email: 'octocat@example.com' };
  return {
    id: run.id,
    node_id: `WFR_${run.id}`,
    name: 'Budgets',
    display_title: 'Budgets',
    path: '.github/workflows/budgets.yml',
    workflow_id: 1,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    run_number: run.runNumber,
    run_attempt: run.runAttempt,
    created_at: run.createdAt,
    updated_at: run.createdAt,
    run_started_at: run.createdAt,
    // Empty for forks on GitHub too, and nobody should rely on it for the others.
    pull_requests: [],
    head_commit: {
      id: run.headSha,
      tree_id: run.headSha,
      message: 'commit',
      timestamp: run.createdAt,
      author: person,
      committer: person,
    },
    repository: await repositoryJson(world, world.repository),
    head_repository: await repositoryJson(world, run.headRepository ?? world.repository),
    url,
    html_url: `https://github.com/${owner}/${name}/actions/runs/${run.id}`,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${world.apiUrl}/repos/${owner}/${name}/check-suites/1`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    workflow_url: `${world.apiUrl}/repos/${owner}/${name}/actions/workflows/1`,
  };
}

async function repositoryJson(world: World, { owner, name }: RepositoryName): Promise<object> {
  const authorization = `Bearer ${await mintToken(world, { metadata: 'read' })}`;
  const url = `${world.apiUrl}/repos/${owner}/${name}`;
  const answer = await world.emulator.answer(new Request(url, { headers: { authorization } }));
  const repository = (await answer.json()) as { owner: object };
  return {
    ...repository,
    owner: { ...userUrls(`${world.apiUrl}/users/${owner}`), ...repository.owner },
  };
}

/** The emulator gives an organization only the addresses of organizations; as an owner it has a user's too. */
export function userUrls(url: string): object {
  const names = [
    'followers',
    'following',
    'gists',
    'organizations',
    'received_events',
    'starred',
    'subscriptions',
  ];
  const urls = names.map((name) => [`${name}_url`, `${url}/${name}`]);
  return {
    gravatar_id: '',
    html_url: url,
    type: 'Organization',
    site_admin: false,
    ...Object.fromEntries(urls),
  };
}
