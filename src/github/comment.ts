import type { Run } from '../model/run.ts';
import type { Client } from './client.ts';

/** What came of a comment. */
export type Commented =
  | { readonly kind: 'written'; readonly url: string }
  /** A later run has spoken, or the pull request has moved on: its comment stays. */
  | { readonly kind: 'left'; readonly why: string }
  | { readonly kind: 'unwanted' };

export interface CommentRequest {
  readonly project: string;
  /** Markdown without the marker. */
  readonly body: string;
  /** False: only a comment that is there already is updated. */
  readonly isWanted: boolean;
}

interface Mark {
  readonly project: string;
  readonly run: number;
  readonly attempt: number;
  readonly head: string;
}

interface Comment {
  readonly id: number;
  readonly url: string;
  readonly mark: Mark;
}

/** GitHub's limit for a comment, in characters. */
const LONGEST_COMMENT = 65_536;

/**
 * Keeps one comment of a project on a pull request: updates ours, or writes one. A comment is
 * ours when the marker opens it and we are its author; who merely quotes it keeps their own.
 */
export async function keepComment(
  client: Client,
  run: Run,
  request: CommentRequest,
): Promise<Commented> {
  const ours = await findOurs(client, run, request.project);
  const [oldest] = ours;
  if (oldest === undefined && !request.isWanted) return { kind: 'unwanted' };
  const reason = await whyLeave(client, run, ours);
  if (reason !== null) return { kind: 'left', why: reason };
  const body = `${markerOf(run, request.project)}\n${request.body}`;
  if (oldest !== undefined) {
    await removeOthers(client, run, ours.slice(1));
    return { kind: 'written', url: await update(client, run, oldest, body) };
  }
  return create(client, run, request.project, body);
}

/** The marker's length is taken from what the body may have. */
export function roomFor(run: Run, project: string): number {
  return LONGEST_COMMENT - markerOf(run, project).length - 1;
}

function target({ owner, repo, pullRequest }: Run) {
  return { owner, repo, issue_number: pullRequest?.number ?? 0 };
}

/** @param known who we are, where an answer has said it already */
async function findOurs(
  client: Client,
  run: Run,
  project: string,
  known?: string,
): Promise<Comment[]> {
  // All pages: on a busy pull request ours is not on the first, and we would write a second one.
  const all = await client.paginate(client.rest.issues.listComments, {
    ...target(run),
    per_page: 100,
  });
  const marked = all.flatMap((comment) => {
    const mark = parseMarker(comment.body ?? '');
    if (mark?.project !== project || comment.user === null) return [];
    const { id, html_url: url, user } = comment;
    return [{ id, url, mark, login: user?.login ?? '' }];
  });
  if (marked.length === 0) return [];
  const self = known ?? (await ownLogin(client));
  return marked.filter(({ login }) => login === self).sort((left, right) => left.id - right.id);
}

const DEFAULT_LOGIN = 'github-actions[bot]';

/** Who this token is: an app's token cannot ask REST for it. Asked only when it matters. */
async function ownLogin(client: Client): Promise<string> {
  try {
    const answer = await client.graphql<{ viewer: { login: string } }>('{ viewer { login } }');
    return answer.viewer.login;
  } catch {
    return DEFAULT_LOGIN;
  }
}

/** Read just before writing: two runs of one pull request may end in any order. */
async function whyLeave(
  client: Client,
  run: Run,
  ours: readonly Comment[],
): Promise<string | null> {
  const isLater = ({ mark }: Comment) =>
    mark.run > run.number || (mark.run === run.number && mark.attempt > run.attempt);
  if (ours.some(isLater)) return 'a later run has commented already';
  const { owner, repo, pullRequest } = run;
  if (pullRequest === null) return 'there is no pull request';
  const { data } = await client.rest.pulls.get({ owner, repo, pull_number: pullRequest.number });
  const hasMoved = data.head.sha !== pullRequest.head;
  return hasMoved ? 'the pull request has a newer commit, whose run will comment' : null;
}

async function update(client: Client, run: Run, { id }: Comment, body: string): Promise<string> {
  const { owner, repo } = run;
  const { data } = await client.rest.issues.updateComment({ owner, repo, comment_id: id, body });
  return data.html_url;
}

/** Another run may have written at the same moment: the oldest stays, with the latest words. */
async function create(client: Client, run: Run, project: string, body: string): Promise<Commented> {
  const { data } = await client.rest.issues.createComment({ ...target(run), body });
  // Whoever asks right after writing waits a second for it.
  const ours = await findOurs(client, run, project, data.user?.login);
  const [oldest] = ours;
  if (oldest === undefined || oldest.id === data.id) return { kind: 'written', url: data.html_url };
  await removeOthers(client, run, ours.slice(1));
  const isNewer = oldest.mark.run > run.number;
  return { kind: 'written', url: isNewer ? oldest.url : await update(client, run, oldest, body) };
}

async function removeOthers(client: Client, run: Run, others: readonly Comment[]): Promise<void> {
  const { owner, repo } = run;
  for (const { id } of others) {
    await client.rest.issues.deleteComment({ owner, repo, comment_id: id });
  }
}

const MARKER = /^<!-- weighbridge project=(\S+) run=(\d+) attempt=(\d+) head=([0-9a-f]+) -->/;

function markerOf({ number, attempt, pullRequest }: Run, project: string): string {
  // A project's name may not close the comment that the marker is.
  const name = encodeURIComponent(project).replaceAll('-', '%2D').replaceAll('!', '%21');
  return `<!-- weighbridge project=${name} run=${number} attempt=${attempt} head=${pullRequest?.head} -->`;
}

function parseMarker(body: string): Mark | null {
  const match = MARKER.exec(body);
  if (match === null) return null;
  const [, project = '', run, attempt, head = ''] = match;
  try {
    return {
      project: decodeURIComponent(project),
      run: Number(run),
      attempt: Number(attempt),
      head,
    };
  } catch {
    return null;
  }
}
