import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

/** Files by path; a value that is neither text nor bytes is written as JSON. */
export type Files = Readonly<Record<string, unknown>>;

const run = promisify(execFile);

/** A real folder with real files, gone when the test is over. */
export async function temporaryFolder(files: Files = {}): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'weighbridge-test-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFiles(folder, files);
  return folder;
}

export async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, bytesOf(content));
  }
}

/** Real git, deaf to the settings of the machine. */
export async function git(folder: string, ...args: string[]): Promise<string> {
  const identity = ['-c', 'user.name=Ana', '-c', 'user.email=ana@example.org'];
  const settings = [...identity, '-c', 'commit.gpgsign=false', '-c', 'init.defaultBranch=main'];
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const { stdout } = await run('git', [...settings, ...args], { cwd: folder, env });
  return stdout.trim();
}

function bytesOf(content: unknown): string | Uint8Array {
  if (typeof content === 'string' || content instanceof Uint8Array) return content;
  return JSON.stringify(content, null, 2);
}
