import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { measure } from '../../src/measure.ts';
import type { ModuleShare } from '../../src/model/module.ts';
import type { Asset, Snapshot } from '../../src/model/snapshot.ts';
import { assetAt, measureFiles, measureFolder, readingHost } from '../support/measured.ts';
import { type Content, type MemoryHost, memoryHost } from '../support/memory-host.ts';
import { mapOf } from '../support/source-maps.ts';
import { temporaryFolder } from '../support/temporary.ts';

const budgets = { track: 'dist/**/*.{js,css}', budgets: [] };

const app = mapOf([
  [
    '../src/main.ts',
    'import{a}from"./a";',
    'import { a } from "./a.js";\nimport moment from "moment";',
  ],
  ['../src/a.ts', 'const a=1;\n', 'export const a = 1;'],
  ['../node_modules/moment/index.js', 'function moment(){};'.repeat(40), 'require("./locale")'],
  [null, '/* nobody */', null],
]);

const project = {
  'budgets.json': budgets,
  'dist/app.js': `${app.code}\n//# sourceMappingURL=app.js.map\n`,
  'dist/app.js.map': app.map,
  'node_modules/moment/package.json': { name: 'moment', version: '2.30.1' },
};

type Kind = 'raw' | 'gzip' | 'brotli';

function sumOf(modules: readonly ModuleShare[] | undefined, kind: Kind): number {
  return (modules ?? []).reduce((sum, share) => sum + (share[kind] ?? 0), 0);
}

function idsOf({ modules }: Asset): string[] | undefined {
  return modules?.map(({ id }) => id);
}

async function measured(host: MemoryHost, reuse: Snapshot | null = null) {
  return measure(await loadConfig(null, host.cwd, host), host, reuse);
}

function inMemory(files: Readonly<Record<string, unknown>>): MemoryHost {
  const texts = Object.entries(files).map(([path, content]): [string, Content] => [
    path,
    typeof content === 'string' || content instanceof Uint8Array
      ? content
      : JSON.stringify(content),
  ]);
  return memoryHost(Object.fromEntries(texts));
}

describe('modules', () => {
  it('are shares of an asset, in each encoding, in the order of their ids', async () => {
    const asset = assetAt(await measureFiles(budgets, project), 'dist/app.js');
    expect(idsOf(asset)).toEqual(['node_modules/moment/index.js', 'src/a.ts', 'src/main.ts']);
    expect(asset.modules?.map(({ raw }) => raw)).toEqual([800, 11, 19]);
    const rest = '/* nobody */\n//# sourceMappingURL=app.js.map\n'.length;
    expect(sumOf(asset.modules, 'raw')).toBe(asset.raw - rest);
    // 800 bytes that repeat themselves weigh less than what does not, by far.
    for (const kind of ['gzip', 'brotli'] as const) {
      expect(sumOf(asset.modules, kind)).toBeLessThan(asset[kind] ?? 0);
      expect(asset.modules?.[0]?.[kind]).toBeLessThan(30);
    }
  });

  it('have importers, and packages have versions', async () => {
    const { assets, packages } = await measureFiles(budgets, project);
    expect(assets[0]?.modules?.map(({ importer }) => importer)).toEqual([
      undefined,
      'src/main.ts',
      undefined,
    ]);
    expect(packages).toEqual([
      {
        instance: 'node_modules/moment',
        name: 'moment',
        version: '2.30.1',
        importer: 'src/main.ts',
      },
    ]);
  });

  it.each([
    ['hidden', app.code],
    [
      'inline',
      `${app.code}\n//# sourceMappingURL=data:application/json;charset=utf-8;base64,${Buffer.from(app.map).toString('base64')}`,
    ],
    [
      'inline, percent-encoded',
      `${app.code}\n//# sourceMappingURL=data:application/json,${encodeURIComponent(app.map)}`,
    ],
    [
      'with a debug id',
      `${app.code}\n//# sourceMappingURL=app.js.map\n//# debugId=85314830-023f-4cf1-a267-535f4e37bb17`,
    ],
    ['of another place', `${app.code}\n//# sourceMappingURL=../maps/app.js.map`],
    ['at an address', `${app.code}\n//# sourceMappingURL=https://cdn.example/app.js.map`],
  ])('are found by a map that is %s', async (name, code) => {
    const place = name === 'of another place' ? 'maps/app.js.map' : 'dist/app.js.map';
    const files = {
      ...project,
      'dist/app.js.map': undefined,
      'dist/app.js': code,
      [place]: app.map,
    };
    const given = Object.fromEntries(
      Object.entries(files).filter(
        ([path, text]) =>
          text !== undefined && !(name.startsWith('inline') && path.endsWith('.map')),
      ),
    );
    const asset = assetAt(await measureFiles(budgets, given), 'dist/app.js');
    expect(asset.modules?.map(({ raw }) => raw)).toEqual([800, 11, 19]);
  });

  it('are not given without a map, with nothing said', async () => {
    const { snapshot, notes } = await measured(
      inMemory({ 'budgets.json': budgets, 'dist/app.js': 'f()' }),
    );
    expect(snapshot.assets[0]).not.toHaveProperty('modules');
    expect(snapshot).not.toHaveProperty('packages');
    expect(notes).toEqual([]);
  });

  it('are not given where maps are missing or broken: one note for all of them', async () => {
    const files = {
      ...project,
      'dist/b.js': 'b()//# sourceMappingURL=b.js.map',
      'dist/c.js': 'c()\n//# sourceMappingURL=c.js.map',
      'dist/c.js.map': '{"version":3,"sources":[',
      'dist/d.css': 'd{}\n/*# sourceMappingURL=data:application/json,%%%*/',
    };
    const { snapshot, notes } = await measured(inMemory(files));
    expect(snapshot.assets.map(({ modules }) => modules?.length)).toEqual([
      3,
      undefined,
      undefined,
      undefined,
    ]);
    expect(notes).toEqual([
      'What is inside dist/b.js and 2 more is not known: the source maps named there are missing or damaged. Measure before maps are removed, and build anew.',
    ]);
  });

  it('of a map that is missing are asked for without a second look at what names it', async () => {
    const code = 'f();\n//# sourceMappingURL=';
    const folder = await temporaryFolder({
      'budgets.json': budgets,
      'dist/a.js': `${code}gone.js.map`,
      'dist/b.js': `${code}https://cdn.example/b.js.map`,
      'dist/c.js': `${code}../maps/c.js.map\n`,
      'maps/c.js.map': app.map,
    });
    const { host, reads } = readingHost();
    const { notes } = await measure(await loadConfig(null, folder, host), host, null);
    expect(notes).toEqual([
      expect.stringMatching(/^What is inside dist\/a\.js and 1 more is not known/),
    ]);
    const times = (name: string) => reads.filter((path) => path === join(folder, name)).length;
    expect(['dist/a.js', 'dist/b.js', 'dist/c.js'].map(times)).toEqual([1, 1, 2]);
  });

  it.each([
    ['of this build', 0, 2],
    ['of a build that was smaller', -1, undefined],
    ['of a build that was larger', 1, undefined],
  ])('are those that metadata names, where it is %s', async (_what, beside, count) => {
    const code = 'f();g();';
    const inputs = { 'src/f.ts': { bytesInOutput: 4 }, 'src/g.ts': { bytesInOutput: 3 } };
    const output = { bytes: code.length + beside, inputs };
    const meta = {
      inputs: { 'src/f.ts': { bytes: 9 }, 'src/g.ts': { bytes: 9 } },
      outputs: { 'dist/app.js': output },
    };
    const files = { 'budgets.json': budgets, 'dist/app.js': code, 'dist/meta.json': meta };
    const { assets } = await measureFiles(budgets, files);
    expect(assetAt({ assets } as Snapshot, 'dist/app.js').modules?.length).toBe(count);
  });

  describe('of what Next.js copies into a build', () => {
    const installed = 'node_modules/next/dist/build/polyfills/polyfill-nomodule.js';
    const next = {
      'budgets.json': { track: '.next/static/*.js', budgets: [] },
      '.next/static/polyfills.js': 'polyfill();',
      '.next/build-manifest.json': {
        pages: {},
        lowPriorityFiles: [],
        polyfillFiles: ['static/polyfills.js'],
      },
    };
    const opened = {
      '.next/static/app.js': project['dist/app.js'],
      '.next/static/app.js.map': app.map,
    };
    const insideOf = async (files: Readonly<Record<string, unknown>>) =>
      assetAt((await measured(inMemory(files))).snapshot, '.next/static/polyfills.js').modules;

    it.each([
      ['beside the budgets file', installed],
      ['above it', `../${installed}`],
      ['beside the build', `.next/${installed}`],
    ])('are its own, where it is installed %s', async (_, path) => {
      const files = { ...next, ...opened, [path]: 'polyfill();' };
      expect(await insideOf(files)).toMatchObject([{ id: installed, raw: 11 }]);
    });

    it.each([
      ['it is not installed', { ...next, ...opened }],
      ['other bytes are installed', { ...next, ...opened, [installed]: 'polyfilt();' }],
      [
        'nothing else is known',
        { ...next, '.next/static/app.js': 'app()', [installed]: 'polyfill();' },
      ],
    ])('are not known where %s', async (_, files) => {
      expect(await insideOf(files)).toBeUndefined();
    });
  });

  it('are never read from outside the project', async () => {
    const code = (url: string) => `${app.code}\n//# sourceMappingURL=${url}`;
    for (const url of [
      '../../secret.map',
      '%2e%2e/%2e%2e/secret.map',
      '/secret.map',
      'file:///secret.map',
      '..\\..\\secret.map',
    ]) {
      const host = inMemory({
        'budgets.json': budgets,
        'dist/app.js': code(url),
        '/secret.map': app.map,
      });
      const { snapshot } = await measured(host);
      expect(snapshot.assets[0]?.modules, url).toBeUndefined();
    }
  });

  it('of base serve where the content is the same: no map is read', async () => {
    const folder = await temporaryFolder(project);
    const base = await measureFolder(folder);
    const { host, reads } = readingHost();
    const head = await measureFolder(folder, host, base);
    expect(reads.filter((path) => path.endsWith('.map'))).toEqual([]);
    // The one package's own: equal bytes may be of another version.
    expect(reads.filter((path) => path.includes('node_modules'))).toEqual([
      join(folder, 'node_modules/moment/package.json'),
    ]);
    expect(head.assets).toEqual(base.assets);
    expect(head.packages).toEqual(base.packages);
  });

  it('of base are of the versions that are installed, also where no byte differs', async () => {
    const base = await measureFiles(budgets, project);
    const manifest = { name: 'moment', version: '2.31.0' };
    const bumped = { ...project, 'node_modules/moment/package.json': manifest };
    const head = await measureFolder(await temporaryFolder(bumped), undefined, base);
    expect(head.packages?.map(({ version }) => version)).toEqual(['2.31.0']);
    const { 'node_modules/moment/package.json': _gone, ...elsewhere } = project;
    const built = await measureFolder(await temporaryFolder(elsewhere), undefined, base);
    expect(built.packages).toEqual(base.packages);
  });

  it('of base are of the versions that are installed beside the build, wherever that is', async () => {
    const name = 'webpack://app/./node_modules/moment/index.js';
    const { code, map } = mapOf([[name, 'function moment(){};'.repeat(9), null]]);
    const filesWith = (version: string) => ({
      'budgets.json': { track: 'packages/app/dist/*.js', budgets: [] },
      'packages/app/dist/app.js': `${code}\n//# sourceMappingURL=app.js.map\n`,
      'packages/app/dist/app.js.map': map,
      'packages/app/node_modules/moment/package.json': { name: 'moment', version },
    });
    const base = await measureFolder(await temporaryFolder(filesWith('2.30.1')));
    const bumped = await temporaryFolder(filesWith('2.31.0'));
    const head = await measureFolder(bumped, undefined, base);

    expect(base.packages).toMatchObject([{ name: 'moment', version: '2.30.1' }]);
    expect(head.packages).toMatchObject([{ name: 'moment', version: '2.31.0' }]);
  });

  it('of base do not serve for sizes of other levels', async () => {
    const base = await measureFiles({ ...budgets, levels: { gzip: 1 } }, project);
    const folder = await temporaryFolder(project);
    const head = await measureFolder(folder, undefined, base);
    expect(head.assets).toEqual((await measureFolder(folder)).assets);
  });

  it('know from base who brought in what only unchanged files import', async () => {
    const vendor = (name: string, text: string) =>
      mapOf([
        ['../node_modules/moment/index.js', text, 'require("deep")'],
        [`../node_modules/${name}/i.js`, 'd()', ''],
      ]);
    const files = (map: { code: string; map: string }) => ({
      ...project,
      'dist/vendor.js': map.code,
      'dist/vendor.js.map': map.map,
    });
    const base = await measureFiles(budgets, files(vendor('other', 'a()')));
    const folder = await temporaryFolder(files(vendor('deep', 'b()')));
    const head = await measureFolder(folder, undefined, base);
    expect(head.packages).toContainEqual({
      instance: 'node_modules/deep',
      name: 'deep',
      version: null,
      importer: 'src/main.ts',
    });
  });
});

describe('who brought in a package, of several that import it', () => {
  const built = (text: string, ...more: [string, string, string][]) => {
    const { code, map } = mapOf([
      ['../src/a.ts', 'a()', 'import "moment"'],
      ['../src/b.ts', text, 'import "moment"'],
      ...more,
    ]);
    return { ...project, 'dist/app.js': code, 'dist/app.js.map': map };
  };
  const moment: [string, string, string] = ['../node_modules/moment/index.js', 'm()', ''];
  const head = built('b(1234)', moment);

  it('is the one that differs from base', async () => {
    const base = await measureFiles(budgets, built('b()'));
    const { packages } = await measureFolder(await temporaryFolder(head), undefined, base);
    expect(packages).toMatchObject([{ name: 'moment', importer: 'src/b.ts' }]);
  });

  it('is the first of them without a base', async () => {
    const { packages } = await measureFolder(await temporaryFolder(head));
    expect(packages).toMatchObject([{ name: 'moment', importer: 'src/a.ts' }]);
  });
});

describe('any map', () => {
  const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constant(JSON.parse(app.map)));
  const keys = [
    'version',
    'sources',
    'sourcesContent',
    'sourceRoot',
    'mappings',
    'sections',
    'file',
  ];
  const changed = fc
    .array(fc.tuple(fc.constantFrom(...keys), value), { maxLength: 3 })
    .map((entries) => JSON.stringify({ ...JSON.parse(app.map), ...Object.fromEntries(entries) }));
  const mappings = fc
    .string({ unit: fc.constantFrom(...'ACDEg+/;,9z') })
    .map((text) => JSON.stringify({ ...JSON.parse(app.map), mappings: text }));
  const names = fc
    .array(fc.string({ unit: 'binary', maxLength: 30 }))
    .map((sources) => JSON.stringify({ ...JSON.parse(app.map), sources }));
  const cut = fc.nat(app.map.length).map((length) => app.map.slice(0, length));

  it('opens an asset exactly, or leaves it closed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(changed, mappings, names, cut), async (map) => {
        const { snapshot } = await measured(inMemory({ ...project, 'dist/app.js.map': map }));
        const asset = assetAt(snapshot, 'dist/app.js');
        for (const kind of ['raw', 'gzip', 'brotli'] as const) {
          expect(sumOf(asset.modules, kind)).toBeLessThanOrEqual(asset[kind] ?? 0);
        }
        const ids = idsOf(asset) ?? [];
        expect(ids).toEqual([...new Set(ids)].sort());
      }),
      { numRuns: 150 },
    );
  });

  it('has an end, whatever its size', async () => {
    const long = {
      ...JSON.parse(app.map),
      sources: ['x'.repeat(3_000_000)],
      mappings: `${'9'.repeat(1_000_000)}A,${';'.repeat(1_000_000)}`,
    };
    const { snapshot } = await measured(inMemory({ ...project, 'dist/app.js.map': long }));
    expect(sumOf(snapshot.assets[0]?.modules, 'raw')).toBe(0);
  });
});
