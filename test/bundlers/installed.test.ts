import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installedVersions } from '../../src/bundlers/installed.ts';
import { nodeHost } from '../../src/host/node.ts';
import { memoryHost } from '../support/memory-host.ts';
import { temporaryFolder } from '../support/temporary.ts';

const manifest = (version: unknown) => JSON.stringify({ name: 'x', version });

async function versionOf(
  instance: string,
  files: Readonly<Record<string, string>>,
  root = '/repo/packages/app',
) {
  const places = { root, folders: ['/repo/packages/app/dist'] };
  const versions = await installedVersions([instance], places, memoryHost(files));
  return versions.get(instance);
}

describe('the version of a package', () => {
  it.each([
    ['in the project', 'node_modules/a', '/repo/packages/app/node_modules/a'],
    [
      'in another package',
      'node_modules/b/node_modules/a',
      '/repo/packages/app/node_modules/b/node_modules/a',
    ],
    ['hoisted', '../../node_modules/a', '/repo/node_modules/a'],
    ['hoisted, named as seen from elsewhere', 'node_modules/a', '/repo/node_modules/a'],
    ['above the repository', '../../../node_modules/a', '/node_modules/a'],
  ])('is that of its folder: %s', async (_, instance, folder) => {
    expect(await versionOf(instance, { [`${folder}/package.json`]: manifest('1.2.3') })).toBe(
      '1.2.3',
    );
  });

  it('is in the name of its folder', async () => {
    expect(await versionOf('node_modules/.pnpm/a@1.0.0/node_modules/a', {})).toBe('1.0.0');
  });

  it.each([manifest(7), manifest('x\n'), manifest('1'.repeat(200)), '{', 'null', '[]'])(
    'is null where the folder does not tell: %s',
    async (text) => {
      expect(
        await versionOf('node_modules/a', { 'packages/app/node_modules/a/package.json': text }),
      ).toBeNull();
    },
  );

  it('is that of the folder that a link leads to', async () => {
    const folder = await temporaryFolder({
      'libs/a/package.json': { version: '3.0.0' },
      'app/node_modules/x': '',
    });
    await symlink(join(folder, 'libs/a'), join(folder, 'app/node_modules/a'));
    const places = { root: join(folder, 'app'), folders: [] };
    const versions = await installedVersions(
      ['node_modules/a'],
      places,
      nodeHost({ progress: () => {} }),
    );
    expect(versions.get('node_modules/a')).toBe('3.0.0');
  });
});

describe('where packages are not installed', () => {
  const lock = (version: string) => JSON.stringify({ packages: { 'node_modules/a': { version } } });

  it('the lockfile nearest to the build tells, though the budgets file stands above it', async () => {
    const files = {
      '/repo/packages/app/package-lock.json': lock('2.0.0'),
      '/repo/package-lock.json': lock('1.0.0'),
    };
    expect(await versionOf('node_modules/a', files, '/repo')).toBe('2.0.0');
  });

  it('the nearest lockfile tells', async () => {
    const files = { '/repo/package-lock.json': lock('2.0.0'), '/package-lock.json': lock('1.0.0') };
    expect(await versionOf('node_modules/a', files)).toBe('2.0.0');
    expect(await versionOf('node_modules/b', files)).toBeNull();
  });
});
