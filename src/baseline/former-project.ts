import { projectOf } from '../core/project-of.ts';
import type { Ladder } from './ladder.ts';
import type { ReadProject } from './recall.ts';

/**
 * What base's own budgets file calls the project, where that is another name than head's.
 * @returns null where base has no such file, or it says the same
 */
export async function formerProject(
  ladder: Ladder,
  readProject: ReadProject,
): Promise<string | null> {
  const { config, prefix, project } = ladder;
  const name = config.file.slice(config.file.lastIndexOf('/') + 1);
  const text = await textInBase(prefix === '' ? name : `${prefix}/${name}`, ladder);
  const written = text === null ? undefined : readProject(text, name);
  if (written === undefined) return null;
  const former = projectOf({ ...config, project: written }, { prefix });
  return former === project ? null : former;
}

/** By git, which has base unless the clone is shallow, then by GitHub. */
async function textInBase(path: string, { base, scene }: Ladder): Promise<string | null> {
  const { host, folder, run, connect } = scene;
  const shown = await host
    .git(['show', `${base.commit}:${path}`], { folder })
    .catch(() => ({ code: 1, stdout: new Uint8Array() }));
  if (shown.code === 0) return new TextDecoder().decode(shown.stdout);
  if (run === null || connect === null) return null;
  const { owner, repo } = run;
  const client = await connect();
  const answer = await client.rest.repos
    .getContent({ owner, repo, path, ref: base.commit })
    .catch(() => null);
  const content = (answer?.data as { readonly content?: unknown } | undefined)?.content;
  return typeof content === 'string' ? Buffer.from(content, 'base64').toString('utf8') : null;
}
