import type { CheckAnnotation, Conclusion } from '../model/check-run.ts';
import type { Run } from '../model/run.ts';
import type { Client } from './client.ts';

export interface CheckRunRequest {
  /** Plain text, bounded; another project has another one. */
  readonly name: string;
  /** On a pull request its head, never GitHub's test merge: the page shows only the head's checks. */
  readonly headSha: string;
  readonly conclusion: Conclusion;
  /** Plain text of at most 255 characters. */
  readonly title: string;
  /** Markdown of at most 65,535 bytes. */
  readonly summary: string;
  readonly annotations: readonly CheckAnnotation[];
  readonly detailsUrl: string;
}

/**
 * Keeps one check run of a project on a commit. It is complete, with its conclusion, from the
 * first request on: nobody waits for it, whatever happens to later annotations. Another attempt
 * of the same run updates it, as long as all its annotations still hold, for GitHub takes none
 * back. Else a new one of the same name takes its place.
 */
export async function keepCheckRun(
  client: Client,
  run: Run,
  request: CheckRunRequest,
): Promise<{ readonly url: string }> {
  const earlier = await findEarlier(client, run, request);
  const [first = [], ...others] = batchesOf(earlier?.missing ?? request.annotations);
  const kept =
    earlier === null
      ? await create(client, run, request, first)
      : await update(client, run, earlier.id, request, first);
  for (const batch of others) await update(client, run, kept.id, request, batch);
  return { url: kept.url };
}

interface Earlier {
  readonly id: number;
  /** Annotations that it does not have yet. */
  readonly missing: readonly CheckAnnotation[];
}

/** The check run of an earlier attempt of this run, if nothing in it has become untrue. */
async function findEarlier(
  client: Client,
  run: Run,
  request: CheckRunRequest,
): Promise<Earlier | null> {
  const { owner, repo } = run;
  const latest = await client.paginate(client.rest.checks.listForRef, {
    owner,
    repo,
    ref: request.headSha,
    check_name: request.name,
    // An earlier one that a later one hides would be updated for nobody.
    filter: 'latest',
    per_page: 100,
  });
  const id = latest.find((one) => one.external_id === externalId(run, request))?.id;
  if (id === undefined) return null;
  const told = await client.paginate(client.rest.checks.listAnnotations, {
    owner,
    repo,
    check_run_id: id,
    per_page: 100,
  });
  return earlierOf(id, new Set(told.map(identityOf)), request.annotations);
}

/** Null where an annotation was told that is not wanted any more. */
function earlierOf(
  id: number,
  told: ReadonlySet<string>,
  annotations: readonly CheckAnnotation[],
): Earlier | null {
  const wanted = new Set(annotations.map((one) => identityOf(wireForm(one))));
  if ([...told].some((identity) => !wanted.has(identity))) return null;
  return { id, missing: annotations.filter((one) => !told.has(identityOf(wireForm(one)))) };
}

interface WireAnnotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: string | null;
  readonly title?: string | null;
  readonly message: string | null;
}

function wireForm({ path, line, level, title, message }: CheckAnnotation) {
  return { path, start_line: line, end_line: line, annotation_level: level, title, message };
}

function identityOf(one: WireAnnotation): string {
  const { path, start_line, end_line, annotation_level, title, message } = one;
  return JSON.stringify([path, start_line, end_line, annotation_level, title, message]);
}

/** The name holds the project. Other runs have check runs of their own: GitHub shows the latest. */
function externalId({ id }: Run, { name }: CheckRunRequest): string {
  return `weighbridge run=${id} ${name}`;
}

/** GitHub takes fifty in a request, and adds those of an update to the earlier ones. */
const BATCH = 50;

function batchesOf(annotations: readonly CheckAnnotation[]): CheckAnnotation[][] {
  const count = Math.ceil(annotations.length / BATCH);
  return Array.from({ length: count }, (_, index) =>
    annotations.slice(index * BATCH, (index + 1) * BATCH),
  );
}

interface Kept {
  readonly id: number;
  readonly url: string;
}

async function create(
  client: Client,
  run: Run,
  request: CheckRunRequest,
  batch: readonly CheckAnnotation[],
): Promise<Kept> {
  const { name, headSha } = request;
  const body = { ...bodyOf(run, request, batch), name, head_sha: headSha };
  const { data } = await client.rest.checks.create(body);
  return { id: data.id, url: data.html_url ?? run.url };
}

async function update(
  client: Client,
  run: Run,
  id: number,
  request: CheckRunRequest,
  batch: readonly CheckAnnotation[],
): Promise<Kept> {
  const body = { ...bodyOf(run, request, batch), check_run_id: id };
  const { data } = await client.rest.checks.update(body);
  return { id, url: data.html_url ?? run.url };
}

function bodyOf(run: Run, request: CheckRunRequest, batch: readonly CheckAnnotation[]) {
  const { conclusion, title, summary, detailsUrl } = request;
  return {
    owner: run.owner,
    repo: run.repo,
    status: 'completed' as const,
    conclusion,
    details_url: detailsUrl,
    external_id: externalId(run, request),
    output: { title, summary, annotations: batch.map(wireForm) },
  };
}
