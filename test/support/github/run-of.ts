import { readRun } from '../../../src/github/context.ts';
import type { Run } from '../../../src/model/run.ts';
import type { RunnerEvent } from './events.ts';

/** An event as the code under test reads it. */
export function runOf({ name, payload, repository, sha, ref }: RunnerEvent): Run {
  const env = {
    GITHUB_REPOSITORY: `${repository.owner}/${repository.name}`,
    GITHUB_EVENT_NAME: name,
    GITHUB_RUN_ID: '5001',
    GITHUB_RUN_NUMBER: '12',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_SHA: sha,
    GITHUB_REF: ref,
  };
  return readRun(env, JSON.stringify(payload));
}
