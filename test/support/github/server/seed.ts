import type { CommentSeed, PullSeed, RepositoryName, RepositorySeed } from '../protocol.ts';
import { COMMENT_DEFAULTS, ISSUE_DEFAULTS, PULL_DEFAULTS, USER_DEFAULTS } from './columns.ts';
import type { Emulator, Row, Table } from './emulator.ts';

/** The app behind GITHUB_TOKEN, and the user that it writes as. Both ids are GitHub's own. */
export const APP = { id: 15368, installation: 100, slug: 'github-actions' };
const BOT = { id: 41898282, login: `${APP.slug}[bot]` };

/** git's id of the tree that holds nothing. */
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
const PERMISSIONS = [
  'actions',
  'checks',
  'contents',
  'issues',
  'metadata',
  'pull_requests',
  'statuses',
];

/** Empties the emulator and puts one repository into it, with the app installed there. */
export function seedRepository(emulator: Emulator, seed: RepositorySeed, privateKey: string): Row {
  const { tables } = emulator;
  emulator.reset();
  insertWithId(tables.users, BOT.id, userRow(BOT.login));
  tables.repos.autoId = seed.id;
  const { owner, name } = seed;
  emulator.seed({
    orgs: [{ login: owner }],
    repos: [
      { owner, name, private: seed.private, default_branch: seed.defaultBranch, auto_init: false },
    ],
    apps: [
      {
        app_id: APP.id,
        slug: APP.slug,
        name: 'GitHub Actions',
        private_key: privateKey,
        permissions: Object.fromEntries(PERMISSIONS.map((permission) => [permission, 'write'])),
        installations: [{ installation_id: APP.installation, account: owner }],
      },
    ],
  });
  return repository(emulator, seed);
}

/** The row of a repository. One that is not there yet becomes a fork of `parent`. */
export function repository(
  emulator: Emulator,
  { owner, name, id }: RepositoryName,
  parent?: Row,
): Row {
  const { repos } = emulator.tables;
  const found = repos.findOneBy('full_name', `${owner}/${name}`);
  if (found !== undefined) return found;
  if (parent === undefined) throw new Error(`there is no repository ${owner}/${name}`);
  user(emulator, owner);
  const next = repos.autoId;
  repos.autoId = id;
  emulator.seed({ repos: [{ owner, name, private: parent.private, auto_init: false }] });
  repos.autoId = Math.max(next, id + 1);
  const forkOf = { fork: true, forked_from_id: parent.id, default_branch: parent.default_branch };
  return updated(repos, repository(emulator, { owner, name, id }), forkOf);
}

export function addPull(emulator: Emulator, base: Row, seed: PullSeed): void {
  const { issues, pullRequests } = emulator.tables;
  const head = seed.fork ? repository(emulator, seed.fork, base) : base;
  commit(emulator, base, seed.baseSha, []);
  branch(emulator, base, seed.baseRef, seed.baseSha);
  // On GitHub a fork shares its objects with its parent, so the head's commit is found in both.
  for (const row of new Set([base, head])) commit(emulator, row, seed.headSha, [seed.baseSha]);
  if (seed.fork !== null) branch(emulator, head, seed.headRef, seed.headSha);
  const shared = pullColumns(emulator, base, seed);
  issues.insert({ ...shared, node_id: `I_${seed.number}`, is_pull_request: true });
  pullRequests.insert({
    ...shared,
    ...PULL_DEFAULTS,
    node_id: `PR_${seed.number}`,
    head_ref: seed.headRef,
    head_sha: seed.headSha,
    head_repo_id: seed.fork === null ? 0 : head.id,
    base_ref: seed.baseRef,
    base_sha: seed.baseSha,
    base_repo_id: base.id,
    merge_commit_sha: seed.mergeSha,
    merged: seed.mergedAt !== undefined,
    merged_at: seed.mergedAt ?? null,
  });
}

export function updatePull(
  emulator: Emulator,
  base: Row,
  change: { number: number } & Partial<PullSeed>,
): void {
  const { pullRequests, issues } = emulator.tables;
  const row = pullRequests.findBy('repo_id', base.id).find((one) => one.number === change.number);
  if (row === undefined) throw new Error(`there is no pull request ${change.number}`);
  const state = change.state ?? row.state;
  const head_sha = change.headSha ?? row.head_sha;
  const base_sha = change.baseSha ?? row.base_sha;
  for (const sha of [base_sha, head_sha]) commit(emulator, base, sha, [row.base_sha]);
  const label_ids = change.labels?.map((name) => label(emulator, base, name).id) ?? row.label_ids;
  const merge_commit_sha = change.mergeSha === undefined ? row.merge_commit_sha : change.mergeSha;
  const merged_at = change.mergedAt ?? row.merged_at;
  const merge = { merge_commit_sha, merged_at, merged: merged_at !== null };
  pullRequests.update(row.id, { state, head_sha, base_sha, label_ids, ...merge });
  const issue = issues.findBy('repo_id', base.id).find((one) => one.number === change.number);
  if (issue !== undefined) issues.update(issue.id, { state, label_ids });
}

/** One second apart, so that the oldest is the first. */
export function addComments(
  emulator: Emulator,
  base: Row,
  number: number,
  seeds: readonly CommentSeed[],
): number[] {
  const { comments } = emulator.tables;
  const start = comments.autoId;
  return seeds.map(({ author, body }, index) => {
    const { id } = comments.insert({
      ...COMMENT_DEFAULTS,
      repo_id: base.id,
      issue_number: number,
      user_id: user(emulator, author).id,
      node_id: `IC_${start + index}`,
      body,
    });
    comments.update(id, {
      created_at: new Date(Date.UTC(2025, 0, 1, 0, 0, start + index)).toISOString(),
    });
    return id;
  });
}

/** A commit that is not there yet gets the empty tree. */
export function commit(
  emulator: Emulator,
  row: Row,
  sha: string,
  parents: readonly string[],
): void {
  const { commits, trees } = emulator.tables;
  if (commits.findBy('repo_id', row.id).some((one) => one.sha === sha)) return;
  const at = '2025-01-01T00:00:00Z';
  commits.insert({
    repo_id: row.id,
    sha,
    node_id: `C_${sha}`,
    message: `commit ${sha.slice(0, 7)}`,
    author_name: 'octocat',
    author_email: 'octocat@example.com',
    author_date: at,
    committer_name: 'octocat',
    committer_email: 'octocat@example.com',
    committer_date: at,
    tree_sha: EMPTY_TREE,
    parent_shas: parents.filter((parent) => parent !== sha),
    user_id: row.owner_id,
  });
  if (trees.findBy('repo_id', row.id).some((one) => one.sha === EMPTY_TREE)) return;
  trees.insert({
    repo_id: row.id,
    sha: EMPTY_TREE,
    node_id: 'T_empty',
    tree: [],
    truncated: false,
  });
}

/** Points a branch at a commit, new or not. */
export function branch(emulator: Emulator, row: Row, name: string, sha: string): void {
  const { branches } = emulator.tables;
  const found = branches.findBy('repo_id', row.id).find((one) => one.name === name);
  if (found === undefined) branches.insert({ repo_id: row.id, name, sha, protected: false });
  else branches.update(found.id, { sha });
  reference(emulator, row, `refs/heads/${name}`, sha);
}

export function reference(emulator: Emulator, row: Row, ref: string, sha: string): void {
  const { refs } = emulator.tables;
  const found = refs.findBy('repo_id', row.id).find((one) => one.ref === ref);
  if (found === undefined) refs.insert({ repo_id: row.id, ref, sha, node_id: `REF_${ref}` });
  else refs.update(found.id, { sha });
}

/** The row of a user; one that is not there yet is made, as a bot if it is named like one. */
export function user(emulator: Emulator, login: string): Row {
  const { users } = emulator.tables;
  return users.findOneBy('login', login) ?? users.insert(userRow(login));
}

function userRow(login: string): Omit<Row, 'id'> {
  const type = login.endsWith('[bot]') ? 'Bot' : 'User';
  return {
    ...USER_DEFAULTS,
    login,
    type,
    node_id: `U_${login}`,
    name: login,
    email: `${login}@example.com`,
  };
}

function pullColumns(emulator: Emulator, base: Row, seed: PullSeed): Omit<Row, 'id'> {
  return {
    ...ISSUE_DEFAULTS,
    number: seed.number,
    repo_id: base.id,
    title: `Pull request ${seed.number}`,
    state: seed.state,
    user_id: user(emulator, seed.author).id,
    label_ids: seed.labels.map((name) => label(emulator, base, name).id),
  };
}

function label(emulator: Emulator, base: Row, name: string): Row {
  const { labels } = emulator.tables;
  const found = labels.findBy('repo_id', base.id).find((one) => one.name === name);
  const row = {
    repo_id: base.id,
    name,
    node_id: `L_${name}`,
    description: null,
    color: 'ededed',
    default: false,
  };
  return found ?? labels.insert(row);
}

function insertWithId(table: Table, id: number, row: Omit<Row, 'id'>): void {
  const next = table.autoId;
  table.insert({ ...row, id });
  table.autoId = next;
}

function updated(table: Table, row: Row, change: Partial<Row>): Row {
  table.update(row.id, change);
  return table.get(row.id) ?? row;
}
