import { unreachable } from './artifact-refusal.ts';
import { type Artifact, artifactOf, newestFirst, type RepositoryName } from './artifacts.ts';
import type { Client } from './client.ts';

/** The most that GitHub gives at once. */
const PAGE = 100;
/** A busy repository has tens of thousands of artifacts: older ones are not worth the requests. */
const MOST_PAGES = 5;

/** What is looked at of all artifacts that there are. */
export const MOST_ARTIFACTS = PAGE * MOST_PAGES;

/** The newest artifacts of a repository, whatever they are called. */
export interface Newest {
  readonly artifacts: readonly Artifact[];
  /** Whether there are older ones, which were not looked at. */
  readonly isCut: boolean;
}

/** A client serves one run, and a run one repository. */
const LISTED = new WeakMap<Client, Promise<Newest>>();

/**
 * The newest artifacts of a repository, asked for once in a run: all of its projects look at the
 * same ones. What the run writes itself is not among them.
 * @throws UserError `store-unreachable`
 */
export function newestArtifacts(client: Client, repository: RepositoryName): Promise<Newest> {
  const listed = LISTED.get(client) ?? listNewest(client, repository);
  LISTED.set(client, listed);
  return listed;
}

async function listNewest(client: Client, repository: RepositoryName): Promise<Newest> {
  const artifacts: Artifact[] = [];
  let total = 0;
  for await (const page of pages(client, { ...repository })) {
    artifacts.push(...page.artifacts);
    total = page.total;
  }
  return { artifacts, isCut: total > MOST_ARTIFACTS };
}

/**
 * Artifacts of one name, newest first, in pages that are asked for one by one.
 * @throws UserError `store-unreachable`
 */
export async function* artifactsNamed(
  client: Client,
  repository: RepositoryName,
  name: string,
): AsyncGenerator<readonly Artifact[]> {
  for await (const { artifacts } of pages(client, { ...repository, name })) yield artifacts;
}

async function* pages(client: Client, wanted: RepositoryName & { readonly name?: string }) {
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const query = { ...wanted, per_page: PAGE, page };
    const { data } = await client.rest.actions.listArtifactsForRepo(query).catch((error) => {
      const what = `The artifacts of ${wanted.owner}/${wanted.repo} cannot be listed`;
      throw unreachable(what, 'actions: read', error);
    });
    const artifacts = data.artifacts.map(artifactOf).sort(newestFirst);
    yield { artifacts, total: data.total_count };
    if (artifacts.length < PAGE) return;
  }
}
