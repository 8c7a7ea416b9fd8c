import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { formatSnapshot } from '../../src/core/snapshot-text.ts';
import { parseUntrusted } from '../../src/core/untrusted-snapshot.ts';
import { measure } from '../../src/measure.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { memoryHost } from '../support/memory-host.ts';

type Site = Readonly<Record<string, string>>;

const BUDGETS = { track: 'dist/**/*', budgets: [{ page: 'dist/*.html', max: '1 MB' }] };
const SITE: Site = {
  'dist/index.html': '<script type=module src=app.js></script><link rel=stylesheet href=a.css>',
  'dist/about.html': '<script type=module src=lazy.js></script>',
  'dist/app.js': 'import "./vendor.js"; import("./lazy.js"); import("./gone.js")',
  'dist/vendor.js': 'export const a = 1',
  'dist/lazy.js': 'export {}',
  'dist/a.css': 'a { background: url(a.png) }',
  'dist/a.png': 'x',
  'dist/other.js': 'other()',
};

async function measured(site: Site, reuse: Snapshot | null = null, budgets: unknown = BUDGETS) {
  const host = memoryHost({ ...site, 'budgets.json': JSON.stringify(budgets) });
  const { snapshot } = await measure(await loadConfig(null, host.cwd, host), host, reuse);
  return snapshot;
}

/** Paths of the pages that are base's own, and not equal ones of another scan. */
function taken(head: Snapshot, base: Snapshot): string[] {
  const own = new Set(base.pages);
  return (head.pages ?? []).filter((page) => own.has(page)).map(({ path }) => path);
}

const ALL = ['dist/about.html', 'dist/index.html'];

describe('pages of base', () => {
  it('serve where nothing has changed that they were read from', async () => {
    const base = await measured(SITE);
    const head = await measured({ ...SITE, 'dist/other.js': 'changed()', 'dist/a.png': 'y' }, base);
    expect(taken(head, base)).toEqual(ALL);
    expect(head.scans).toEqual(base.scans);
  });

  it.each<[string, Site, readonly string[]]>([
    ['its HTML', { 'dist/index.html': '<script src=other.js></script>' }, ['dist/about.html']],
    ['a script', { 'dist/app.js': 'import("./lazy.js")' }, ['dist/about.html']],
    ['what a script imports', { 'dist/vendor.js': 'import "./other.js"' }, ['dist/about.html']],
    ['what it loads lazily', { 'dist/lazy.js': 'import "./other.js"' }, []],
    ['a style sheet', { 'dist/a.css': 'a {}' }, ['dist/about.html']],
    ['what was missing', { 'dist/gone.js': 'here()' }, []],
    ['a name that its texts may say', { 'dist/new.js': '' }, []],
  ])('do not serve where it is %s that changed', async (_, change, others) => {
    const base = await measured(SITE);
    const head = await measured({ ...SITE, ...change }, base);
    expect(taken(head, base)).toEqual(others);
    expect(head.pages).toEqual((await measured({ ...SITE, ...change })).pages);
  });

  it('do not serve where a file has gone', async () => {
    const base = await measured(SITE);
    const { 'dist/vendor.js': _gone, ...others } = SITE;
    const head = await measured(others, base);
    expect(taken(head, base)).toEqual([]);
    expect(head.pages).toEqual((await measured(others)).pages);
  });

  it('do not serve where the record does not say what they were read from', async () => {
    const { scans: _, ...base } = await measured(SITE);
    const head = await measured(SITE, base);
    expect(taken(head, base)).toEqual([]);
    expect(head.scans).toHaveLength(2);
  });

  it('do not serve where they say anything else than the scan did', async () => {
    const base = await measured(SITE);
    for (const change of [{ lazy: [] }, { unresolved: [] }, { broken: ['x.js'] }]) {
      const pages = base.pages?.map((page) => ({ ...page, ...change }));
      const altered = { ...base, pages };
      const head = await measured(SITE, altered);
      expect(taken(head, altered)).not.toContain('dist/index.html');
      expect(head.pages).toEqual(base.pages);
    }
  });

  it('do not serve for another output, nor by the digest of another page', async () => {
    const base = await measured(SITE);
    const [first, second] = base.scans ?? [];
    const scans = [
      { path: 'dist/about.html', digest: second?.digest ?? '' },
      { path: 'dist/index.html', digest: first?.digest ?? '' },
    ];
    const swapped = { ...base, scans };
    expect(taken(await measured(SITE, swapped), swapped)).toEqual([]);
  });

  it('are asked for by the budgets of head', async () => {
    const one = { budgets: [{ page: 'dist/about.html', max: '1 MB' }] };
    const files: Site = { ...SITE, 'web/index.html': '<script src=a.js></script>', 'web/a.js': '' };
    const base = await measured(files, null, one);
    const two = { budgets: [{ page: ['dist/*.html', 'web/*.html'], max: '1 MB' }] };
    const head = await measured(files, base, two);
    expect(head.pages).toEqual((await measured(files, null, two)).pages);
    expect(head.pages).toHaveLength(3);
  });

  it('are never taken from a snapshot that is not trusted', async () => {
    const base = await measured(SITE);
    expect(base.scans).toHaveLength(2);
    expect(parseUntrusted(formatSnapshot(base), 'head.json')).not.toHaveProperty('scans');
  });

  it('serve or not, in any build: what is found is the same', async () => {
    const names = ['index.html', 'a.js', 'b.js', 'c.css', 'a-BqX7rT0z.js', 'sub/b.js'];
    const piece = fc.constantFrom(
      ...['import "./b.js";', 'import("./a.js");', '"a-BqX7rT0z.js"', '"b.js"', '@import "c.css";'],
      ...['<script src=a.js></script>', '<script type=module>import "./sub/b.js"</script>'],
      ...['<link rel=stylesheet href=c.css>', '<base href=sub/>', 'import "bare";', 'url(b.js)'],
    );
    const text = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join('\n'));
    const site = fc.dictionary(fc.constantFrom(...names), text, { minKeys: 2 });
    const change = fc.dictionary(fc.constantFrom(...names), fc.option(text), { maxKeys: 2 });
    const inDist = (files: Readonly<Record<string, string | null>>): Site =>
      Object.fromEntries(
        Object.entries(files).flatMap(([name, one]) =>
          one === null ? [] : [[`dist/${name}`, one]],
        ),
      );
    await fc.assert(
      fc.asyncProperty(site, change, async (before, changes) => {
        const html = '<script type=module src=a.js></script>';
        const files = { 'index.html': html, ...before };
        const after = inDist({ ...files, 'index.html': html, ...changes, 'x.js': '' });
        const base = await measured({ ...inDist(files), 'dist/x.js': '' });
        const head = await measured(after, base);
        expect(head.pages).toEqual((await measured(after)).pages);
      }),
      { numRuns: 60 },
    );
  });
});
