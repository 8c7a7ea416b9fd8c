import { join } from 'node:path';
import { getOctokit } from '@actions/github';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  ancestorsOf,
  type HistoryContext,
  isAncestor,
  touchesNothing,
} from '../../src/baseline/history.ts';
import type { Client } from '../../src/github/client.ts';
import { nodeHost } from '../../src/host/node.ts';
import * as events from '../support/github/events.ts';
import { type Github, startGithub } from '../support/github/github.ts';
import { runOf } from '../support/github/run-of.ts';
import { checkout, clone, type Story, tellStory } from '../support/story.ts';
import { git, temporaryFolder, writeFiles } from '../support/temporary.ts';

const host = nodeHost({ progress: () => {} });
const run = runOf(events.push());
let story: Story;
let github: Github;

beforeAll(async () => {
  [story, github] = await Promise.all([tellStory(), startGithub()]);
});
afterAll(async () => {
  await Promise.all([story.remove(), github.close()]);
});
beforeEach(async () => {
  await github.reset();
  await github.push(story.remote);
});
afterEach(async () => {
  expect(await github.violations()).toEqual([]);
});

const at = (name: string) => story.commits[name] ?? name;
const names = (commits: readonly string[]) =>
  commits.map((commit) => Object.entries(story.commits).find(([, id]) => id === commit)?.[0]);

/** Git alone. */
async function whole(): Promise<HistoryContext> {
  return { host, folder: await clone(story.remote), run: null, connect: null };
}

/** A clone that knows next to nothing, and GitHub. */
async function shallow(name = 'F2'): Promise<HistoryContext> {
  const folder = await checkout(story.remote, at(name));
  const connect = async () => {
    const token = await github.mintToken({ contents: 'read' });
    return getOctokit(token, { baseUrl: github.apiUrl }) as unknown as Client;
  };
  return { host, folder, run, connect };
}

const unknown = async (): Promise<HistoryContext> => ({
  host,
  folder: await temporaryFolder(),
  run: null,
  connect: null,
});

const places = [
  ['git', whole],
  ['GitHub', shallow],
] as const;

describe.each(places)('as %s knows it', (_, place) => {
  it('first-parent ancestors come nearest first, and no more than asked for', async () => {
    const context = await place();
    expect(names(await ancestorsOf(at('Q2'), 20, context))).toEqual([
      'Q1',
      'M4',
      'M3',
      'M2',
      'M1',
      'M0',
    ]);
    expect(names(await ancestorsOf(at('Q2'), 2, context))).toEqual(['Q1', 'M4']);
    expect(await ancestorsOf(at('M0'), 5, context)).toEqual([]);
  });

  it.each([
    ['M2', 'F2', true],
    ['M2', 'M2', true],
    ['M3', 'F2', false],
    ['F2', 'M2', false],
    ['F2', 'Q2', true],
  ])('whether %s is an ancestor of %s', async (ancestor, commit, expected) => {
    expect(await isAncestor(at(ancestor), at(commit), await place())).toBe(expected);
  });

  it.each([
    ['M3', 'M4', 'app', true],
    ['M3', 'M4', 'docs', false],
    ['M3', 'M4', '', false],
    ['M3', 'M4', 'doc', true],
    ['R1', 'R2', 'app', true],
    // A file that was renamed is gone from where it was.
    ['F1', 'F2', 'app', false],
    ['M3', 'M3', '', true],
  ])('whether from %s to %s nothing below %j changes', async (from, to, prefix, expected) => {
    expect(await touchesNothing(at(from), at(to), prefix, await place())).toBe(expected);
  });
});

describe('history', () => {
  it('is asked of GitHub only where git does not know it', async () => {
    const context = { ...(await shallow()), folder: await clone(story.remote) };
    await ancestorsOf(at('Q2'), 20, context);
    await isAncestor(at('M2'), at('F2'), context);
    await touchesNothing(at('M3'), at('M4'), 'app', context);
    expect(await github.requests()).toEqual([]);
  });

  it('is asked for from the root, wherever the folder is, and by the very name', async () => {
    const context = await whole();
    const below = { ...context, folder: join(context.folder, 'app') };
    expect(await touchesNothing(at('M3'), at('M4'), 'docs', below)).toBe(false);
    expect(await touchesNothing(at('M3'), at('M4'), 'app', below)).toBe(true);
    expect(await touchesNothing(at('M3'), at('M4'), 'd*', below)).toBe(true);
  });

  it('that is cut off is not taken for the beginning', async () => {
    const context = { ...(await unknown()), folder: await checkout(story.remote, at('M4'), 2) };
    expect(names(await ancestorsOf(at('M4'), 20, context))).toEqual(['M3']);
    expect(await isAncestor(at('M1'), at('M4'), context)).toBeNull();
    const folder = await checkout(story.remote, at('L3'), 3);
    await git(folder, 'fetch', '--quiet', '--depth=3', 'origin', at('M4'));
    // Both are here, and what lies between is not.
    expect(await isAncestor(at('M3'), at('L3'), { ...context, folder })).toBeNull();
    expect(await isAncestor(at('M3'), at('L3'), { ...(await shallow()), folder })).toBe(true);
    const asked = { ...(await shallow('M4')), folder: context.folder };
    expect(names(await ancestorsOf(at('M4'), 20, asked))).toEqual(['M3', 'M2', 'M1', 'M0']);
  });

  it('that nobody knows is unknown', async () => {
    for (const context of [await unknown(), { ...(await shallow()), connect: null }]) {
      expect(await ancestorsOf(at('M4'), 20, context)).toEqual([]);
      expect(await isAncestor(at('M1'), at('M4'), context)).toBeNull();
      expect(await touchesNothing(at('M3'), at('M4'), 'app', context)).toBeNull();
    }
  });

  it.each([
    ['403', { kind: 'forbidden' }],
    ['5xx', { kind: 'server-error', status: 503 }],
    ['a cut connection', { kind: 'cut' }],
  ] as const)('is unknown after %s', async (_, fault) => {
    const context = await shallow();
    await github.fault({ ...fault, times: 3, path: /repos/ });
    expect(await ancestorsOf(at('M4'), 20, context)).toEqual([]);
    expect(await isAncestor(at('M1'), at('M4'), context)).toBeNull();
    expect(await touchesNothing(at('M3'), at('M4'), 'app', context)).toBeNull();
  });

  it('of a commit that is not later says nothing of what changed', async () => {
    expect(await touchesNothing(at('M4'), at('F2'), 'docs', await shallow())).toBeNull();
  });

  it('is followed over a hundred commits of a list', async () => {
    const folder = await temporaryFolder();
    await git(folder, 'init', '--quiet');
    const input = Array.from({ length: 250 }, (_, index) => line(index)).join('');
    await host.git(['fast-import', '--quiet'], { folder, input });
    await github.push(folder);
    const commits = (await git(folder, 'rev-list', 'refs/heads/long')).split('\n');
    const found = await ancestorsOf(commits[0] ?? '', 220, await shallow());
    expect(found).toEqual(commits.slice(1, 221));
  });

  it('knows a file that was moved away by its old name, which the emulator does not tell', async () => {
    const files = [{ filename: 'lib/a.js', previous_filename: 'app/a.js' }];
    const answer = { files, merge_base_commit: { sha: at('M3') }, status: 'ahead' };
    const repos = { compareCommitsWithBasehead: async () => ({ data: answer }) };
    const connect = async () => ({ rest: { repos } }) as unknown as Client;
    const context = { ...(await unknown()), run, connect };
    expect(await touchesNothing(at('M3'), at('M4'), 'app', context)).toBe(false);
    expect(await touchesNothing(at('M3'), at('M4'), 'docs', context)).toBe(true);
  });

  it('of an answer that breaks off is unknown', async () => {
    const repos = { compareCommitsWithBasehead: async () => ({ data: '{"fil' }) };
    const connect = async () => ({ rest: { repos } }) as unknown as Client;
    const context = { ...(await unknown()), run, connect };
    expect(await touchesNothing(at('M3'), at('M4'), 'app', context)).toBeNull();
  });

  it('that changes more files than GitHub lists is unknown, unless one of them is below', async () => {
    const folder = await temporaryFolder();
    await git(folder, 'init', '--quiet');
    await git(folder, 'commit', '--quiet', '--allow-empty', '-m', 'none');
    const files = Array.from({ length: 301 }, (_, index) => [`a/${1000 + index}.js`, 'a'] as const);
    await writeFiles(folder, Object.fromEntries([...files, ['z/last.js', 'z']]));
    await git(folder, 'add', '.');
    await git(folder, 'commit', '--quiet', '-m', 'many');
    await github.push(folder);
    const [to = '', from = ''] = (await git(folder, 'rev-list', 'HEAD')).split('\n');
    const context = await shallow();
    expect(await touchesNothing(from, to, 'z', context)).toBeNull();
    expect(await touchesNothing(from, to, 'a', context)).toBe(false);
  });
});

/** A commit for git's fast-import. */
function line(index: number): string {
  const when = `ana <ana@example.org> ${1_700_000_000 + index} +0000`;
  return `commit refs/heads/long\ncommitter ${when}\ndata 1\nx\n\n`;
}
