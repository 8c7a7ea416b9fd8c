import type { IssueEventSeed, PullFileSeed, PushSeed } from '../protocol.ts';
import { userUrls } from './actions.ts';
import { acceptedPermissions, failure, json, page } from './answers.ts';
import type { Call } from './call.ts';
import type { Answer } from './http.ts';
import { mintToken, type World } from './world.ts';

/**
 * Who did what when: the events and the files of a pull request, the pushes to a branch, and the
 * pull requests of a commit. The emulator knows none of them. Shapes after GitHub's description, behaviour after
 * its documentation.
 */
export function answerHistory(world: World, call: Call): Answer | Promise<Answer> | null {
  const route = ROUTES[call.operation ?? ''];
  return route === undefined ? null : (refusal(call) ?? route(world, call.url));
}

const ROUTES: Record<string, (world: World, url: URL) => Answer | Promise<Answer>> = {
  'issues/list-events': listEvents,
  'pulls/list-files': listFiles,
  'repos/list-activities': listPushes,
  'repos/list-pull-requests-associated-with-commit': listPulls,
};

const NEEDED: Record<string, readonly string[]> = {
  'issues/list-events': ['issues', 'pull_requests'],
  'pulls/list-files': ['pull_requests'],
  'repos/list-activities': ['contents'],
  'repos/list-pull-requests-associated-with-commit': ['pull_requests'],
};

/** Stricter than GitHub on a public repository, so that a missing permission is met in a test. */
function refusal({ token, method, operation }: Call): Answer | null {
  if (token === null || token === undefined) return failure(401, 'Requires authentication');
  if (token.kind === 'user') return null;
  const { permissions } = token;
  if (NEEDED[operation ?? '']?.some((scope) => permissions[scope] !== undefined)) return null;
  return failure(403, 'Resource not accessible by integration', {
    'x-accepted-github-permissions': acceptedPermissions(operation, method),
  });
}

/** Oldest first. */
async function listEvents(world: World, url: URL): Promise<Answer> {
  const [, , owner, name, , number] = url.pathname.split('/');
  if (!isMain(world, owner, name)) return failure(404, 'Not Found');
  const all = world.issueEvents.filter((event) => event.number === Number(number));
  const { items, headers } = page(url, all);
  const logins = [...new Set(items.map(({ actor }) => actor))];
  const users = await Promise.all(logins.map((login) => userJson(world, login)));
  const body = items.map((one) => eventJson(world, one, users[logins.indexOf(one.actor)]));
  return json(200, body, headers);
}

/** In the order of their names. */
function listFiles(world: World, url: URL): Answer {
  const [, , owner, name, , number] = url.pathname.split('/');
  if (!isMain(world, owner, name)) return failure(404, 'Not Found');
  const { items, headers } = page(url, world.pullFiles.get(Number(number)) ?? []);
  return json(
    200,
    items.map((file) => fileJson(world, file)),
    headers,
  );
}

function fileJson(world: World, { filename, status, patch }: PullFileSeed): object {
  const { owner, name } = world.repository;
  const lines = (sign: string) =>
    (patch ?? '').split('\n').filter((line) => line.startsWith(sign)).length;
  const [additions, deletions] = [lines('+'), lines('-')];
  const path = `${owner}/${name}`;
  return {
    sha: '1'.repeat(40),
    filename,
    status,
    additions,
    deletions,
    changes: additions + deletions,
    blob_url: `https://github.com/${path}/blob/main/${filename}`,
    raw_url: `https://github.com/${path}/raw/main/${filename}`,
    contents_url: `${world.apiUrl}/repos/${path}/contents/${filename}?ref=main`,
    ...(patch === undefined ? {} : { patch }),
  };
}

function eventJson(world: World, event: IssueEventSeed, actor: unknown): object {
  const { owner, name } = world.repository;
  const id = 5_000 + world.issueEvents.indexOf(event);
  const label = event.label === undefined ? {} : { label: { name: event.label, color: 'ededed' } };
  return {
    id,
    node_id: `E_${id}`,
    url: `${world.apiUrl}/repos/${owner}/${name}/issues/events/${id}`,
    actor,
    event: event.event,
    commit_id: null,
    commit_url: null,
    created_at: event.createdAt,
    performed_via_github_app: null,
    ...label,
  };
}

/** Newest first. A fork's pushes can be read by everybody, as long as there is the fork. */
async function listPushes(world: World, url: URL): Promise<Answer> {
  const [, , owner, name] = url.pathname.split('/');
  const repository = `${owner}/${name}`;
  if (world.emulator.tables.repos.findOneBy('full_name', repository) === undefined)
    return failure(404, 'Not Found');
  const ref = url.searchParams.get('ref');
  const all = world.pushes
    .filter((one) => ref === null || `refs/heads/${one.branch}` === ref || one.branch === ref)
    .filter((one) => repositoryOf(world, one) === repository)
    .toSorted((one, other) => other.at.localeCompare(one.at));
  const size = Number(url.searchParams.get('per_page') ?? 30);
  const actor = await userJson(world, 'octocat');
  const body = all.slice(0, size).map((one) => pushJson(world, one, actor));
  return json(200, body);
}

function repositoryOf(world: World, { repository = world.repository }: PushSeed): string {
  return `${repository.owner}/${repository.name}`;
}

function pushJson(world: World, push: PushSeed, actor: unknown): object {
  const id = 9_000 + world.pushes.indexOf(push);
  return {
    id,
    node_id: `P_${id}`,
    before: push.before,
    after: push.after,
    ref: `refs/heads/${push.branch}`,
    timestamp: push.at,
    activity_type: push.type ?? 'push',
    actor,
  };
}

/** As many as were said to belong to the commit, as the emulator's own list has them. */
async function listPulls(world: World, url: URL): Promise<Answer> {
  const [, , owner, name, , sha = ''] = url.pathname.split('/');
  if (!isMain(world, owner, name)) return failure(404, 'Not Found');
  const numbers = world.commitPulls.get(sha) ?? [];
  const list = new URL(`${world.apiUrl}/repos/${owner}/${name}/pulls?state=all&per_page=100`);
  const all = (await ask(world, list)) as readonly PullRow[];
  const own = all.filter((pull) => numbers.includes(pull.number));
  const { items, headers } = page(
    url,
    own.map((pull) => pullJson(world, pull)),
  );
  return json(200, items, headers);
}

interface Owner {
  readonly login: string;
}

interface Side {
  readonly user: Owner | null;
  readonly repo: { readonly owner: Owner } | null;
}

interface PullRow {
  readonly number: number;
  readonly head: Side;
  readonly base: Side;
  readonly labels: readonly object[];
}

/** What the emulator leaves out of a list. */
function pullJson(world: World, pull: PullRow): object {
  const whole = (owner: Owner) => ({
    ...userUrls(`${world.apiUrl}/users/${owner.login}`),
    ...owner,
  });
  const full = ({ user, repo, ...side }: Side) => ({
    ...side,
    user: user && whole(user),
    repo: repo && { ...repo, owner: whole(repo.owner) },
  });
  const labels = pull.labels.map((label) => ({ ...label, description: '' }));
  return { ...pull, labels, head: full(pull.head), base: full(pull.base) };
}

function isMain({ repository }: World, owner = '', name = ''): boolean {
  return owner === repository.owner && name === repository.name;
}

function userJson(world: World, login: string): Promise<unknown> {
  return ask(world, new URL(`${world.apiUrl}/users/${encodeURIComponent(login)}`));
}

async function ask(world: World, url: URL): Promise<unknown> {
  const permissions = { metadata: 'read', pull_requests: 'read' } as const;
  const authorization = `Bearer ${await mintToken(world, permissions)}`;
  const answer = await world.emulator.answer(new Request(url, { headers: { authorization } }));
  return answer.json();
}
