import { createHash } from 'node:crypto';

/** Names that every file system and url takes, and that differ by more than their case. */
const PLAIN = /^(?:\.|[a-z0-9]+(?:[._-][a-z0-9]+)*)$/;
const LONGEST_NAME = 64;

/** The record of a commit: `weighbridge-shop-<commit>`. */
export function artifactName(project: string, commit: string): string {
  return `weighbridge-${safeName(project)}-${commit}`;
}

/** What a run that may not comment has measured: `weighbridge-head-shop`. */
export function headArtifactName(project: string): string {
  return `${HEAD}${safeName(project)}`;
}

/**
 * Base as a pull request's run has built it, for that run alone: two hyphens, which no name of a
 * record has there.
 * @param key of all that the build depends on beside the commit
 */
export function rebuiltArtifactName(project: string, commit: string, key: string): string {
  return `weighbridge--rebuilt-${safeName(project)}-${commit}-${key}`;
}

const HEAD = 'weighbridge-head-';

/** True for a name that `headArtifactName` may give: short, and text that is safe anywhere. */
export function isHeadArtifact(name: string): boolean {
  return name.startsWith(HEAD) && name.length <= 2 * LONGEST_NAME && /^[a-z0-9._-]+$/.test(name);
}

/**
 * A project whose name an artifact's cannot hold is told by a hash, after two hyphens, which no
 * plain name has: so two projects never share one.
 */
function safeName(project: string): string {
  if (PLAIN.test(project) && project.length <= LONGEST_NAME) return project;
  const words = project.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const readable = words.slice(0, LONGEST_NAME / 2).replaceAll(/^-|-$/g, '') || 'project';
  const hash = createHash('sha256').update(project).digest('hex').slice(0, 16);
  return `${readable}--${hash}`;
}
