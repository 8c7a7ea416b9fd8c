import { unreachable } from './artifact-refusal.ts';
import { type Artifact, artifactOf, newestFirst, type RepositoryName } from './artifacts.ts';
import type { Client } from './client.ts';

/** The most that GitHub gives at once; who writes more into one run hides their own only. */
const MOST = 100;

/**
 * The artifacts that a run has written and that are still there, the newest of each name.
 * @throws UserError `store-unreachable`
 */
export async function artifactsOfRun(
  client: Client,
  { owner, repo }: RepositoryName,
  run: number,
): Promise<readonly Artifact[]> {
  const query = { owner, repo, run_id: run, per_page: MOST };
  const { data } = await client.rest.actions.listWorkflowRunArtifacts(query).catch((error) => {
    throw unreachable(`The artifacts of run ${run} cannot be listed`, 'actions: read', error);
  });
  const live = data.artifacts.map(artifactOf).filter(({ isExpired }) => !isExpired);
  const names = new Set<string>();
  return live.sort(newestFirst).filter(({ name }) => {
    // A run that was run again keeps what its earlier attempts have written.
    if (names.has(name)) return false;
    names.add(name);
    return true;
  });
}
