import { spawnSync } from 'node:child_process';
import { mkdir, readdir, realpath, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { temporaryFolder as ours } from '../../src/host/temporary.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** The system's temporary folder for one test. */
async function ownTmp(): Promise<string> {
  const folder = await temporaryFolder();
  vi.stubEnv('TMPDIR', folder);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  return folder;
}

/** The number of a process that has ended. */
function endedPid(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

describe.skipIf(process.platform === 'win32')('temporaryFolder', () => {
  it('makes an empty folder of its own each time, which says whose it is', async () => {
    const tmp = await ownTmp();
    const folders = await Promise.all([ours(), ours(), ours()]);
    expect(new Set(folders).size).toBe(3);
    for (const folder of folders) {
      expect(dirname(folder)).toBe(tmp);
      expect(basename(folder)).toMatch(
        new RegExp(`^weighbridge-[0-9a-f]{8}-${process.pid}-\\w{6}$`),
      );
      expect(await readdir(folder)).toEqual([]);
    }
  });

  it('is where it really is, as git sees it', async () => {
    const real = await temporaryFolder();
    const link = join(await temporaryFolder(), 'link');
    await symlink(real, link);
    vi.stubEnv('TMPDIR', link);
    const folder = await ours();
    vi.unstubAllEnvs();
    expect(folder).toBe(await realpath(folder));
  });

  it('removes what processes have left that had no chance to tidy, and nothing else', async () => {
    const elsewhere = await temporaryFolder({ 'kept.txt': 'x' });
    const tmp = await ownTmp();
    const mine = await ours();
    const [machine = ''] = /^weighbridge-[0-9a-f]{8}-/.exec(basename(mine)) ?? [];
    const dead = endedPid();
    const kept = [
      basename(mine),
      `${machine}${process.ppid}-aaaaaa`,
      `weighbridge-00000000-${dead}-aaaaaa`,
      `weighbridge-${dead}-aaaaaa`,
      `${machine}0-aaaaaa`,
      `${machine}x-aaaaaa`,
      `other-${dead}-aaaaaa`,
    ];
    for (const name of kept) await mkdir(join(tmp, name), { recursive: true });
    await writeFile(join(tmp, `${machine}${dead}-file`), 'x');
    await symlink(elsewhere, join(tmp, `${machine}${dead}-link`));
    await mkdir(join(tmp, `${machine}${dead}-bbbbbb/repo/node_modules`), { recursive: true });
    const made = basename(await ours());
    const files = [`${machine}${dead}-file`, `${machine}${dead}-link`];
    expect((await readdir(tmp)).sort()).toEqual([...kept, ...files, made].sort());
    expect(await readdir(elsewhere)).toEqual(['kept.txt']);
  });
});
