import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { command, git } from '../../src/host/child.ts';
import type { CommandRequest } from '../../src/model/host.ts';
import { endOf, ends, startProgram, written } from '../support/program.ts';
import { temporaryFolder, git as testGit } from '../support/temporary.ts';

const PATH = process.env.PATH ?? '';

async function run(line: string, given: Partial<CommandRequest> = {}) {
  const parts: string[] = [];
  const folder = given.folder ?? (await temporaryFolder());
  const code = await command({
    command: line,
    folder,
    environment: { PATH },
    timeout: 30_000,
    onOutput: (text) => parts.push(text),
    ...given,
  });
  return { code, output: parts.join(''), folder };
}

describe('command', () => {
  it('runs a line of the shell in its folder', async () => {
    const { code, output, folder } = await run('pwd && echo "a  b" | cat; (exit 0)');
    expect({ code, output }).toEqual({ code: 0, output: `${folder}\na  b\n` });
  });

  it.each([
    ['exit 3', 3],
    ['false', 1],
    ['no-such-command-here --flag', 127],
    ['if', 2],
    // Ended for want of memory, most often.
    ['kill -9 $$', 137],
    ['sh -c "kill -9 \\$\\$"', 137],
  ])('%s: gives its code', async (line, code) => {
    expect((await run(line)).code).toBe(code);
  });

  it('says what the shell says of a command that is not there', async () => {
    expect((await run('no-such-command-here')).output).toContain('no-such-command-here');
  });

  it('gives both streams in the order of writing', async () => {
    const line = 'for n in 1 2 3 4 5 6 7 8 9; do echo "out $n"; echo "err $n" >&2; done';
    const lines = [1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((n) => [`out ${n}`, `err ${n}`]);
    expect((await run(line)).output.trim().split('\n')).toEqual(lines);
  });

  it('gives all of a long output, characters whole', async () => {
    const script = "process.stdout.write('grün €'.repeat(200_000))";
    const { output } = await run(`node -e "${script}"`);
    expect(output).toBe('grün €'.repeat(200_000));
  });

  it('has nothing to read, so that no question waits for an answer', async () => {
    expect(await run('cat; read answer; echo "[$answer]"')).toMatchObject({ output: '[]\n' });
  });

  it('has the environment that is given, and nothing of ours', async () => {
    vi.stubEnv('SECRET_OF_OURS', 'hidden');
    const { output } = await run('env', { environment: { PATH, GIVEN: 'a b', EMPTY: '' } });
    vi.unstubAllEnvs();
    const names = output.split('\n').map((line) => line.split('=')[0]);
    const ofTheShell = ['', 'PWD', 'OLDPWD', 'SHLVL', '_'];
    expect(names.filter((name) => !ofTheShell.includes(name ?? '')).sort()).toEqual([
      'EMPTY',
      'GIVEN',
      'PATH',
    ]);
    expect(output).toContain('GIVEN=a b\n');
  });

  it('is ended when the time is out, with all that it started', async () => {
    const folder = await temporaryFolder();
    const inner = 'sh -c "sleep 600 & echo \\$! > grandchild; wait" & echo $! > child; wait';
    const start = Date.now();
    const running = run(inner, { folder, timeout: 1_000 });
    const pids = [await written(join(folder, 'child')), await written(join(folder, 'grandchild'))];
    expect((await running).code).toBeNull();
    expect(Date.now() - start).toBeLessThan(20_000);
    for (const pid of pids) expect(await ends(Number(pid))).toBe(true);
  });

  it('may not refuse to end', async () => {
    expect((await run('trap "" TERM INT HUP; sleep 600', { timeout: 300 })).code).toBeNull();
  });

  it('has as long as it takes where the limit is longer than timers go', async () => {
    expect((await run('sleep 0.2; exit 4', { timeout: 2 ** 40 })).code).toBe(4);
  });

  it('leaves nothing running in the background', async () => {
    const folder = await temporaryFolder();
    const { code } = await run('sleep 600 & echo $! > pid', { folder });
    expect(code).toBe(0);
    expect(await ends(Number(await written(join(folder, 'pid'))))).toBe(true);
  });

  it.runIf(process.platform === 'linux')(
    'does not wait for a daemon that has left the group and holds its output',
    async () => {
      const folder = await temporaryFolder();
      const start = Date.now();
      const daemon = 'setsid sh -c "echo \\$\\$ > pid; sleep 60" &';
      const line = `echo built; ${daemon} until test -s pid; do sleep 0.1; done`;
      const { code, output } = await run(line, { folder });
      expect({ code, output }).toEqual({ code: 0, output: 'built\n' });
      expect(Date.now() - start).toBeLessThan(20_000);
      process.kill(Number(await written(join(folder, 'pid'))), 'SIGKILL');
    },
  );
});

describe('git', () => {
  it('gives what it prints as bytes, what it says as text, and its code', async () => {
    const folder = await temporaryFolder({ 'a.bin': Uint8Array.from([0, 255, 254, 10]) });
    await testGit(folder, 'init', '-q');
    await testGit(folder, 'add', '.');
    const shown = await git(['show', ':a.bin'], { folder });
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect([...shown.stdout]).toEqual([0, 255, 254, 10]);
    const failed = await git(['rev-parse', 'no-such-ref'], { folder });
    expect(failed.code).toBe(128);
    expect(failed.stderr).toContain('no-such-ref');
  });

  it('reads its input, and is not disturbed where git does not', async () => {
    const folder = await temporaryFolder();
    await testGit(folder, 'init', '-q');
    const hashed = await git(['hash-object', '--stdin'], { folder, input: 'hello\n' });
    expect(Buffer.from(hashed.stdout).toString()).toBe(
      'ce013625030ba8dba906f756967f9e9ca394464a\n',
    );
    const input = new Uint8Array(8_000_000);
    expect((await git(['--version'], { folder, input })).code).toBe(0);
  });

  it('has our environment, with some set and some taken away', async () => {
    const folder = await temporaryFolder();
    await testGit(folder, 'init', '-q');
    vi.stubEnv('GIT_DIR', '/nowhere');
    const told = await git(['rev-parse', '--git-dir'], { folder });
    const untold = await git(['rev-parse', '--git-dir'], {
      folder,
      environment: { GIT_DIR: undefined },
    });
    vi.unstubAllEnvs();
    expect(told.code).toBe(128);
    expect(Buffer.from(untold.stdout).toString()).toBe('.git\n');
  });

  it('is missed by name where it is not installed', async () => {
    const folder = await temporaryFolder();
    await expect(git(['--version'], { folder, environment: { PATH: '' } })).rejects.toMatchObject({
      name: 'UserError',
      code: 'no-git',
    });
  });

  it('is not said to be missing where the folder is', async () => {
    const folder = join(await temporaryFolder(), 'none');
    await expect(git(['--version'], { folder })).rejects.toMatchObject({
      name: 'UserError',
      code: 'no-folder',
      message: expect.stringContaining(folder),
    });
  });
});

describe('a signal to our own process', () => {
  const STARTS = `
    import { nodeHost } from './src/host/node.ts';
    const host = nodeHost({ progress: () => {} });
    const folder = process.env.FOLDER;
    const sleep = (command) => host.command({
      command, folder, environment: { PATH: process.env.PATH }, timeout: 60_000, onOutput: () => {},
    });
  `;

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s ends the command with all that it started, then us',
    async (signal) => {
      const folder = await temporaryFolder();
      const line = 'sh -c \\"sleep 600 & echo \\\\$! > pid; wait\\"; touch went-on';
      const text = `${STARTS} await sleep("${line}"); console.log('went on');`;
      const child = await startProgram(text, { FOLDER: folder });
      const said: string[] = [];
      child.stdout?.setEncoding('utf8').on('data', (part: string) => said.push(part));
      const pid = Number(await written(join(folder, 'pid')));
      child.kill(signal);
      expect(await endOf(child)).toBe(signal);
      expect(await ends(pid)).toBe(true);
      expect(said).toEqual([]);
      expect(await readdir(folder)).toEqual(['pid']);
    },
  );

  it('has every task done, the last one first, though one fails and the signal comes again', async () => {
    const folder = await temporaryFolder();
    const text = `${STARTS}
      import { appendFileSync } from 'node:fs';
      const note = (word) => appendFileSync(folder + '/notes', word);
      host.onDeath(async () => { await host.sleep(200); note(' first\\n'); });
      host.onDeath(async () => { throw new Error('broken'); });
      const forget = host.onDeath(async () => note('forgotten'));
      host.onDeath(async () => {
        process.kill(process.pid, 'SIGTERM');
        process.kill(process.pid, 'SIGINT');
        await host.sleep(200);
        note('last');
      });
      forget();
      note('ready\\n');
      await host.sleep(60_000);
    `;
    const child = await startProgram(text, { FOLDER: folder });
    await written(join(folder, 'notes'));
    child.kill('SIGTERM');
    expect(await endOf(child)).toBe('SIGTERM');
    expect(await written(join(folder, 'notes'))).toBe('ready\nlast first');
  });

  it('leaves git no lock file behind', async () => {
    const folder = await temporaryFolder({ 'a.txt': 'x' });
    await testGit(folder, 'init', '-q');
    await testGit(folder, 'add', '.');
    await mkdir(join(folder, '.git/hooks'), { recursive: true });
    const hook = '#!/bin/sh\necho here > hook-runs\nsleep 600\n';
    await writeHook(join(folder, '.git/hooks/pre-commit'), hook);
    const text = `${STARTS} await host.git(['-c', 'user.name=a', '-c', 'user.email=b', 'commit', '-a', '-m', 'x'], { folder });`;
    const child = await startProgram(text, { FOLDER: folder });
    await written(join(folder, 'hook-runs'));
    child.kill('SIGTERM');
    expect(await endOf(child)).toBe('SIGTERM');
    expect((await readdir(join(folder, '.git'))).filter((name) => name.endsWith('.lock'))).toEqual(
      [],
    );
  });

  it('is left to others who listen for it', async () => {
    const folder = await temporaryFolder();
    const text = `${STARTS}
      process.on('SIGTERM', () => setTimeout(() => process.exit(7), 500));
      await sleep('echo ready > ready; sleep 600');
    `;
    const child = await startProgram(text, { FOLDER: folder });
    await written(join(folder, 'ready'));
    child.kill('SIGTERM');
    expect(await endOf(child)).toBe(7);
  });
});

async function writeHook(path: string, text: string): Promise<void> {
  await writeFile(path, text);
  await chmod(path, 0o755);
}
