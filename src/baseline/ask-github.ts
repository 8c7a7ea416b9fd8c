import type { Client } from '../github/client.ts';
import { missingPermission } from '../github/refusal.ts';
import type { Run } from '../model/run.ts';
import type { Answer } from './answer.ts';

/** The repository on GitHub, as far as there is one. */
export interface There {
  readonly run: Run | null;
  /** Null where there is no token. */
  readonly connect: (() => Promise<Client>) | null;
}

interface RepositoryPath {
  readonly owner: string;
  readonly repo: string;
}

/**
 * Asks GitHub's API.
 * @param permission what the question needs, as a workflow writes it
 */
export async function askGithub<Value>(
  { run, connect }: There,
  permission: string,
  question: (client: Client, repository: RepositoryPath) => Promise<Value>,
): Promise<Answer<Value>> {
  if (run === null || connect === null) return { missing: 'There is no token to ask GitHub with.' };
  const { owner, repo } = run;
  try {
    return { value: await question(await connect(), { owner, repo }) };
  } catch (error) {
    return { missing: whyNot(error, permission) };
  }
}

/** An answer that breaks off is handed on as the text that had come by then. */
export function whole<Data>(data: Data): Data {
  if (typeof data === 'object') return data;
  throw Object.assign(new Error('the answer broke off'), { status: 500 });
}

/** In our words: those of an answer may be a page of HTML. */
function whyNot(error: unknown, permission: string): string {
  const { status, response } = error as { status?: unknown; response?: unknown };
  if (typeof status !== 'number') throw error;
  if (response === undefined) return 'GitHub did not answer.';
  if (status === 401) return 'GitHub does not know the token.';
  if (status === 404) return 'GitHub knows no such commit.';
  if (status === 403 && missingPermission(error) !== null) {
    return `The token lacks the permission \`${permission}\`: add it to the \`permissions\` of the job.`;
  }
  return `GitHub answered ${status}.`;
}
