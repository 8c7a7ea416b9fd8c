import { chmod, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DEFAULT_REF } from '../../src/model/baseline.ts';
import { UserError } from '../../src/model/errors.ts';
import type { Host } from '../../src/model/host.ts';
import type { Run } from '../../src/model/run.ts';
import { wordsOf } from '../../src/stores/git-ask.ts';
import { asset, snapshot } from '../support/build.ts';
import {
  gitWith,
  remoteWithClones,
  replaceFile,
  repository,
  storeIn,
} from '../support/git-remotes.ts';
import { quietHost } from '../support/measured.ts';
import { commitOf, record } from '../support/records.ts';
import { storeContract } from '../support/store-contract.ts';
import { git, temporaryFolder, writeFiles } from '../support/temporary.ts';

const damage = (folder: string) => (_: string, commit: string, bytes: Uint8Array) =>
  replaceFile(folder, commit, gzipSync(bytes));

storeContract('git, two clones of a remote', async () => {
  const { remote, clones } = await remoteWithClones(2);
  const [one = '', other = ''] = clones;
  return {
    store: storeIn(one),
    other: storeIn(other),
    damage: damage(remote),
    // Records of one time are told apart by their turn.
    later: async () => {},
  };
});

storeContract('git, a repository without a remote', async () => {
  const folder = await repository();
  return { store: storeIn(folder), damage: damage(folder), later: async () => {} };
});

const A = commitOf('a');

describe('a checkout', () => {
  it('keeps its index, HEAD, files, FETCH_HEAD and branches; no hook of the user runs', async () => {
    const { clones, remote } = await remoteWithClones(2);
    const [clone = '', other = ''] = clones;
    await storeIn(other).save(record(commitOf('b')));
    await writeFiles(clone, { 'a.txt': 'changed', 'staged.txt': 's', 'new.txt': 'n' });
    await git(clone, 'add', 'staged.txt');
    await git(clone, 'fetch', 'origin', 'main');
    for (const name of ['pre-push', 'reference-transaction', 'post-index-change', 'pre-auto-gc']) {
      await hook(clone, name, 'touch "$(git rev-parse --show-toplevel)/hook-has-run"');
    }
    const before = await stateOf(clone);
    const store = storeIn(clone);
    await store.save(record(A));
    await storeIn(clone).commits('.');
    expect(await store.load('.', A)).toEqual(record(A));
    expect(await stateOf(clone)).toEqual(before);
    expect(await refsOf(clone)).toContain(`refs/weighbridge-seen/origin/weighbridge/baselines`);
    expect(await refsOf(remote)).toEqual(['refs/heads/main', DEFAULT_REF]);
    await git(clone, 'fsck', '--strict');
  });

  it('need not know its user, and commits as nobody else', async () => {
    const { clone, remote } = await remoteWithClones(1);
    const nobody = withEnvironment({ GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' });
    await git(clone, 'config', 'user.useConfigOnly', 'true');
    await git(clone, 'config', 'commit.gpgSign', 'true');
    await storeIn(clone, { host: nobody }).save(record(A));
    const who = await git(remote, 'log', '--format=%an %ae %cn %ce', DEFAULT_REF);
    const writer = 'weighbridge noreply@weighbridge.invalid';
    expect(who).toBe(`${writer} ${writer}`);
  });

  it('is not fetched by a clone, and starts no build of a branch or tag', async () => {
    const { clone, remote, folder } = await remoteWithClones(1);
    await storeIn(clone).save(record(A));
    await git(folder, 'clone', remote, 'later');
    expect(await refsOf(join(folder, 'later'))).not.toContainEqual(
      expect.stringContaining('weighbridge'),
    );
  });

  it.each([
    ['a shallow clone', ['--depth=1']],
    ['a clone without blobs', ['--filter=blob:none']],
    ['a clone without trees', ['--filter=tree:0']],
    ['a clone of one branch', ['--single-branch']],
    ['a clone without files', ['--no-checkout']],
    ['a bare clone', ['--bare']],
  ])('may be %s, and stays so', async (_, options) => {
    const { clone, remote, folder } = await remoteWithClones(1);
    await git(remote, 'config', 'uploadpack.allowFilter', 'true');
    await storeIn(clone).save(record(A));
    const special = join(folder, 'special');
    await git(folder, 'clone', ...options, `file://${remote}`, special);
    const before = await shallowOf(special);
    const store = storeIn(special);
    expect(await store.load('.', A)).toEqual(record(A));
    await store.save(record(commitOf('b')));
    expect(await store.commits('.')).toEqual([commitOf('b'), A]);
    expect(await storeIn(clone).load('.', commitOf('b'))).toEqual(record(commitOf('b')));
    expect(await shallowOf(special)).toEqual(before);
  });

  it('may be a worktree, or a folder below its root', async () => {
    const { clone, folder } = await remoteWithClones(1);
    await git(clone, 'worktree', 'add', '-b', 'side', join(folder, 'side'));
    await storeIn(join(clone, 'packages/shop')).save(record(A));
    expect(await storeIn(join(folder, 'side/packages')).load('.', A)).toEqual(record(A));
    expect(await git(clone, 'status', '--porcelain')).toBe('');
  });

  it('without blobs stays without those that no one reads', async () => {
    const { clone, remote, folder } = await remoteWithClones(1);
    await git(remote, 'config', 'uploadpack.allowFilter', 'true');
    for (const name of ['a', 'b', 'c']) await storeIn(clone).save(record(commitOf(name)));
    await git(folder, 'clone', '--filter=blob:none', `file://${remote}`, 'partial');
    const partial = join(folder, 'partial');
    await storeIn(partial).save(record(commitOf('d')));
    const seen = 'refs/weighbridge-seen/origin/weighbridge/baselines';
    const objects = await git(partial, 'rev-list', '--objects', '--missing=print', seen);
    // The records, and the two older states of the index.
    expect(objects.split('\n').filter((line) => line.startsWith('?'))).toHaveLength(5);
  });

  it('fetches the difference only, even after a housekeeping', async () => {
    const { clones } = await remoteWithClones(2);
    const [one = '', other = ''] = clones;
    for (const name of ['a', 'b', 'c']) await storeIn(one).save(record(commitOf(name)));
    await storeIn(other).commits('.');
    await git(other, 'gc', '--prune=now', '--quiet');
    const before = await objectsOf(other);
    await storeIn(one).save(record(commitOf('d')));
    await storeIn(other).commits('.');
    // A commit, its four trees, the record and the index.
    expect((await objectsOf(other)) - before).toBe(7);
  });
});

async function stateOf(folder: string) {
  return {
    // Without hooks, as git status runs one of them.
    status: await git(folder, '-c', 'core.hooksPath=/dev/null', 'status', '--porcelain'),
    head: await readFile(join(folder, '.git/HEAD'), 'utf8'),
    index: (await readFile(join(folder, '.git/index'))).toString('base64'),
    fetched: await readFile(join(folder, '.git/FETCH_HEAD'), 'utf8'),
    config: await readFile(join(folder, '.git/config'), 'utf8'),
    files: (await readdir(folder)).sort(),
    refs: (await refsOf(folder)).filter((ref) => !ref.startsWith('refs/weighbridge-seen/')),
  };
}

async function refsOf(folder: string): Promise<string[]> {
  return (await git(folder, 'for-each-ref', '--format=%(refname)')).split('\n');
}

async function shallowOf(folder: string): Promise<string> {
  return git(folder, 'rev-parse', '--is-shallow-repository', '--is-bare-repository');
}

async function objectsOf(folder: string): Promise<number> {
  const text = await git(folder, 'count-objects', '-v');
  const counts = new Map(text.split('\n').map((line) => line.split(': ') as [string, string]));
  return Number(counts.get('count')) + Number(counts.get('in-pack'));
}

async function hook(folder: string, name: string, script: string): Promise<void> {
  const path = join(await git(folder, 'rev-parse', '--absolute-git-dir'), 'hooks', name);
  await writeFiles('/', { [path]: `#!/bin/sh\n${script}\n` });
  await chmod(path, 0o755);
}

function withEnvironment(environment: Readonly<Record<string, string>>): Host {
  const host = quietHost();
  const git: Host['git'] = (args, request) =>
    host.git(args, { ...request, environment: { ...environment, ...request.environment } });
  return { ...host, git };
}

describe('the remote', () => {
  it('without the ref has no records, and is not asked for more', async () => {
    const { clone } = await remoteWithClones(1);
    await git(clone, 'update-ref', DEFAULT_REF, 'HEAD');
    expect(await storeIn(clone).load('.', A)).toBeNull();
    expect(await storeIn(clone).commits('.')).toEqual([]);
  });

  it('is not the repository’s own ref: what is there does not reach it', async () => {
    const { clone, remote } = await remoteWithClones(1);
    await git(clone, 'remote', 'rename', 'origin', 'upstream');
    await storeIn(clone).save(record(A));
    expect(await refsOf(remote)).toContain(DEFAULT_REF);
    await git(clone, 'remote', 'remove', 'upstream');
    expect(await storeIn(clone).commits('.')).toEqual([]);
    await storeIn(clone).save(record(commitOf('b')));
    expect(await storeIn(clone).commits('.')).toEqual([commitOf('b')]);
    await git(clone, 'remote', 'add', 'origin', remote);
    expect(await storeIn(clone).commits('.')).toEqual([A]);
  });

  it('that is gone is unreachable, never without records', async () => {
    const { clones, remote } = await remoteWithClones(2);
    const [clone = '', other = ''] = clones;
    await storeIn(clone).save(record(A));
    await rename(remote, `${remote}.gone`);
    await unreachable(
      storeIn(other),
      /^git refs\/weighbridge\/baselines cannot be reached: '.+shop\.git' does not appear to be a git repository\.$/,
    );
  });

  it('that is gone is served as it was seen last, to readers alone, and that is said', async () => {
    const { clone, remote } = await remoteWithClones(1);
    await storeIn(clone).save(record(A));
    await rename(remote, `${remote}.gone`);
    const host = quietHost();
    let looks = 0;
    const counting: Host['git'] = (args, request) => {
      if (args.includes('ls-remote')) looks += 1;
      return host.git(args, request);
    };
    const store = storeIn(clone, { host: { ...host, git: counting } });
    expect(store.remarks?.()).toEqual([]);
    expect(await store.load('.', A)).toEqual(record(A));
    expect(await store.load('.', commitOf('b'))).toBeNull();
    expect(await store.commits('.')).toEqual([A]);
    expect(looks).toBe(1);
    expect(store.remarks?.()).toEqual([
      expect.stringMatching(/^git refs\/.* cannot be reached: .* seen of it last is used\.$/),
    ]);
    const unreached = { code: 'store-unreachable' };
    await expect(store.save(record(commitOf('b')))).rejects.toMatchObject(unreached);
    // A run is of today: it takes nothing that may be old.
    const inRun = storeIn(clone, { run: runOf('acme', 'shop') });
    await expect(inRun.load('.', A)).rejects.toMatchObject(unreached);
  });

  it('keeps the secrets in its address', async () => {
    const folder = await repository();
    // A port that nobody listens on.
    const url = 'https://ana:hunter2@127.0.0.1:1/acme/shop.git?private_token=hunter2';
    await git(folder, 'remote', 'add', 'origin', url);
    await unreachable(storeIn(folder), /^(?!.*hunter2).*127\.0\.0\.1/);
  });

  it('must be known where there are several', async () => {
    const { clone } = await remoteWithClones(1);
    await git(clone, 'remote', 'rename', 'origin', 'mine');
    await git(clone, 'remote', 'add', 'theirs', 'https://example.org/acme/shop');
    await unreachable(storeIn(clone), /mine, theirs/);
  });

  it('is that of the run, never a fork that was checked out', async () => {
    const { clone, remote } = await remoteWithClones(1);
    await storeIn(clone).save(record(A));
    expect(await storeIn(clone, { run: runOf('Acme', 'Shop') }).load('.', A)).toEqual(record(A));
    await unreachable(
      storeIn(clone, { run: runOf('mallory', 'shop') }),
      /not one of mallory\/shop/,
    );
    await unreachable(storeIn(clone, { run: runOf('me', 'shop') }), /not one of me\/shop/);
    await git(clone, 'remote', 'remove', 'origin');
    await unreachable(storeIn(clone, { run: runOf('acme', 'shop') }), /not one of acme\/shop/);
    await git(clone, 'remote', 'add', 'origin', remote.replace(/\.git$/, ''));
    await rename(remote, remote.replace(/\.git$/, ''));
    expect(await storeIn(clone, { run: runOf('acme', 'shop') }).commits('.')).toEqual([A]);
  });

  it('that refuses is named with its reason, after some tries', async () => {
    const { clone, remote } = await remoteWithClones(1);
    await hook(remote, 'pre-receive', 'echo "no baselines here" >&2; exit 1');
    const { host, sleeps } = restless();
    await expect(storeIn(clone, { host }).save(record(A))).rejects.toMatchObject({
      code: 'store-unreachable',
      message: expect.stringMatching(
        /in 6 tries: \[remote rejected\] \(pre-receive hook declined\)/,
      ),
      hint: expect.stringContaining('hook'),
    });
    expect(sleeps).toEqual([250, 500, 1_000, 2_000, 4_000]);
  });

  it('may move between the look and the fetch', async () => {
    const { clones, remote } = await remoteWithClones(3);
    const [one = '', other = '', third = ''] = clones;
    await storeIn(one).save(record(A));
    let looks = 0;
    const host = quietHost();
    const moving: Host['git'] = async (args, request) => {
      const finished = await host.git(args, request);
      if (!args.includes('ls-remote') || ++looks > 1) return finished;
      const gone = `${'1'.repeat(40)}\t${DEFAULT_REF}\n`;
      return { ...finished, stdout: new TextEncoder().encode(gone) };
    };
    expect(await storeIn(other, { host: { ...host, git: moving } }).commits('.')).toEqual([A]);
    expect(looks).toBe(2);
    await rm(join(remote, 'objects'), { recursive: true });
    await unreachable(storeIn(third), /./);
  });
});

/** A host that never waits, and whose chance is always the middle. */
function restless(): { host: Host; sleeps: number[] } {
  const sleeps: number[] = [];
  const sleep = async (duration: number) => void sleeps.push(duration);
  return { host: { ...quietHost(), sleep, random: () => 0.5 }, sleeps };
}

function runOf(owner: string, repo: string): Run {
  return { owner, repo } as Run;
}

async function unreachable(store: ReturnType<typeof storeIn>, message: RegExp): Promise<void> {
  const error = {
    name: 'UserError',
    code: 'store-unreachable',
    message: expect.stringMatching(message),
    hint: expect.stringContaining('git'),
  };
  await expect(store.load('.', A)).rejects.toMatchObject(error);
  await expect(store.commits('.')).rejects.toMatchObject(error);
  await expect(store.save(record(A))).rejects.toMatchObject(error);
}

describe('the words of git', () => {
  it.each([
    ['', 'git said nothing'],
    ['fatal: a.\nfatal: b.\n', 'a'],
    ['warning: x\nhint: y\nerror: c\n', 'c'],
    [
      'remote: \nremote: Permission to acme/shop.git denied to ana.\nfatal: z',
      'Permission to acme/shop.git denied to ana',
    ],
    [
      '12:00:00.1 git.c:460 trace: built-in\r\ngit@host: Permission denied (publickey).',
      'git@host: Permission denied (publickey)',
    ],
    [
      "fatal: unable to access 'https://ana:hun/ter2@host/x.git/': 403",
      "unable to access 'https://host/x.git/': 403",
    ],
    ["fatal: no 'https://ana:hunter2@host/x?key=hunter2' there", "no 'https://host/x' there"],
    ['fatal: bad token ghp_abc123, glpat-x_y-z or github_pat_1', 'bad token ***, *** or ***'],
    ['fatal: \u001b[31mred\u001b[0m', String.raw`\u{1b}[31mred\u{1b}[0m`],
    [`fatal: ${'x'.repeat(1_000)}`, expect.stringMatching(/^x{149}…x{150}$|^x{150}…x{149}$/)],
  ])('%j', (stderr, words) => {
    expect(wordsOf(stderr)).toEqual(words);
  });
});

describe('no git', () => {
  it('around the folder is said in git’s words', async () => {
    await unreachable(storeIn(await temporaryFolder()), /not a git repository/);
  });

  it('on the machine is a store that cannot be reached', async () => {
    const refuse = () => Promise.reject(new UserError('no-git', 'git cannot be run: ENOENT.'));
    const host = { ...quietHost(), git: refuse };
    await unreachable(storeIn('/repo', { host }), /git cannot be run: ENOENT\.$/);
  });
});

describe('a record', () => {
  it('that is too large is refused before anything is written', async () => {
    const { clone, remote } = await remoteWithClones(1);
    const assets = Array.from({ length: 6_000 }, (_, index) => asset(`dist/${index}.js`));
    const large = { ...snapshot({ assets }), commit: A };
    await expect(storeIn(clone).save(large)).rejects.toMatchObject({
      name: 'UserError',
      code: 'record-too-large',
      hint: expect.stringContaining('6000 assets'),
    });
    expect(await refsOf(remote)).toEqual(['refs/heads/main']);
  });

  it('that is no gzip at all is damaged', async () => {
    const folder = await repository();
    await storeIn(folder).save(record(A));
    await replaceFile(folder, A, new TextEncoder().encode('{}'));
    await expect(storeIn(folder).load('.', A)).rejects.toMatchObject({
      code: 'snapshot-damaged',
      message: expect.stringContaining(`The record of ${A.slice(0, 7)} in git ${DEFAULT_REF}`),
    });
  });

  it('is kept in a repository of the longer ids as well', async () => {
    const folder = await temporaryFolder();
    await git(folder, 'init', '--object-format=sha256');
    await storeIn(folder).save(record(A));
    await storeIn(folder).save(record(commitOf('b')));
    expect(await storeIn(folder).commits('.')).toEqual([commitOf('b'), A]);
  });

  it('leaves a line in the index of its project, and other files as they are', async () => {
    const folder = await repository();
    await storeIn(folder).save(record(A, 'shop', 100));
    await storeIn(folder).save(record(commitOf('b'), 'shop', 200));
    await storeIn(folder).save(record(A, 'other', 300));
    const names = (await git(folder, 'ls-tree', '-r', '--name-only', DEFAULT_REF)).split('\n');
    const index = names.find((name) => name.startsWith('index/shop-')) ?? '';
    const lines = (await git(folder, 'show', `${DEFAULT_REF}:${index}`)).split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { project: 'shop', commit: A, totals: { raw: 100 } },
      { project: 'shop', commit: commitOf('b'), totals: { raw: 200 } },
    ]);
    expect(names).toHaveLength(5);
  });
});

describe('history', () => {
  it('goes on, and starts anew when it is long, with all records', async () => {
    const { clone, remote } = await remoteWithClones(1);
    await storeIn(clone).save(record(A));
    await lengthen(remote, 398);
    await storeIn(clone).save(record(commitOf('b')));
    expect(await git(remote, 'rev-list', '--count', DEFAULT_REF)).toBe('400');
    await storeIn(clone).save(record(commitOf('c')));
    expect(await git(remote, 'rev-list', '--count', DEFAULT_REF)).toBe('1');
    expect(await storeIn(clone).commits('.')).toEqual([commitOf('c'), commitOf('b'), A]);
    expect(await storeIn(clone).load('.', A)).toEqual(record(A));
  });

  it('goes on where the server lets none go', async () => {
    const { clone, remote } = await remoteWithClones(1);
    await storeIn(clone).save(record(A));
    await lengthen(remote, 400);
    await hook(remote, 'update', 'git merge-base --is-ancestor "$2" "$3"');
    await storeIn(clone).save(record(commitOf('b')));
    expect(await git(remote, 'rev-list', '--count', DEFAULT_REF)).toBe('402');
    expect(await storeIn(clone).commits('.')).toEqual([commitOf('b'), A]);
  });
});

/** Adds commits to the ref that change nothing. */
async function lengthen(folder: string, count: number): Promise<void> {
  const author = 'committer x <x@example.org> 1700000000 +0000';
  const commit = (index: number) =>
    `commit ${DEFAULT_REF}\n${author}\ndata 1\nx\n${index === 0 ? `from ${DEFAULT_REF}^0\n` : ''}\n`;
  const commits = Array.from({ length: count }, (_, index) => commit(index)).join('');
  await gitWith(folder, ['fast-import', '--quiet'], commits);
}
