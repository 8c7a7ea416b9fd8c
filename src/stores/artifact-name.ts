import { createHash } from 'node:crypto';

/** Names that every file system and url takes, and that differ by more than their case. */
const PLAIN = /^(?:\.|[a-z0-9]+(?:[._-][a-z0-9]+)*)$/;
const LONGEST_NAME = 64;

/**
 * `weighbridge-shop-<commit>`. A project whose name an artifact's cannot hold is told by a hash,
 * after two hyphens, which no plain name has: so two projects never share one.
 */
export function artifactName(project: string, commit: string): string {
  if (PLAIN.test(project) && project.length <= LONGEST_NAME) {
    return `weighbridge-${project}-${commit}`;
  }
  const words = project.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const readable = words.slice(0, LONGEST_NAME / 2).replaceAll(/^-|-$/g, '') || 'project';
  const hash = createHash('sha256').update(project).digest('hex').slice(0, 16);
  return `weighbridge-${readable}--${hash}-${commit}`;
}
