import type { RepositoryName, RepositorySeed } from './protocol.ts';

/** The small world that seeds and events agree on unless a test says otherwise. */
export const REPOSITORY: RepositorySeed = {
  owner: 'acme',
  name: 'shop',
  id: 186_853_002,
  private: false,
  defaultBranch: 'main',
};

export const FORK: RepositoryName = { owner: 'mallory', name: 'shop', id: 186_853_777 };

export const SHA = {
  base: 'b'.repeat(40),
  head: 'a'.repeat(40),
  merge: 'c'.repeat(40),
  /** What git and GitHub write for "no commit". */
  none: '0'.repeat(40),
};
