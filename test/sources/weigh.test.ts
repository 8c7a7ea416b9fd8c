import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type {
  FileLook,
  FileToLookAt,
  LookRequest,
  SharedLooks,
} from '../../src/model/file-look.ts';
import type { Host } from '../../src/model/host.ts';
import type { Asset, Snapshot } from '../../src/model/snapshot.ts';
import { fileLooker } from '../../src/sources/file-looker.ts';
import { noise } from '../support/binary-files.ts';
import {
  assetAt,
  measureFiles,
  measureFolder,
  quietHost,
  readingHost,
} from '../support/measured.ts';
import { temporaryFolder } from '../support/temporary.ts';

const ALL = { track: 'd/**', budgets: [] };

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

/** A snapshot with some fields of one asset forged. */
function forged(snapshot: Snapshot, path: string, fields: Partial<Asset>): Snapshot {
  const assets = snapshot.assets.map((asset) =>
    asset.path === path ? { ...asset, ...fields } : asset,
  );
  return { ...snapshot, assets };
}

describe('digests', () => {
  it('are of the bytes', async () => {
    const binary = noise(5_000);
    const snapshot = await measureFiles(ALL, { 'd/a.js': 'text é', 'd/b.bin': binary, 'd/c': '' });
    expect(assetAt(snapshot, 'd/a.js').sha256).toBe(sha256('text é'));
    expect(assetAt(snapshot, 'd/b.bin').sha256).toBe(sha256(binary));
    expect(assetAt(snapshot, 'd/c').sha256).toBe(sha256(''));
    expect(assetAt(snapshot, 'd/c').content).toBe(sha256(''));
  });

  const built = (hash: string, code = 'import "./chunk-HASH.js";') => ({
    'd/assets/index.js': code.replaceAll('HASH', hash),
    [`d/assets/chunk-${hash}.js`]: 'export {}',
  });

  async function contents(left: object, right: object, path: string): Promise<[Asset, Asset]> {
    const one = await measureFiles(ALL, left as Record<string, string>);
    const other = await measureFiles(ALL, right as Record<string, string>);
    return [assetAt(one, path), assetAt(other, path)];
  }

  it.each([
    'import "./chunk-HASH.js";',
    'import{a}from"./chunk-HASH.js";export{a};',
    'const m={1:"HASH"};',
    '<script src="/assets/chunk-HASH.js"></script>',
    'url(chunk-HASH.js)',
    'a=`./chunk-HASH.js`',
  ])('of content are equal where only hashes of siblings differ: %s', async (code) => {
    const [left, right] = await contents(
      built('BxYz12_4', code),
      built('CkY3_Zq9', code),
      'd/assets/index.js',
    );
    expect(left.sha256).not.toBe(right.sha256);
    expect(left.content).toBe(right.content);
  });

  it('of content are equal where webpack only calls modules by other numbers', async () => {
    const chunk = (own: number, other: number) => ({
      'd/1.js': `(self.webpackChunka=self.webpackChunka||[]).push([[1],{${own}:(e,t,n)=>{n(${other})}}]);`,
      'd/2.js': `(self.webpackChunka=self.webpackChunka||[]).push([[2],{${other}:e=>{e.exports=7}}]);`,
    });
    for (const path of Object.keys(chunk(0, 0))) {
      const [left, right] = await contents(chunk(17, 39), chunk(39, 140), path);
      expect(left.sha256).not.toBe(right.sha256);
      expect(left.content).toBe(right.content);
    }
  });

  it('of content differ where a byte beside the hash does', async () => {
    const [left, right] = await contents(
      built('BxYz12_4'),
      built('CkY3_Zq9', 'import  "./chunk-HASH.js";'),
      'd/assets/index.js',
    );
    expect(left.content).not.toBe(right.content);
  });

  it('of content differ where a hash is of no sibling', async () => {
    const code = 'import "./chunk-BxYz12_4.js"; const commit = "HASH";';
    const [left, right] = await contents(
      { 'd/index.js': code.replace('HASH', 'DmQ7wert'), 'd/chunk-BxYz12_4.js': '' },
      { 'd/index.js': code.replace('HASH', 'DmQ7wers'), 'd/chunk-BxYz12_4.js': '' },
      'd/index.js',
    );
    expect(left.content).not.toBe(right.content);
  });

  it('of content differ where another chunk is imported', async () => {
    const code = (name: string) => `import "./${name}-BxYz12_4.js";`;
    const siblings = { 'd/a-BxYz12_4.js': '', 'd/b-BxYz12_4.js': '' };
    const [left, right] = await contents(
      { 'd/index.js': code('a'), ...siblings },
      { 'd/index.js': code('b'), ...siblings },
      'd/index.js',
    );
    expect(left.content).not.toBe(right.content);
  });

  it('of content know the siblings that are not measured', async () => {
    const budgets = { budgets: [{ files: 'd/index.js', max: '1 kB' }] };
    const build = (hash: string) => ({
      'd/index.js': `import "./chunk-${hash}.js";`,
      [`d/chunk-${hash}.js`]: 'x',
    });
    const left = await measureFiles(budgets, build('BxYz12_4'));
    const right = await measureFiles(budgets, build('CkY3_Zq9'));
    expect(left.assets).toHaveLength(1);
    expect(assetAt(left, 'd/index.js').content).toBe(assetAt(right, 'd/index.js').content);
  });
});

describe('debug ids', () => {
  const built = (hash: string, id: string) => ({
    'd/a.js': `s("${id}");import "./chunk-${hash}.js";\n//# debugId=${id}\n//# sourceMappingURL=a.js.map`,
    [`d/chunk-${hash}.js`]: 'export {}',
  });

  it('that move with a hash of a sibling leave content as it is', async () => {
    const base = await measureFiles(ALL, built('BqX7rT0z', '0f3a8c1e-9d47-4a6b-8f10-2c5d7e9a1b34'));
    const head = await measureFiles(ALL, built('DmFkd93s', '7b21d0aa-5c3e-4f19-a2d8-90c1e4b7f653'));
    expect(assetAt(head, 'd/a.js').content).toBe(assetAt(base, 'd/a.js').content);
    expect(assetAt(head, 'd/a.js').sha256).not.toBe(assetAt(base, 'd/a.js').sha256);
  });
});

describe('sketches', () => {
  const words = Array.from({ length: 20 }, (_, index) => `word${index}`).join(' ');

  it('are of scripts and stylesheets whose names may change', async () => {
    const files = ['d/a-BqX7rT0z.js', 'd/b-C9x_Q2sd.css', 'd/12.js', 'd/a.js', 'd/c-DmFkd93s.svg'];
    const contents = files.map((path) => [path, words] as const);
    const { assets } = await measureFiles(ALL, Object.fromEntries(contents));
    const sketched = assets.filter(({ sketch }) => sketch !== undefined);
    expect(sketched.map(({ path }) => path)).toEqual(files.slice(0, 3).sort());
  });
});

describe('sizes of a baseline', () => {
  const text = 'export const words = "words and more words";\n'.repeat(30);
  const real = gzipSync(text, { level: 9 }).length;

  async function project(budgets: object = ALL): Promise<string> {
    return temporaryFolder({ 'd/a.js': text, 'budgets.json': budgets });
  }

  it('are reused for equal contents: nothing is compressed again', async () => {
    const folder = await project();
    const base = forged(await measureFolder(folder), 'd/a.js', { gzip: 7, brotli: 5 });
    const head = await measureFolder(folder, quietHost(), base);
    expect(assetAt(head, 'd/a.js')).toMatchObject({ gzip: 7, brotli: 5, raw: text.length });
  });

  it('are reused whatever the name of the file', async () => {
    const folder = await project();
    const base = forged(await measureFolder(folder), 'd/a.js', { path: 'd/old.js', gzip: 7 });
    expect(assetAt(await measureFolder(folder, quietHost(), base), 'd/a.js').gzip).toBe(7);
  });

  it('are not reused where a byte differs', async () => {
    const folder = await project();
    const base = forged(await measureFolder(folder), 'd/a.js', { gzip: 7 });
    writeFileSync(join(folder, 'd/a.js'), `${text} `);
    const size = gzipSync(`${text} `, { level: 9 }).length;
    expect(assetAt(await measureFolder(folder, quietHost(), base), 'd/a.js').gzip).toBe(size);
  });

  it('are not reused where the level differs, of that encoding alone', async () => {
    const folder = await project();
    const taken = forged(await measureFolder(folder), 'd/a.js', { gzip: 7, brotli: 5 });
    const levels = { gzip: 6, brotli: 11 };
    const base = { ...taken, encoders: { ...taken.encoders, levels } };
    const head = await measureFolder(folder, quietHost(), base);
    expect(assetAt(head, 'd/a.js')).toMatchObject({ gzip: real, brotli: 5 });
  });

  it('are not reused where the probe differs or is missing', async () => {
    const folder = await project();
    const taken = forged(await measureFolder(folder), 'd/a.js', { gzip: 7, brotli: 5 });
    const { probe } = taken.encoders;
    const other = { ...taken.encoders, probe: { ...probe, gzip: (probe.gzip ?? 0) + 1 } };
    const differs = await measureFolder(folder, quietHost(), { ...taken, encoders: other });
    expect(assetAt(differs, 'd/a.js')).toMatchObject({ gzip: real, brotli: 5 });
    const none = { ...taken.encoders, probe: {} };
    const missing = await measureFolder(folder, quietHost(), { ...taken, encoders: none });
    expect(assetAt(missing, 'd/a.js').gzip).toBe(real);
  });

  it('are made where base lacks the encoding', async () => {
    const folder = await project();
    const base = forged(await measureFolder(folder), 'd/a.js', { gzip: undefined });
    expect(assetAt(await measureFolder(folder, quietHost(), base), 'd/a.js').gzip).toBe(real);
  });

  it('never stand for the raw size', async () => {
    const folder = await project();
    const base = forged(await measureFolder(folder), 'd/a.js', { raw: 1 });
    expect(assetAt(await measureFolder(folder, quietHost(), base), 'd/a.js').raw).toBe(text.length);
  });
});

describe('memory', () => {
  const MB = 1024 * 1024;

  /** Most bytes that were read and not yet done with, and most files. */
  async function inFlight(sizes: readonly number[]): Promise<{ bytes: number; files: number }> {
    const files = sizes.map((size, index) => [`d/${index}.bin`, Buffer.alloc(size, index)]);
    const budgets = { encodings: ['gzip'], levels: { gzip: 1 }, ...ALL };
    const folder = await temporaryFolder({ ...Object.fromEntries(files), 'budgets.json': budgets });
    const held = { bytes: 0, files: 0 };
    const most = { bytes: 0, files: 0 };
    let reported = 0;
    const host: Host = {
      ...quietHost(),
      readNow: (path, size) => {
        const data = quietHost().readNow(path, size);
        if (!path.endsWith('.bin') || data === null) return data;
        held.bytes += data.length;
        held.files += 1;
        most.bytes = Math.max(most.bytes, held.bytes);
        most.files = Math.max(most.files, held.files);
        return data;
      },
      progress: (_label, done) => {
        held.bytes -= done - reported;
        held.files -= 1;
        reported = done;
      },
    };
    await measureFolder(folder, host);
    expect(held).toEqual({ bytes: 0, files: 0 });
    return most;
  }

  it('holds a bounded number of bytes at once', async () => {
    expect((await inFlight(Array(12).fill(5 * MB))).bytes).toBeLessThanOrEqual(16 * MB);
  });

  it('holds a larger file alone', async () => {
    expect((await inFlight([20 * MB, 20 * MB, MB, MB])).bytes).toBeLessThanOrEqual(20 * MB);
  });

  it('holds a bounded number of small files at once', async () => {
    const { files } = await inFlight(Array(200).fill(40_000));
    expect(files).toBeGreaterThan(1);
    expect(files).toBeLessThanOrEqual(16);
  });
});

describe('chunks that base knows, beside one that it does not know', () => {
  const chunk = (id: number, code: string) =>
    `(self.webpackChunka=self.webpackChunka||[]).push([[${id}],{${code}}]);`;
  const files = {
    'd/1.js': chunk(1, '17:(e,t,n)=>{n(39)}'),
    'd/2.js': chunk(2, '39:e=>{}'),
    'd/plain.js': 'f(39)',
    'budgets.json': ALL,
  };
  const changed = { ...files, 'd/1.js': chunk(1, '17:(e,t,n)=>{n(39),0}') };

  it('are read again for their ids, and no other file is', async () => {
    const base = await measureFiles(ALL, files);
    const { host, reads } = readingHost();
    const head = await measureFolder(await temporaryFolder(changed), host, base);
    const times = (name: string) => reads.filter((path) => path.endsWith(`/d/${name}`)).length;
    expect(['1.js', '2.js', 'plain.js'].map(times)).toEqual([1, 2, 1]);
    expect(head.assets).toEqual((await measureFiles(ALL, changed)).assets);
  });

  it.each<[string, (path: string) => void, string]>([
    [
      'has other bytes',
      (path) => writeFileSync(path, chunk(2, '38:e=>{}')),
      'd/2.js has changed since it was read.',
    ],
    [
      'has more bytes',
      (path) => writeFileSync(path, `${files['d/2.js']}//`),
      'd/2.js has changed since it was read.',
    ],
    ['is gone', (path) => rmSync(path), 'd/2.js cannot be read any more.'],
  ])('are an error, and no other build, where one %s by then', async (_, act, message) => {
    const base = await measureFiles(ALL, files);
    const real = quietHost();
    let times = 0;
    const readNow: Host['readNow'] = (path, size) => {
      if (path.endsWith('/d/2.js') && ++times === 2) act(path);
      return real.readNow(path, size);
    };
    const measuring = measureFolder(await temporaryFolder(changed), { ...real, readNow }, base);
    await expect(measuring).rejects.toMatchObject({ code: 'unreadable', message });
  });
});

describe('a file that vanishes or is replaced while it is measured', () => {
  async function measureWhile(act: (folder: string) => void): Promise<Snapshot> {
    const folder = await temporaryFolder({ 'd/a.js': 'a', 'd/b.js': 'b', 'budgets.json': ALL });
    const real = quietHost();
    let acted = false;
    const host: Host = {
      ...real,
      readNow: (path, size) => {
        if (path.endsWith('.js') && !acted) {
          acted = true;
          act(folder);
        }
        return real.readNow(path, size);
      },
    };
    return measureFolder(folder, host);
  }

  it('is an error that names it, never a smaller build', async () => {
    const measuring = measureWhile((folder) => {
      rmSync(join(folder, 'd/a.js'));
      rmSync(join(folder, 'd/b.js'));
    });
    await expect(measuring).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringMatching(/d\/[ab]\.js/),
    });
  });

  it('counts with the bytes that were read, not with the size it had before', async () => {
    const snapshot = await measureWhile((folder) => {
      writeFileSync(join(folder, 'd/a.js'), 'longer than before');
    });
    expect(snapshot.assets.map(({ raw }) => raw)).toEqual([18, 1]);
  });
});

describe('other threads', () => {
  const MEGABYTES = 7 * 1024 * 1024;
  const budgets = { ...ALL, encodings: ['gzip'], levels: { gzip: 1 } };
  const files = {
    'd/a-BqX7rT0z.js': noise(MEGABYTES),
    'd/b.js': 'import "./a-BqX7rT0z.js";\n//# sourceMappingURL=b.js.map',
    'd/c.js': '',
  };

  /** A host with one other thread, which takes every second file. */
  async function measuredWith(
    act: (at: number, look: FileLook) => FileLook | null,
    reuse: Snapshot | null = null,
  ): Promise<{ snapshot: Snapshot; reads: readonly string[] }> {
    const folder = await temporaryFolder({ ...files, 'budgets.json': budgets });
    const { host, reads } = readingHost();
    const lookThreads = async (request: LookRequest): Promise<SharedLooks> => {
      const look = (at: number): [number, FileLook] => {
        const file = request.files[at] as FileToLookAt;
        return [at, fileLooker(request)(file, readFileSync(join(folder, file.path)))];
      };
      const others = request.files.map((_, at) => at).filter((at) => at % 2 === 1);
      const own = request.files.map((_, at) => at).filter((at) => at % 2 === 0);
      const seen = others.map(look).flatMap(([at, one]) => {
        const kept = act(at, one);
        return kept === null ? [] : [[at, kept] as const];
      });
      const take = () => own.shift() ?? request.files.length;
      return { take, done: () => 0, looks: Promise.resolve(new Map(seen)), stop: () => {} };
    };
    const snapshot = await measureFolder(folder, { ...host, lookThreads }, reuse);
    return { snapshot, reads: reads.filter((path) => path.includes('/d/')) };
  }

  it('see what one thread sees, and no file is read by two, nor for a map that is missing', async () => {
    const { snapshot, reads } = await measuredWith((_, look) => look);
    const alone = await measureFiles(budgets, files);
    expect(snapshot.assets).toEqual(alone.assets);
    expect(reads.map((path) => path.slice(path.lastIndexOf('/') + 1))).toEqual([
      'a-BqX7rT0z.js',
      'c.js',
    ]);
  });

  it('are believed: their sizes are those in the snapshot', async () => {
    const { snapshot } = await measuredWith((_, look) => ({ ...look, gzip: 1_234 }));
    expect(snapshot.assets.map(({ gzip }) => gzip === 1_234)).toEqual([false, true, false]);
  });

  it('leave what they could not read to this one', async () => {
    const { snapshot } = await measuredWith(() => null);
    expect(snapshot.assets).toEqual((await measureFiles(budgets, files)).assets);
  });

  it('take what base knows of equal bytes, where its sizes are of another encoder', async () => {
    const base = await measureFiles({ ...budgets, levels: { gzip: 2 } }, files);
    const content = 'c'.repeat(64);
    const { snapshot } = await measuredWith((_, look) => look, forged(base, 'd/b.js', { content }));
    expect(assetAt(snapshot, 'd/b.js').content).toBe(content);
  });

  it('that fail end the run, and are told to stop', async () => {
    const folder = await temporaryFolder({ ...files, 'budgets.json': budgets });
    let isStopped = false;
    const lookThreads = async (request: LookRequest): Promise<SharedLooks> => ({
      take: () => request.files.length,
      done: () => 0,
      looks: Promise.reject(new Error('out of memory')),
      stop: () => {
        isStopped = true;
      },
    });
    const measuring = measureFolder(folder, { ...quietHost(), lookThreads });
    await expect(measuring).rejects.toThrow('out of memory');
    expect(isStopped).toBe(true);
  });
});
