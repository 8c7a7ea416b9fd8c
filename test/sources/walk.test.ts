import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resolvePatterns, walk } from '../../src/sources/walk.ts';
import { measureFiles, pathsOf, quietHost } from '../support/measured.ts';
import { type Files, temporaryFolder } from '../support/temporary.ts';

const host = quietHost();

/** Paths that patterns select from files with these names. */
async function select(paths: readonly string[], ...patterns: string[]): Promise<string[]> {
  const folder = await temporaryFolder(Object.fromEntries(paths.map((path) => [path, path])));
  const resolved = await resolvePatterns(patterns, folder, host);
  return (await walk(resolved, folder, host)).map(({ path }) => path).sort();
}

describe('[hash] in a pattern', () => {
  it('stands for a content hash, never for a word', async () => {
    const paths = ['d/index-BxYz12_4.js', 'd/index-settings.js', 'd/index.js', 'd/index-.js'];
    expect(await select(paths, 'd/index-[hash].js')).toEqual(['d/index-BxYz12_4.js']);
  });

  it.each([
    'd/index-a1b2c3d4.js',
    'd/index-CkY3-Zq9.js',
    'd/index-4fzzzxjy.js',
    'd/index-KJ2Q4XFM.js',
    'd/index-0123456789abcdef0123.js',
  ])('matches the hash of every bundler: %s', async (path) => {
    expect(await select([path], 'd/index-[hash].js')).toEqual([path]);
  });

  it.each([
    'd/index-settings.js',
    'd/index-2024-01-31.js',
    'd/index-abc.js',
    'd/a/index-a1b2c3d4.js',
  ])('does not match %s', async (path) => {
    expect(await select([path], 'd/index-[hash].js')).toEqual([]);
  });

  it('stands with globs, braces and twice in a pattern', async () => {
    const paths = ['d/a-BxYz12_4.js', 'd/a-BxYz12_4.css', 'd/a-words.js', 'd/e/b-CkY3_Zq9.mjs'];
    expect(await select(paths, 'd/**/*-[hash].{js,mjs}')).toEqual([
      'd/a-BxYz12_4.js',
      'd/e/b-CkY3_Zq9.mjs',
    ]);
    const nested = [
      'd/0a1b2c3d/x-BxYz12_4.js',
      'd/words/x-BxYz12_4.js',
      'd/0a1b2c3d/x-settings.js',
    ];
    expect(await select(nested, 'd/[hash]/x-[hash].js')).toEqual(['d/0a1b2c3d/x-BxYz12_4.js']);
  });
});

describe('brackets', () => {
  it('are literal where a file has that very name', async () => {
    expect(await select(['pages/[id].js', 'pages/i.js'], 'pages/[id].js')).toEqual([
      'pages/[id].js',
    ]);
  });

  it('are a class where none has', async () => {
    expect(await select(['pages/i.js', 'pages/x.js'], 'pages/[id].js')).toEqual(['pages/i.js']);
  });

  it.each([
    ['app/[slug]/page.js', 'app/[slug]/*.js'],
    ['app/[slug]/[id].js', 'app/[slug]/[id].js'],
    ['pages/[...slug].js', 'pages/[...slug].js'],
    ['pages/[[...slug]].js', 'pages/[[...slug]].js'],
    ['app/[a-z].js', 'app/[a-z].js'],
    ['app/[id]-BxYz12_4.js', 'app/[id]-[hash].js'],
    ['deep/er/[id].js', '**/[id].js'],
    ['app/[id].js', 'app/{[id],[slug]}.js'],
  ])('are literal in %s for %s', async (path, pattern) => {
    expect(await select([path, 'app/i.js', 'app/s/page.js'], pattern)).toEqual([path]);
  });

  it('keep their meaning with a backslash before them', async () => {
    expect(await select(['p/[id].js', 'p/i.js'], 'p/\\[id\\].js')).toEqual(['p/[id].js']);
  });
});

describe('what is left out', () => {
  const files = ['d/a.js', 'd/a.js.map', 'd/a.js.gz', 'd/a.js.br', 'd/a.js.LICENSE.txt', 'd/b.txt'];

  it('is maps, precompressed copies and licences, unless a pattern ends so', async () => {
    expect(await select(files, 'd/**')).toEqual(['d/a.js', 'd/b.txt']);
    expect(await select(files, 'd/*.*')).toEqual(['d/a.js', 'd/b.txt']);
    expect(await select(files, 'd/*.map')).toEqual(['d/a.js.map']);
    expect(await select(files, 'd/*.gz', 'd/*.br')).toEqual(['d/a.js.br', 'd/a.js.gz']);
    expect(await select(files, 'd/*.LICENSE.txt')).toEqual(['d/a.js.LICENSE.txt']);
    expect(await select(files, 'd/a.js.map')).toEqual(['d/a.js.map']);
  });

  it('is asked for inside braces, too', async () => {
    expect(await select(files, 'd/*.{js,map}')).toEqual(['d/a.js', 'd/a.js.map']);
    expect(await select(files, 'd/a.js{,.gz}')).toEqual(['d/a.js', 'd/a.js.gz']);
    expect(await select(files, 'd/{a.js,{b.txt,*.{br,nothing}}}')).toEqual([
      'd/a.js',
      'd/a.js.br',
      'd/b.txt',
    ]);
  });

  it('is files and folders that begin with a dot, unless they are named', async () => {
    const dots = ['d/.hidden.js', 'd/.vite/deps.js', 'd/a.js'];
    expect(await select(dots, 'd/**/*.js')).toEqual(['d/a.js']);
    expect(await select(dots, 'd/.vite/*.js')).toEqual(['d/.vite/deps.js']);
    expect(await select(dots, 'd/.*.js')).toEqual(['d/.hidden.js']);
  });
});

describe('paths', () => {
  it('are walked from the folder, whatever stands before them', async () => {
    expect(await select(['d/a.js'], './d/*.js')).toEqual(['d/a.js']);
    expect(await select(['d/a.js'], '././d/a.js')).toEqual(['d/a.js']);
  });

  it('are one, however they are spelled', async () => {
    const spelled = await select(['d/a.js'], 'd/*.js', 'd/./a.js', 'd//a.js');
    expect(spelled).toEqual(['d/a.js']);
  });

  it('keep what is odd in them', async () => {
    const odd = [
      'd/a b.js',
      'd/ünï.js',
      'd/$x.js',
      'd/new\nline.js',
      'd/@scope/x.js',
      'd/+page.js',
    ];
    expect(await select(odd, 'd/**/*.js')).toEqual([...odd].sort());
    for (const path of odd) expect(await select([path], path)).toEqual([path]);
  });

  it('may be symlinks, and lead through them', async () => {
    const folder = await temporaryFolder({ 'real/a.js': 'x' });
    await symlink('real', join(folder, 'dist'));
    await symlink('a.js', join(folder, 'real/b.js'));
    expect((await walk(['dist/*.js'], folder, host)).map(({ path }) => path).sort()).toEqual([
      'dist/a.js',
      'dist/b.js',
    ]);
  });

  it.each(['/dist/*.js', 'C:/dist/*.js', '!/dist/a.js', 'c:\\dist\\a.js'])(
    'that are absolute are refused: %s',
    async (pattern) => {
      await expect(select([], pattern)).rejects.toMatchObject({
        name: 'UserError',
        code: 'pattern',
        message: expect.stringContaining(pattern),
      });
    },
  );

  it.each(['dist\\*.js', 'dist\\assets\\a.js', '.\\dist\\a.js', '!dist\\a.js'])(
    'with backslashes are refused: %s',
    async (pattern) => {
      await expect(select([], pattern)).rejects.toMatchObject({
        name: 'UserError',
        code: 'pattern',
        hint: expect.stringContaining('/'),
      });
    },
  );
});

describe('negations', () => {
  it('take away from their own budget, and from no other one', async () => {
    const budgets = {
      budgets: [
        { name: 'own', files: ['d/*.js', '!d/vendor.js'], max: '1 kB' },
        { name: 'all', files: 'd/*.js', encoding: 'raw', max: '1 kB' },
      ],
    };
    const files: Files = { 'd/app.js': 'x', 'd/vendor.js': 'yy' };
    const snapshot = await measureFiles(budgets, files);
    expect(pathsOf(snapshot)).toEqual(['d/app.js', 'd/vendor.js']);
  });

  it('leave a file unmeasured that nothing else speaks of', async () => {
    const budgets = { budgets: [{ files: ['d/*.js', '!d/vendor.js'], max: '1 kB' }] };
    const snapshot = await measureFiles(budgets, { 'd/app.js': 'x', 'd/vendor.js': 'yy' });
    expect(pathsOf(snapshot)).toEqual(['d/app.js']);
  });

  it('take maps away as well, and hold for [hash] and literal brackets', async () => {
    const budgets = {
      budgets: [
        { files: ['d/*.{js,map}', '!d/*.map', '!d/v-[hash].js', '!d/[id].js'], max: '1 kB' },
      ],
    };
    const names = [
      'd/a.js',
      'd/a.js.map',
      'd/v-BxYz12_4.js',
      'd/v-settings.js',
      'd/[id].js',
      'd/i.js',
    ];
    const snapshot = await measureFiles(
      budgets,
      Object.fromEntries(names.map((name) => [name, name])),
    );
    expect(pathsOf(snapshot)).toEqual(['d/a.js', 'd/i.js', 'd/v-settings.js']);
  });
});
