import { describe, expect, it } from 'vitest';
import { byHand } from '../../src/baseline/snapshot-file.ts';
import { insideAdvice, mapAdvice } from '../../src/bundlers/map-advice.ts';
import { compare } from '../../src/core/compare.ts';
import type { Asset, Snapshot } from '../../src/model/snapshot.ts';
import { memoryHost } from '../support/memory-host.ts';

const modules = [{ id: 'src/a.js', raw: 10 }];

const asset = (path: string, more: Partial<Asset> = {}): Asset => ({
  path,
  subject: path,
  sha256: path,
  content: path,
  raw: 10,
  gzip: 10,
  ...more,
});

const built = (...assets: Asset[]): Snapshot => ({
  schemaVersion: 1,
  commit: null,
  project: '.',
  takenAt: '2026-01-01T00:00:00.000Z',
  encoders: { levels: { gzip: 9, brotli: 11 }, probe: { gzip: 176 }, versions: {} },
  tracked: { files: [['**']], encodings: ['gzip'], reports: [] },
  budgets: [],
  rules: { relaxing: 'warn', waivers: [] },
  assets,
  measurements: [],
});

const changed = (path: string, more: Partial<Asset> = {}) =>
  [
    asset(path, { sha256: 'x', content: 'x' }),
    asset(path, { sha256: 'y', content: 'y', ...more }),
  ] as const;

function advice(base: Snapshot | null, head: Snapshot, files: Readonly<Record<string, string>>) {
  const before = base === null ? null : byHand(base, 'base.json');
  return mapAdvice(compare(head, before), '/repo', memoryHost(files));
}

const depends = (name: string) => JSON.stringify({ devDependencies: { [name]: '1.0.0' } });

describe('what would tell why', () => {
  it.each([
    ['vite', "`build: { sourcemap: 'hidden' }` in vite.config.js"],
    ['webpack', "`devtool: 'hidden-source-map'` in webpack.config.js"],
    ['esbuild', "`sourcemap: 'external'` in the call of `build`"],
    ['next', '`productionBrowserSourceMaps: true` in next.config.js'],
    ['nuxt', "`sourcemap: { client: 'hidden' }` in nuxt.config.ts"],
    ['astro', "`vite: { build: { sourcemap: 'hidden' } }` in astro.config.mjs"],
    ['@sveltejs/kit', "`build: { sourcemap: 'hidden' }` in vite.config.js"],
    ['@react-router/dev', "`build: { sourcemap: 'hidden' }` in vite.config.js"],
    ['@remix-run/dev', '`--sourcemap` in the call of `remix build`'],
    ['react-scripts', '`GENERATE_SOURCEMAP=true` in the environment of the build'],
    ['@vue/cli-service', '`productionSourceMap: true` in vue.config.js'],
    [
      '@angular/cli',
      '`"sourceMap": { "scripts": true, "styles": true, "hidden": true }` in angular.json',
    ],
    ['@rsbuild/core', "`output: { sourceMap: { js: 'hidden-source-map' } }` in rsbuild.config.ts"],
  ])('is the option of %s', async (name, option) => {
    const [base, head] = changed('dist/a.js');
    const text = await advice(built(base), built(head), { '/repo/package.json': depends(name) });

    expect(text).toBe(
      `No source map says why dist/a.js changed: set ${option}, and measure before the maps are removed.`,
    );
  });

  it.each([
    ['vite.config.mts', "`build: { sourcemap: 'hidden' }` in vite.config.mts"],
    ['rspack.config.ts', "`devtool: 'hidden-source-map'` in rspack.config.ts"],
    ['remix.config.js', '`--sourcemap` in the call of `remix build`'],
  ])('stands in the file that is there: %s', async (file, option) => {
    const [base, head] = changed('dist/a.js');
    const text = await advice(built(base), built(head), { [`/repo/${file}`]: '' });

    expect(text).toContain(`: set ${option}, and`);
  });

  it.each([
    ['react-scripts', 'webpack', 'GENERATE_SOURCEMAP'],
    ['astro', 'vite', 'vite: { build'],
    ['@remix-run/dev', 'vite', "`build: { sourcemap: 'hidden' }` in vite.config.js"],
  ])('is that of what is built upon another: %s upon %s', async (name, other, option) => {
    const [base, head] = changed('dist/a.js');
    const text = JSON.stringify({
      dependencies: { [other]: '1' },
      devDependencies: { [name]: '1' },
    });

    expect(await advice(built(base), built(head), { '/repo/package.json': text })).toContain(
      option,
    );
  });

  it('is not that of Angular because a script goes by that name', async () => {
    const [base, head] = changed('dist/angular.js');

    expect(await advice(built(base), built(head), { '/repo/dist/angular.js': '' })).toBeNull();
  });

  it('is known by the config file, which goes before what is installed', async () => {
    const [base, head] = changed('dist/a.js');
    const files = { '/repo/package.json': depends('vite'), '/repo/rspack.config.mjs': '' };

    expect(await advice(built(base), built(head), files)).toContain('hidden-source-map');
  });

  it('is that of the nearest project', async () => {
    const [base, head] = changed('app/dist/a.js');
    const files = {
      '/repo/package.json': depends('vite'),
      '/repo/app/package.json': depends('webpack'),
    };

    expect(await advice(built(base), built(head), files)).toContain('hidden-source-map');
  });

  it.each([
    ['Parcel', 'parcel'],
    ['Gatsby', 'gatsby'],
  ])('asks of %s only that maps are still there', async (bundler, name) => {
    const [base, head] = changed('dist/a.js');
    const files = { '/repo/package.json': depends(name) };

    expect(await advice(built(base), built(head), files)).toBe(
      `No source map says why dist/a.js changed: ${bundler} writes them, so measure before they are removed.`,
    );
  });

  it('is to wait, where only base is older than the maps', async () => {
    const [base, head] = changed('dist/a.js', { modules });

    expect(await advice(built(base), built(head), {})).toBe(
      'Base was measured without source maps, so nothing says why dist/a.js changed: the next record of base will have them.',
    );
  });

  it('is one line, of however many scripts', async () => {
    const pairs = [changed('dist/a.js'), changed('dist/b.js')];
    const [base, head] = [pairs.map(([one]) => one), pairs.map(([, one]) => one)];
    const files = { '/repo/package.json': depends('vite') };

    expect(await advice(built(...base), built(...head), files)).toContain('why 2 scripts changed');
  });
});

describe('maps that base had', () => {
  const [base, head] = changed('dist/a.js');
  const before = { ...base, modules };

  it('are missed, with the option that writes them', async () => {
    const files = { '/repo/package.json': depends('vite') };

    expect(await advice(built(before), built(head), files)).toBe(
      "Base had source maps, and head has none that says why dist/a.js changed: set `build: { sourcemap: 'hidden' }` in vite.config.js, and measure before the maps are removed.",
    );
  });

  it('are missed although another script has one, and whatever the bundler is', async () => {
    const open = asset('dist/b.js', { modules });

    expect(await advice(built(before, open), built(head, open), {})).toBe(
      'Base had source maps, and head has none that says why dist/a.js changed: turn them on in your bundler, and measure before they are removed.',
    );
  });
});

describe('scripts without a map beside others that have one', () => {
  const open = asset('dist/b.js', { modules });
  const copied = (name: string, raw: number) => [
    asset(name),
    asset(name, { sha256: 'y', content: 'y', raw }),
  ];
  const said = (...pairs: Asset[][]) => {
    const [base, head] = [0, 1].map((side) => pairs.flatMap((pair) => pair[side] ?? []));
    return advice(built(...(base ?? []), open), built(...(head ?? []), open), {});
  };

  it('lack theirs where they changed by much', async () => {
    expect(await said(copied('dist/a.js', 510))).toBe(
      'Other scripts have source maps, and none says why dist/a.js changed: put one beside it, `.map` after its name.',
    );
    expect(await said(copied('dist/a.js', 510), copied('dist/c.js', 900))).toContain(
      'none says why 2 scripts changed: put one beside each of them',
    );
  });

  it('are lists of other files where they changed by little', async () => {
    expect(await said(copied('dist/sw.js', 509))).toBeNull();
  });

  it('are of no interest once they are gone', async () => {
    const gone = asset('dist/a.js', { raw: 900 });
    expect(await advice(built(gone, open), built(open), {})).toBeNull();
  });
});

describe('what would tell what is inside', () => {
  const inside = (head: Snapshot, name: string) =>
    insideAdvice(head, '/repo', memoryHost({ '/repo/package.json': depends(name) }));

  it('is the option of the bundler', async () => {
    expect(await inside(built(asset('dist/a.js')), 'webpack')).toBe(
      "No source map says what is inside dist/a.js: set `devtool: 'hidden-source-map'` in webpack.config.js, and measure before the maps are removed.",
    );
  });

  it('is nothing where the bundler is not known, and where there is no script', async () => {
    expect(await inside(built(asset('dist/a.js')), 'left-pad')).toBeNull();
    expect(await inside(built(asset('dist/a.css')), 'webpack')).toBeNull();
  });
});

describe('nothing is advised', () => {
  const files = { '/repo/package.json': depends('vite') };

  it.each(['dist/a.css', 'dist/a.png', 'dist/a.woff2', 'dist/a.html'])('for %s', async (path) => {
    const [base, head] = changed(path);

    expect(await advice(built(base), built(head), files)).toBeNull();
  });

  it('where nothing changed, and without a base', async () => {
    const [base, head] = changed('dist/a.js');

    expect(await advice(built(base), built(base), files)).toBeNull();
    expect(await advice(null, built(head), files)).toBeNull();
  });

  it('where the build has maps, and one script has none', async () => {
    const [base, head] = changed('dist/a.js');
    const open = asset('dist/b.js', { modules });

    expect(await advice(built(base, open), built(head, open), files)).toBeNull();
  });

  it('where the bundler is not known, or its manifest is damaged', async () => {
    const [base, head] = changed('dist/a.js');

    expect(await advice(built(base), built(head), {})).toBeNull();
    expect(await advice(built(base), built(head), { '/repo/package.json': '{' })).toBeNull();
  });
});
