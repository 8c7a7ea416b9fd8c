import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { compare } from '../../src/core/compare.ts';
import { judge } from '../../src/core/judge.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { COMPRESSED, COMPRESSIBLE, noise } from '../support/binary-files.ts';
import { assetAt, measureFiles, measureFolder, pathsOf, readingHost } from '../support/measured.ts';
import { temporaryFolder } from '../support/temporary.ts';

function findingsOf(head: Snapshot) {
  return judge(compare(head, null), { today: '2026-01-01', isPushToBase: false, labels: [] })
    .findings;
}

describe('reading', () => {
  it('takes one read a file, whatever the number of budgets', async () => {
    const budgets = Array.from({ length: 12 }, (_, index) => ({
      name: `budget ${index}`,
      files: index % 2 === 0 ? 'dist/*.js' : ['dist/a.js', 'dist/**'],
      encoding: ['raw', 'gzip', 'brotli'][index % 3],
      each: index % 4 === 0,
      max: '1 kB',
    }));
    const folder = await temporaryFolder({
      'dist/a.js': 'a',
      'dist/b.js': 'b',
      'dist/c.txt': 'c',
      'budgets.json': { track: 'dist/**', budgets },
    });
    const { host, reads } = readingHost();
    const snapshot = await measureFolder(folder, host);
    expect(pathsOf(snapshot)).toEqual(['dist/a.js', 'dist/b.js', 'dist/c.txt']);
    for (const path of pathsOf(snapshot)) {
      expect(reads.filter((read) => read === join(folder, path))).toHaveLength(1);
    }
  });

  it('reads nothing that no budget speaks of', async () => {
    const folder = await temporaryFolder({
      'dist/a.js': 'a',
      'dist/b.css': 'b',
      'dist/b.css.map': 'map',
      'budgets.json': { budgets: [{ files: 'dist/*.js', max: '1 kB' }] },
    });
    const { host, reads } = readingHost();
    await measureFolder(folder, host);
    expect(reads).not.toContain(join(folder, 'dist/b.css.map'));
    expect(reads).not.toContain(join(folder, 'dist/b.css'));
  });
});

describe('encodings', () => {
  const sizesOf = (snapshot: Snapshot, path: string) => {
    const { raw, gzip, brotli } = assetAt(snapshot, path);
    return { raw: raw > 0, gzip: gzip !== undefined, brotli: brotli !== undefined };
  };

  it('are gzip and brotli by default, beside raw', async () => {
    const budgets = { budgets: [{ files: 'd/a.js', max: '1 kB' }] };
    const snapshot = await measureFiles(budgets, { 'd/a.js': 'x' });
    expect(sizesOf(snapshot, 'd/a.js')).toEqual({ raw: true, gzip: true, brotli: true });
    expect(snapshot.tracked.encodings).toEqual(expect.arrayContaining(['gzip', 'brotli']));
  });

  it('are only those asked for', async () => {
    const budgets = { encodings: ['gzip'], budgets: [{ files: 'd/*.js', max: '1 kB' }] };
    const snapshot = await measureFiles(budgets, { 'd/a.js': 'x' });
    expect(sizesOf(snapshot, 'd/a.js')).toEqual({ raw: true, gzip: true, brotli: false });
    expect(Object.keys(snapshot.encoders.probe)).toEqual(['gzip']);
  });

  it("are those of a budget for the budget's own files", async () => {
    const budgets = {
      encodings: ['gzip'],
      track: 'd/**',
      budgets: [{ files: 'd/a.js', encoding: 'brotli', max: '1 kB' }],
    };
    const snapshot = await measureFiles(budgets, { 'd/a.js': 'x', 'd/b.js': 'y' });
    expect(sizesOf(snapshot, 'd/a.js')).toEqual({ raw: true, gzip: true, brotli: true });
    expect(sizesOf(snapshot, 'd/b.js')).toEqual({ raw: true, gzip: true, brotli: false });
  });

  it("are a budget's own where its files are not tracked", async () => {
    const budgets = {
      track: 'd/b.js',
      budgets: [{ files: 'd/a.js', encoding: 'raw', max: '1 kB' }],
    };
    const snapshot = await measureFiles(budgets, { 'd/a.js': 'x', 'd/b.js': 'y' });
    expect(sizesOf(snapshot, 'd/a.js')).toEqual({ raw: true, gzip: false, brotli: false });
  });

  it('may be none but raw', async () => {
    const budgets = { encodings: ['raw'], budgets: [{ files: 'd/*.js', max: '1 kB' }] };
    const snapshot = await measureFiles(budgets, { 'd/a.js': 'x' });
    expect(sizesOf(snapshot, 'd/a.js')).toEqual({ raw: true, gzip: false, brotli: false });
    expect(snapshot.encoders.probe).toEqual({});
    expect(findingsOf(snapshot)).toMatchObject([{ metric: 'size.raw', actual: 1 }]);
  });
});

describe('contents', () => {
  it('that are compressed already count raw in every encoding', async () => {
    const files = Object.entries(COMPRESSED).map(([name, data]) => [`d/${name}`, data]);
    const budgets = { budgets: [{ files: ['d/**', 'd/*.gz', 'd/*.br'], max: '1 MB' }] };
    const snapshot = await measureFiles(budgets, Object.fromEntries(files));
    const sizes = snapshot.assets.map(({ path, raw, gzip, brotli }) => ({
      path,
      raw,
      gzip,
      brotli,
    }));
    const expected = files.map(([path, data]) => {
      const size = (data as Buffer).length;
      return { path, raw: size, gzip: size, brotli: size };
    });
    expect(sizes).toEqual(expected.sort((a, b) => (String(a.path) < String(b.path) ? -1 : 1)));
  });

  it('that only resemble them are compressed', async () => {
    const files = Object.entries(COMPRESSIBLE).map(([name, data]) => [`d/${name}`, data]);
    const budgets = { budgets: [{ files: 'd/**', max: '1 MB' }] };
    const snapshot = await measureFiles(budgets, Object.fromEntries(files));
    for (const [name, data] of Object.entries(COMPRESSIBLE)) {
      expect({ name, gzip: assetAt(snapshot, `d/${name}`).gzip }).toEqual({
        name,
        gzip: gzipSync(data, { level: 9 }).length,
      });
    }
  });

  it('are bytes: 3,000 of them count 3,000', async () => {
    const budgets = { budgets: [{ files: 'd/a.wasm', encoding: 'raw', max: '3 kB' }] };
    const snapshot = await measureFiles(budgets, { 'd/a.wasm': noise(3_000) });
    expect(assetAt(snapshot, 'd/a.wasm').raw).toBe(3_000);
    expect(findingsOf(snapshot)).toMatchObject([{ status: 'pass', actual: 3_000 }]);
  });

  it('may be empty', async () => {
    const budgets = { budgets: [{ files: 'd/a.js', max: 0 }] };
    const snapshot = await measureFiles(budgets, { 'd/a.js': '' });
    expect(assetAt(snapshot, 'd/a.js')).toMatchObject({ raw: 0, gzip: 20, brotli: 1 });
    expect(findingsOf(snapshot)).toMatchObject([{ status: 'fail', over: 20 }]);
  });
});

describe('a group', () => {
  it('is the sum of its files one by one, never their concatenation', async () => {
    const text = 'export const words = "the same words in both files";\n'.repeat(40);
    const files = { 'd/a.js': `${text}// a`, 'd/b.js': `${text}// b` };
    const budgets = { budgets: [{ files: 'd/*.js', max: '10 kB' }] };
    const snapshot = await measureFiles(budgets, files);
    const size = (data: string) => gzipSync(data, { level: 9 }).length;
    const [finding] = findingsOf(snapshot);
    expect(finding?.actual).toBe(size(files['d/a.js']) + size(files['d/b.js']));
    expect(finding?.actual).toBeGreaterThan(size(files['d/a.js'] + files['d/b.js']) + 40);
  });

  it('counts a file once that several of its patterns match', async () => {
    const budgets = {
      encodings: ['raw'],
      budgets: [{ files: ['d/*.js', 'd/a.js', './d/a.js', 'd/**'], max: '1 kB' }],
    };
    const snapshot = await measureFiles(budgets, { 'd/a.js': '12345' });
    expect(findingsOf(snapshot)).toMatchObject([{ actual: 5 }]);
  });
});

describe('levels', () => {
  it('are gzip 9 and brotli 11, and others where the file says so', async () => {
    const text = Array.from({ length: 500 }, (_, index) => `const w${index % 37}=${index};`).join(
      '',
    );
    const files = { 'd/a.js': text };
    const budgets = [{ files: 'd/*.js', max: '10 kB' }];
    const usual = await measureFiles({ budgets }, files);
    const fast = await measureFiles({ levels: { gzip: 1 }, budgets }, files);
    expect(usual.encoders.levels).toEqual({ gzip: 9, brotli: 11 });
    expect(fast.encoders.levels).toEqual({ gzip: 1, brotli: 11 });
    expect(assetAt(usual, 'd/a.js').gzip).toBe(gzipSync(text, { level: 9 }).length);
    expect(assetAt(fast, 'd/a.js').gzip).toBe(gzipSync(text, { level: 1 }).length);
  });
});
