import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { TOOL } from '../src/model/tool.ts';
import { node24Path } from './support/node24.ts';
import { temporaryFolder } from './support/temporary.ts';

const ROOT = resolve(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  version: string;
  dependencies?: Record<string, string>;
};

/** dist alone in a folder of its own, as `npx` or the Action finds it: no node_modules near. */
function distAlone(): string {
  const folder = mkdtempSync(join(tmpdir(), 'weighbridge-dist-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(DIST, join(folder, 'dist'), { recursive: true });
  return folder;
}

/** Files of dist that a run of the CLI loads, as V8's coverage names them. */
function loadedBy(args: readonly string[], cwd: string): string[] {
  const coverage = mkdtempSync(join(tmpdir(), 'weighbridge-coverage-'));
  onTestFinished(() => rmSync(coverage, { recursive: true, force: true }));
  execFileSync(process.execPath, [join(DIST, 'cli.js'), ...args], {
    cwd,
    env: { ...process.env, NODE_V8_COVERAGE: coverage },
  });
  const urls = readdirSync(coverage).flatMap((name) => {
    const { result } = JSON.parse(readFileSync(join(coverage, name), 'utf8')) as {
      result: { url: string }[];
    };
    return result.map(({ url }) => url);
  });
  return urls
    .filter((url) => url.includes('/dist/'))
    .map((url) => url.slice(url.indexOf('/dist/') + 6));
}

describe('dist', () => {
  it('says the version of package.json', () => {
    expect(TOOL.version).toBe(manifest.version);
  });

  it('brings all it needs: nothing is installed beside it', () => {
    expect(manifest.dependencies ?? {}).toEqual({});
  });

  it('is ASCII: V8 holds a source with any sign above Latin-1 in two bytes a character', () => {
    const chunks = readdirSync(DIST, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.js'),
    );
    const others = chunks.filter((name) =>
      /[^\0-\x7f]/.test(readFileSync(join(DIST, name), 'utf8')),
    );
    expect(chunks.length).toBeGreaterThan(10);
    expect(others).toEqual([]);
  });

  it.each([
    ['this Node', () => process.execPath],
    ['Node 24, as the Action runs', node24Path],
  ])('runs without node_modules on %s', (_, node) => {
    const folder = distAlone();
    const out = execFileSync(
      node(),
      [
        join(folder, 'dist/cli.js'),
        'check',
        '--config',
        'budgets.example.json',
        '--base',
        'examples/vite/baseline/base.snapshot.json',
        '--report',
        'json',
      ],
      { cwd: ROOT, encoding: 'utf8' },
    );

    expect(JSON.parse(out)).toMatchObject({ verdict: { status: 'warn' } });
  });

  it('tells a mistake that nobody catches by the line of the caller, not by its own', async () => {
    const library = pathToFileURL(join(DIST, 'index.js')).href;
    const folder = await temporaryFolder({
      'b.json': { budgets: [{ files: 'dist/*.js', max: 1 }] },
      'check.mjs': `import { check } from '${library}';\nawait check({ config: 'none.json' });\n`,
      'load.mjs': `import { loadConfig } from '${library}';\nawait loadConfig({ config: 'none.json' });\n`,
      'measure.mjs': `import { loadConfig, measure } from '${library}';\nawait measure(await loadConfig({ config: 'b.json' }));\n`,
    });
    for (const script of ['check.mjs', 'load.mjs', 'measure.mjs']) {
      const { stderr, status } = spawnSync(process.execPath, [script], {
        cwd: folder,
        encoding: 'utf8',
      });
      expect(stderr).toMatch(/^file:.*\.mjs:2\nawait /);
      expect(stderr).toMatch(/^UserError: (none\.json|dist\/) does not exist/m);
      expect(stderr).not.toContain('/dist/chunks/');
      expect(status).toBe(1);
    }
  });

  it('answers --version without loading the engine', () => {
    expect(loadedBy(['--version'], ROOT).sort()).toEqual(['chunks/tool.js', 'cli.js']);
  });

  it('loads no client of GitHub and no schema for a plain check, and at most 150 kB', async () => {
    const folder = await temporaryFolder({
      'dist/a.js': 'export {};',
      'budgets.json': { budgets: [{ files: 'dist/a.js', max: '1 kB' }] },
      'globs.json': { budgets: [{ files: 'dist/*.js', max: '1 kB' }] },
    });
    const size = (list: readonly string[]) =>
      list.reduce((sum, file) => sum + statSync(join(DIST, file)).size, 0);
    const files = ['chunks/engine.js', 'chunks/rolldown-runtime.js', 'chunks/tool.js', 'cli.js'];
    const plain = loadedBy(['check', '--base', 'none'], folder);
    const globs = loadedBy(['check', '--base', 'none', '--config', 'globs.json'], folder);

    expect(plain.sort()).toEqual(files);
    expect(size(plain)).toBeLessThanOrEqual(150_000);
    expect(globs.sort()).toEqual([...files, 'chunks/glob-expression.js', 'chunks/glob.js'].sort());
  });

  it('loads neither zod nor what reads pages to compare a build without pages', async () => {
    const folder = await temporaryFolder({
      'dist/a.js': 'export {};',
      'budgets.json': { budgets: [{ files: 'dist/a.js', max: '1 kB', maxIncrease: '1 B' }] },
    });
    const cli = join(DIST, 'cli.js');
    execFileSync(process.execPath, [cli, 'measure', '--save', 'base.json'], { cwd: folder });
    writeFileSync(join(folder, 'dist/a.js'), 'export { };');
    const loaded = loadedBy(['check', '--base', 'base.json'], folder);

    expect(loaded).toContain('chunks/snapshot.js');
    expect(loaded).not.toContain('chunks/scan-pages.js');
    expect(loaded).not.toContain('chunks/schema.js');
  });

  it('loads what reads HTML and scripts where there are pages', () => {
    const args = ['check', '--config', 'budgets.example.json', '--base', 'none'];

    expect(loadedBy(args, ROOT)).toContain('chunks/page-scan.js');
  });

  it('reads no HTML and no scripts for pages that base knows as they are', async () => {
    const folder = await temporaryFolder({
      'dist/index.html': '<script src=a.js></script>',
      'dist/a.js': 'export {};',
      'budgets.json': { budgets: [{ page: 'dist/index.html', max: '1 kB' }] },
    });
    const cli = join(DIST, 'cli.js');
    execFileSync(process.execPath, [cli, 'measure', '--save', 'base.json'], { cwd: folder });
    const loaded = loadedBy(['check', '--base', 'base.json'], folder);

    expect(loaded).toContain('chunks/scan-pages.js');
    expect(loaded).not.toContain('chunks/page-scan.js');
  });

  it('compresses much in threads of its own, to the bytes of node:zlib', async () => {
    const text = (seed: number) =>
      Array.from({ length: 40_000 }, (_, at) => ((at * seed * 7_919) % 99_991).toString(36)).join();
    const texts = Array.from({ length: 48 }, (_, at) => text(at + 1));
    const files = Object.fromEntries(texts.map((content, at) => [`build/${at}.js`, content]));
    const budgets = { encodings: ['gzip'], budgets: [{ files: 'build/*.js', max: '1 GB' }] };
    const folder = await temporaryFolder({
      ...files,
      'build/packed.js': gzipSync(text(99)),
      'build/empty.js': '',
      'budgets.json': budgets,
    });
    const loaded = loadedBy(['measure', '--save', 'saved.json'], folder);
    const saved = JSON.parse(readFileSync(join(folder, 'saved.json'), 'utf8')) as {
      assets: { path: string; raw: number; gzip: number }[];
    };

    if (availableParallelism() > 1) expect(loaded).toContain('chunks/look-worker.js');
    expect(saved.assets).toHaveLength(texts.length + 2);
    for (const { path, raw, gzip } of saved.assets) {
      const data = readFileSync(join(folder, path));
      const isPacked = path.endsWith('packed.js');
      const expected = isPacked ? data.length : gzipSync(data, { level: 9 }).length;
      expect([path, raw, gzip]).toEqual([path, data.length, expected]);
    }
  }, 60_000);

  it('names the licence of everything it bundles', () => {
    const text = readFileSync(join(DIST, 'LICENSES.txt'), 'utf8');

    for (const name of [
      'zod',
      'fast-glob',
      'micromatch',
      'gzip-size',
      'brotli-size',
      '@actions/core',
      '@actions/github',
      'undici',
    ]) {
      expect(text).toMatch(new RegExp(`^${name}@\\d`, 'm'));
    }
  });

  it('holds no path of the machine that built it', () => {
    const names = readdirSync(DIST, { recursive: true, encoding: 'utf8' });
    const texts = names
      .filter((name) => statSync(join(DIST, name)).isFile())
      .map((name) => readFileSync(join(DIST, name), 'utf8'));

    expect(texts.some((text) => text.includes(ROOT) || text.includes('file:///'))).toBe(false);
  });
});
