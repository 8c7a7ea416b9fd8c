import { execFile } from 'node:child_process';
import { readdir, readFile, readlink, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { nodeHost } from '../../src/host/node.ts';
import { temporaryFolder } from '../support/temporary.ts';

const host = nodeHost({ progress: () => {} });

describe('write', () => {
  it('makes the folders on the way, and leaves nothing beside the file', async () => {
    const folder = await temporaryFolder();
    await host.write(join(folder, 'out/deep/report.json'), '{}');
    expect(await readFile(join(folder, 'out/deep/report.json'), 'utf8')).toBe('{}');
    expect(await readdir(join(folder, 'out/deep'))).toEqual(['report.json']);
  });

  it('replaces what was there as a whole', async () => {
    const folder = await temporaryFolder({ 'a.json': 'a longer text than the new one' });
    await host.write(join(folder, 'a.json'), 'short');
    expect(await readFile(join(folder, 'a.json'), 'utf8')).toBe('short');
  });

  it('writes several files of one folder at the same time', async () => {
    const folder = await temporaryFolder();
    const names = Array.from({ length: 20 }, (_, index) => `${index}.json`);
    await Promise.all(names.map((name) => host.write(join(folder, name), name)));
    expect((await readdir(folder)).sort()).toEqual([...names].sort());
    for (const name of names) expect(await readFile(join(folder, name), 'utf8')).toBe(name);
  });

  it('says what cannot be written, and leaves nothing behind', async () => {
    const folder = await temporaryFolder({ 'folder/a.txt': '', 'file.txt': 'kept' });
    await expect(host.write(join(folder, 'folder'), 'x')).rejects.toMatchObject({
      name: 'UserError',
      code: 'unwritable',
      message: expect.stringContaining(join(folder, 'folder')),
    });
    expect((await readdir(folder)).sort()).toEqual(['file.txt', 'folder']);
  });

  it('says so where a folder on the way is a file', async () => {
    const folder = await temporaryFolder({ 'file.txt': 'kept' });
    await expect(host.write(join(folder, 'file.txt/a.json'), 'x')).rejects.toMatchObject({
      name: 'UserError',
      code: 'unwritable',
    });
    expect(await readFile(join(folder, 'file.txt'), 'utf8')).toBe('kept');
  });

  it('writes through a symlink and leaves it one', async () => {
    const folder = await temporaryFolder({ 'real.json': 'old' });
    await symlink('real.json', join(folder, 'link.json'));
    await host.write(join(folder, 'link.json'), 'new');
    expect(await readlink(join(folder, 'link.json'))).toBe('real.json');
    expect(await readFile(join(folder, 'real.json'), 'utf8')).toBe('new');
  });

  // `--report json=/dev/null` as root in a container must not put a file in the place of /dev/null.
  it.runIf(process.platform !== 'win32')(
    'writes into a pipe or device, never in its place',
    async () => {
      const folder = await temporaryFolder();
      const pipe = join(folder, 'pipe');
      await promisify(execFile)('mkfifo', [pipe]);
      const reader = promisify(execFile)('timeout', ['5', 'cat', pipe]).catch(() => ({
        stdout: '',
      }));
      await host.write(pipe, 'through the pipe');
      expect((await stat(pipe)).isFIFO()).toBe(true);
      expect((await reader).stdout).toBe('through the pipe');
    },
  );
});

describe('read, list and kind', () => {
  it('give null or nothing for what is not there', async () => {
    const folder = await temporaryFolder({ 'a.txt': 'x' });
    expect(await host.read(join(folder, 'b.txt'))).toBeNull();
    expect(await host.read(join(folder, 'a.txt/b.txt'))).toBeNull();
    expect(await host.list(join(folder, 'none'))).toEqual([]);
    expect(await host.list(join(folder, 'a.txt'))).toEqual([]);
    expect(await host.kind(join(folder, 'none'))).toBeNull();
    expect(await host.kind(join(folder, 'a.txt/b.txt'))).toBeNull();
  });

  it('give bytes as they are', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    const folder = await temporaryFolder({ 'a.bin': bytes, 'empty.bin': '' });
    expect(Buffer.from((await host.read(join(folder, 'a.bin'))) ?? [])).toEqual(Buffer.from(bytes));
    expect(await host.read(join(folder, 'empty.bin'))).toHaveLength(0);
  });

  it('tell a file from a folder, through links', async () => {
    const folder = await temporaryFolder({ 'd/a.txt': 'x' });
    await symlink('d', join(folder, 'to-folder'));
    expect(await host.kind(join(folder, 'd'))).toBe('folder');
    expect(await host.kind(join(folder, 'd/a.txt'))).toBe('file');
    expect(await host.kind(join(folder, 'to-folder'))).toBe('folder');
    expect(await host.kind('/dev/null')).toBe('other');
  });

  it('name what is there and cannot be read', async () => {
    const folder = await temporaryFolder({ 'd/a.txt': 'x' });
    await symlink('loop', join(folder, 'loop'));
    const unreadable = { name: 'UserError', code: 'unreadable' };
    await expect(host.read(join(folder, 'd'))).rejects.toMatchObject({
      ...unreadable,
      message: expect.stringContaining(join(folder, 'd')),
    });
    await expect(host.read(join(folder, 'loop'))).rejects.toMatchObject(unreadable);
    await expect(host.list(join(folder, 'loop'))).rejects.toMatchObject(unreadable);
    await expect(host.kind(join(folder, 'loop'))).rejects.toMatchObject(unreadable);
  });
});

describe('importDefault', () => {
  it('gives the default export', async () => {
    const folder = await temporaryFolder({ 'a.mjs': 'export default { budgets: [] };' });
    expect(await host.importDefault(join(folder, 'a.mjs'))).toEqual({ budgets: [] });
  });

  it.each([
    ['no default export', 'export const budgets = [];', /no default export/],
    ['a syntax error', 'export default {', /cannot be loaded/],
    ['an error when it runs', 'throw new Error("boom");', /cannot be loaded: boom/],
    ['an import that is not there', 'import "./none.mjs"; export default {};', /cannot be loaded/],
    ['something thrown that is no error', 'throw null;', /cannot be loaded/],
  ])('names the file with %s', async (_case, text, words) => {
    const folder = await temporaryFolder({ 'weighbridge.config.mjs': text });
    const path = join(folder, 'weighbridge.config.mjs');
    const loading = host.importDefault(path);
    await expect(loading).rejects.toMatchObject({ name: 'UserError', code: 'config-invalid' });
    await expect(loading).rejects.toThrow(words);
    await expect(loading).rejects.toThrow(path);
  });
});

describe('relative', () => {
  it('is in key form', () => {
    expect(host.relative(host.resolve('a'), host.resolve('a/b/c'))).toBe('b/c');
    expect(host.relative(host.resolve('a/b'), host.resolve('a/c'))).toBe('../c');
    expect(host.relative(host.resolve('a'), host.resolve('a'))).toBe('');
  });
});
