import { createRequire } from 'node:module';
import type { PullSeed, RepositoryName, RepositorySeed } from './protocol.ts';

// biome-ignore lint/suspicious/noExplicitAny: payloads are GitHub's, and tests read and change any part of them
export type Payload = Record<string, any>;

interface Definition {
  readonly name: string;
  readonly examples: readonly Payload[];
}

const definitions: readonly Definition[] = createRequire(import.meta.url)(
  '@octokit/webhooks-examples',
);

/** A copy of GitHub's own example, without what an Action's payload never has. */
export function exampleOf(
  name: string,
  suits: (example: Payload) => boolean = () => true,
): Payload {
  const found = definitions.find((one) => one.name === name)?.examples.find(suits);
  if (found === undefined) throw new Error(`@octokit/webhooks-examples has no such ${name}`);
  const { installation: _, ...example } = structuredClone(found);
  return example;
}

/** With the repository's name in all addresses. */
export function renamed(example: Payload, { owner, name }: RepositoryName): Payload {
  const text = JSON.stringify(example);
  return JSON.parse(
    text.replaceAll(/(?:Codertocat\/Hello-World|octo-org\/octo-repo)/g, `${owner}/${name}`),
  );
}

export function common(repository: RepositorySeed, actor: string): Payload {
  return {
    repository: repositoryJson(repository, false),
    organization: organizationOf(repository.owner),
    sender: account(actor),
  };
}

export function repositoryJson(repository: RepositorySeed, fork: boolean): Payload {
  const { owner, name, id, defaultBranch } = repository;
  const example = renamed(exampleOf('pull_request').pull_request.base.repo, repository);
  return {
    ...example,
    id,
    name,
    full_name: `${owner}/${name}`,
    private: repository.private,
    visibility: repository.private ? 'private' : 'public',
    owner: account(owner, fork ? 'User' : 'Organization'),
    default_branch: defaultBranch,
    has_discussions: false,
    is_template: false,
    topics: [],
    web_commit_signoff_required: false,
    fork,
  };
}

function organizationOf(login: string): Payload {
  const example = exampleOf('merge_group').organization;
  return {
    ...JSON.parse(JSON.stringify(example).replaceAll('octo-org', login)),
    login,
    id: idOf(login),
  };
}

export function account(login: string, type?: string): Payload {
  const example = JSON.parse(
    JSON.stringify(exampleOf('pull_request').sender).replaceAll(
      'Codertocat',
      encodeURIComponent(login),
    ),
  );
  const kind = login.endsWith('[bot]') ? 'Bot' : 'User';
  return { ...example, login, id: idOf(login), type: type ?? kind };
}

/** Some number that is always the same for a login. */
function idOf(login: string): number {
  return [...login].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 1_000_003, 7);
}

interface PullParts extends PullSeedParts {
  readonly repository: RepositorySeed;
  readonly fork?: RepositoryName | null;
  readonly labels?: readonly string[];
  readonly state?: string;
  readonly title?: string;
}

type PullSeedParts = Pick<
  PullSeed,
  'number' | 'headSha' | 'baseSha' | 'mergeSha' | 'headRef' | 'baseRef' | 'author'
>;

export function pullJson(example: Payload, parts: PullParts): Payload {
  const { repository, number, author, fork } = parts;
  const text = JSON.stringify(renamed(example, repository));
  const numbered = JSON.parse(
    text
      .replaceAll(/\/(pulls?|issues)\/\d+/g, `/$1/${number}`)
      .replaceAll(example.head.sha, parts.headSha),
  );
  const base = repositoryJson(repository, false);
  const head = fork ? repositoryJson({ ...repository, ...fork }, true) : base;
  return {
    ...numbered,
    number,
    state: parts.state ?? 'open',
    title: parts.title ?? `Pull request ${number}`,
    user: account(author),
    assignees: [],
    requested_reviewers: [],
    labels: (parts.labels ?? []).map((name) => ({ ...numbered.labels[0], name })),
    merge_commit_sha: parts.mergeSha,
    head: side(parts.headRef, parts.headSha, fork === null ? null : head),
    base: side(parts.baseRef, parts.baseSha, base),
    author_association: fork === undefined ? 'MEMBER' : 'CONTRIBUTOR',
  };
}

function side(ref: string, sha: string, repo: Payload | null): Payload {
  const label = `${repo?.owner.login ?? 'unknown'}:${ref}`;
  return { label, ref, sha, user: repo?.owner ?? null, repo };
}
