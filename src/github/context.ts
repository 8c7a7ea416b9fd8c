import { UserError } from '../model/errors.ts';
import type { Run } from '../model/run.ts';
import { callersEvent, readPayload } from './payload.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The run as GitHub's environment and event file tell it.
 * @param event the text of the event file
 * @throws UserError `no-run` outside a workflow, `event` for an event file that GitHub did not write
 */
export function readRun(env: Environment, event: string): Run {
  const [owner, repo] = (env.GITHUB_REPOSITORY ?? '').split('/');
  if (!owner || !repo) {
    throw new UserError(
      'no-run',
      'GITHUB_REPOSITORY is not set: this is not a run of a workflow.',
      {
        hint: 'On other machines use the command line: npx weighbridge.',
      },
    );
  }
  const name = eventOf(env.GITHUB_EVENT_NAME ?? '', event);
  const payload = readPayload(name, event);
  const id = Number(env.GITHUB_RUN_ID ?? 0);
  const server = env.GITHUB_SERVER_URL ?? 'https://github.com';
  return {
    event: name,
    owner,
    repo,
    id,
    number: Number(env.GITHUB_RUN_NUMBER ?? 0),
    attempt: Number(env.GITHUB_RUN_ATTEMPT ?? 1),
    url: `${server}/${owner}/${repo}/actions/runs/${id}`,
    sha: env.GITHUB_SHA ?? '',
    ref: env.GITHUB_REF ?? '',
    ...payload,
  };
}

/** GitHub gives a called workflow the event of its caller; other runners may name the call. */
function eventOf(name: string, event: string): string {
  return name === 'workflow_call' ? callersEvent(event) : name;
}
