import { matcherOf } from '../core/select.ts';
import type { BranchHost } from '../github/branch-host.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';

/** A branch as a host whose globs are held against the list of the branch's files. */
export function withGlobs(branch: BranchHost, root: string): Host {
  return {
    ...branch,
    async glob(patterns, folder) {
      const files = await branch.files();
      if (files === null) throw unresolved(patterns[0] ?? '');
      const matches = matcherOf(patterns, () => false);
      const paths = files.map((path) => branch.relative(folder, branch.resolve(root, path)));
      return paths.filter(matches).map((path) => ({ path, size: 0 }));
    },
  };
}

function unresolved(glob: string): UserError {
  const message = `The glob \`${glob}\` is not resolved: the base branch has more files than GitHub lists at once. Budgets are looked for in files that \`config\` names in full, and in the folder that a project is named after.`;
  return new UserError('no-config', message);
}
