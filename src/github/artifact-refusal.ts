import { UserError } from '../model/errors.ts';
import { missingPermission } from './refusal.ts';

interface Failed {
  readonly status?: number;
  /** None where the connection failed. */
  readonly response?: { readonly url?: string };
  readonly request?: { readonly url?: string };
}

/**
 * A request that failed for good, after the client's own tries.
 * @param what a clause that the reason is added to
 * @param permission what the request needs, as a workflow writes it: `actions: read`
 */
export function unreachable(what: string, permission: string, error: unknown): UserError {
  const { reason, hint } = explain(error as Failed, permission);
  return new UserError('store-unreachable', `${what}: ${reason}.`, { hint, cause: error });
}

/** An artifact that was there: another thing than one that never was. */
export function expired(name: string, cause?: unknown): UserError {
  return new UserError('record-expired', `The artifact ${name} has expired.`, {
    hint: 'Run the workflow on the base branch again. A `schedule` trigger there renews the record before it expires; how long artifacts are kept is said in the settings of the repository, under Actions.',
    cause,
  });
}

const LATER = 'Run the workflow again; https://www.githubstatus.com tells whether GitHub is well.';

function explain(error: Failed, permission: string): { reason: string; hint: string } {
  if (isOfStorage(error)) {
    return { reason: `its storage answered ${error.status}`, hint: LATER };
  }
  if (missingPermission(error) !== null) {
    const hint = `Add \`permissions: { ${permission} }\` to the job: a job that names permissions has no others.`;
    return { reason: `the token lacks the permission \`${permission}\``, hint };
  }
  if (error.status === 401) {
    const hint = 'Give the token of the run, `github.token`, or one that has not expired.';
    return { reason: 'GitHub does not know the token', hint };
  }
  if (error.status === 403 || error.status === 429) {
    return { reason: 'GitHub limits how often it may be asked', hint: 'Run the workflow later.' };
  }
  const isAnswer = error.response !== undefined;
  const reason = isAnswer ? `GitHub answered ${error.status}` : 'GitHub did not answer';
  return { reason, hint: LATER };
}

/** A refusal after the redirect says nothing about the token, which was not sent there. */
function isOfStorage({ response, request }: Failed): boolean {
  if (response?.url === undefined || request?.url === undefined) return false;
  return new URL(response.url).origin !== new URL(request.url).origin;
}
