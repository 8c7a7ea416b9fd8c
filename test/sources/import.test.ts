import { mkdir, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type BuildOptions, build, version } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { measure } from '../../src/measure.ts';
import type { Host } from '../../src/model/host.ts';
import type { Measurement, Snapshot } from '../../src/model/snapshot.ts';
import { noise } from '../support/binary-files.ts';
import { measureFiles, measureFolder, quietHost } from '../support/measured.ts';
import { type Files, temporaryFolder, writeFiles } from '../support/temporary.ts';

const PAD = 'x'.repeat(500);

/** A library of four exports, of which each weighs something else. */
const LIBRARY: Files = {
  'package.json': {
    name: 'my-lib',
    type: 'module',
    exports: {
      '.': './dist/index.js',
      './button': { worker: './dist/worker.js', default: './dist/button.js' },
      './icons/*': './dist/icons/*.js',
      './gone': './dist/gone.js',
    },
    peerDependencies: { react: '*' },
  },
  'dist/index.js': `export { big } from './big.js';
export const small = () => document.title;
export default function main() { console.log('${'m'.repeat(100)}'); }`,
  'dist/big.js': `export const big = () => '${PAD}';`,
  'dist/button.js': `import { jsx } from 'react/jsx-runtime';
export const Button = () => jsx('button', {});`,
  'dist/worker.js': "export const Button = () => 'worker, and nothing to render';",
  'dist/icons/star.js': "export const Star = '<svg/>';",
};

function bundled(entry: object, files: Files = LIBRARY, top: object = {}): Promise<Snapshot> {
  return measureFiles({ budgets: [{ max: '1 MB', ...entry }], ...top }, files);
}

async function rawOf(entry: object, files: Files = LIBRARY): Promise<number> {
  return sizeIn(await bundled(entry, files), 'size.raw');
}

function itemIn({ measurements }: Snapshot, metric: string): Measurement {
  const item = measurements.find((one) => one.metric === metric);
  if (item === undefined) throw new Error(`no ${metric} was measured`);
  return item;
}

const randomText = (length: number) => noise(length).toString('base64');

const sizeIn = (snapshot: Snapshot, metric: string) => itemIn(snapshot, metric).value;

const from = './dist/index.js';

describe('what tree-shaking keeps', () => {
  it('is what counts', async () => {
    const small = await rawOf({ import: '{ small }', from });
    const big = await rawOf({ import: '{ big }', from });
    const both = await rawOf({ import: '{ small, big }', from });
    expect(small).toBeLessThan(100);
    expect(big).toBeGreaterThan(PAD.length);
    expect(both).toBeGreaterThan(big);
    expect(both).toBeLessThan(big + small);
  });

  it('has the default export with `default`, and with `*`, which has all', async () => {
    const main = await rawOf({ import: 'default', from });
    expect(main).toBeGreaterThan(100);
    expect(main).toBeLessThan(PAD.length);
    expect(await rawOf({ import: '{ default as lib }', from })).toBe(main);
    const all = await rawOf({ import: '*', from });
    expect(all).toBeGreaterThan(main + PAD.length);
    expect(await rawOf({ import: '* as everything', from })).toBe(all);
  });

  it('does not depend on the order of names', async () => {
    const [left, right] = await Promise.all(
      ['{ small, big }', '{big,small,}'].map((clause) => bundled({ import: clause, from })),
    );
    expect(left?.measurements).toEqual(right?.measurements);
  });
});

describe('a measurement', () => {
  it('is exact, in every encoding, and stamped with the bundler', async () => {
    const { measurements, encoders } = await bundled({ import: '{ small, big }', from });
    expect(measurements.map(({ metric }) => metric)).toEqual([
      'size.raw',
      'size.gzip',
      'size.brotli',
    ]);
    for (const item of measurements) {
      expect(item).toMatchObject({
        source: 'import',
        subject: 'import { big, small } from "./dist/index.js"',
        unit: 'byte',
        kind: 'size',
        better: 'lower',
        environment: `esbuild ${version}`,
        samples: [item.value],
      });
    }
    expect(Object.keys(encoders.probe)).toEqual(['gzip', 'brotli']);
  });

  it("has the encodings of the file, and a budget's own", async () => {
    const entry = { import: '*', from, encoding: 'brotli' };
    const { measurements, encoders, tracked } = await bundled(entry, LIBRARY, { encodings: [] });
    expect(measurements.map(({ metric }) => metric)).toEqual(['size.raw', 'size.brotli']);
    expect(Object.keys(encoders.probe)).toEqual(['brotli']);
    // Of files nothing was measured in brotli.
    expect(tracked.encodings).toEqual([]);
  });

  it('keeps the probes of files and of imports', async () => {
    const budgets = [
      { files: 'dist/*.js', max: '1 MB', encoding: 'gzip' },
      { import: '*', from, max: '1 MB', encoding: 'brotli' },
    ];
    const { encoders } = await measureFiles({ encodings: [], budgets }, LIBRARY);
    expect(Object.keys(encoders.probe).sort()).toEqual(['brotli', 'gzip']);
  });

  it('names the modules inside, who imports them, and their bytes', async () => {
    const { modules = [], value } = itemIn(await bundled({ import: '*', from }), 'size.raw');
    expect(modules.map(({ id, importer }) => [id, importer])).toEqual([
      ['dist/big.js', 'dist/index.js'],
      ['dist/index.js', undefined],
    ]);
    const sum = modules.reduce((total, { raw }) => total + raw, 0);
    expect(sum).toBeLessThanOrEqual(value);
    expect(sum).toBeGreaterThan(value * 0.8);
    for (const { gzip, brotli } of modules) expect([gzip, brotli]).not.toContain(undefined);
  });

  it('names who uses a module, not who only passes it on', async () => {
    const files = {
      'index.js': "export { upper } from './upper.js'; export { lower } from './lower.js';",
      'upper.js':
        "import { lower } from './lower.js'; export const upper = (a) => lower(a).toUpperCase();",
      'lower.js': 'export const lower = (a) => a.toLowerCase();',
    };
    const { modules = [] } = itemIn(
      await bundled({ import: '{ upper }', from: 'index.js' }, files),
      'size.raw',
    );
    expect(modules.map(({ id, importer }) => [id, importer])).toEqual([
      ['lower.js', 'upper.js'],
      ['upper.js', 'index.js'],
    ]);
  });

  it('names the sources of a library that was bundled before, by its source map', async () => {
    const sources = {
      'src/index.js': "export { big } from './big.js';",
      'src/big.js': LIBRARY['dist/big.js'],
    };
    const folder = await temporaryFolder(sources);
    const dist = join(folder, 'dist');
    await build({
      entryPoints: [join(folder, 'src/index.js')],
      ...{ bundle: true, format: 'esm', sourcemap: true, outdir: dist },
    });
    await writeFiles(folder, { 'budgets.json': { budgets: [{ import: '*', from, max: 1 }] } });
    const { modules = [], value } = itemIn(await measureFolder(folder), 'size.gzip');
    expect(modules.map(({ id }) => id)).toEqual(['src/big.js']);
    expect(modules[0]?.gzip).toBeLessThan(value);
    expect(modules[0]?.raw).toBeGreaterThan(PAD.length);
  });

  it('names modules whose paths are no part of a URL as they are', async () => {
    const files = {
      'a.js': "export { b } from './b c/ü 100%.js';",
      'b c/ü 100%.js': 'export const b = 1;',
    };
    const { modules = [] } = itemIn(
      await bundled({ import: '*', from: 'a.js' }, files),
      'size.raw',
    );
    expect(modules.map(({ id, importer }) => [id, importer])).toContainEqual([
      'b c/ü 100%.js',
      'a.js',
    ]);
  });

  it('shares compressed bytes by what the stream spends on each module', async () => {
    const files = {
      'a.js': "import { b } from './b.js'; import { c } from './c.js'; export const a = [b, c];",
      'b.js': `export const b = '${'b'.repeat(2_000)}';`,
      'c.js': `export const c = '${randomText(2_000)}';`,
    };
    const { modules = [], value } = itemIn(
      await bundled({ import: '{ a }', from: 'a.js' }, files),
      'size.gzip',
    );
    const gzip = new Map(modules.map((one) => [one.id, one.gzip ?? 0]));
    // As many raw bytes, of which only one file's are hard to compress.
    expect(gzip.get('c.js')).toBeGreaterThan(20 * (gzip.get('b.js') ?? Number.NaN));
    expect([...gzip.values()].reduce((left, right) => left + right)).toBeLessThanOrEqual(value);
  });

  it('counts styles and pictures that the library brings along', async () => {
    const files = {
      'a.js': "import './a.css'; import url from './a.png'; export const a = url;",
      'a.css': `.a { content: '${PAD}' }`,
      'a.png': Buffer.alloc(2_000, 1),
    };
    const raw = await rawOf({ import: '{ a }', from: 'a.js' }, files);
    expect(raw).toBeGreaterThan(PAD.length + 2_000);
    const { modules = [] } = itemIn(
      await bundled({ import: '{ a }', from: 'a.js' }, files),
      'size.raw',
    );
    expect(modules.map(({ id }) => id)).toEqual(['a.css', 'a.js', 'a.png']);
    expect(modules.find(({ id }) => id === 'a.png')?.raw).toBeGreaterThanOrEqual(2_000);
  });
});

describe('dependencies', () => {
  const files: Files = {
    ...LIBRARY,
    'dist/index.js': "import { dep } from 'dep'; export const a = () => dep();",
    'node_modules/dep/package.json': { name: 'dep', main: 'index.js' },
    'node_modules/dep/index.js': `export const dep = () => '${PAD}';`,
  };

  it('count, unless they are ignored or external', async () => {
    expect(await rawOf({ import: '*', from }, files)).toBeGreaterThan(PAD.length);
    for (const key of ['ignore', 'external']) {
      expect(await rawOf({ import: '*', from, [key]: ['dep'] }, files)).toBeLessThan(PAD.length);
    }
  });

  it('are packages of the snapshot, with versions and who brought them in', async () => {
    const installed = {
      ...files,
      'dist/index.js': "export { a } from './a.js';",
      'dist/a.js': "import { dep } from 'dep'; export const a = () => dep();",
      'node_modules/dep/package.json': { name: 'dep', main: 'index.js', version: '1.2.3' },
      'node_modules/dep/index.js': "export { deep as dep } from 'deep';",
      'node_modules/deep/package.json': { name: 'deep', main: 'index.js', version: '0.1.0' },
      'node_modules/deep/index.js': `export const deep = () => '${PAD}';`,
    };
    const { packages } = await bundled({ import: '*', from }, installed);
    const facts = { version: '0.1.0', importer: 'dist/a.js' };
    expect(packages).toContainEqual({ instance: 'node_modules/deep', name: 'deep', ...facts });
    const tracked = await bundled({ import: '*', from }, installed, { track: 'dist/*.js' });
    expect(tracked.packages).toEqual(packages);
  });

  it('are left out with their subpaths where they are peers, installed or not', async () => {
    const entry = { import: '{ Button }', from: './dist/button.js' };
    expect(await rawOf(entry)).toBeLessThan(150);
    const installed = {
      ...LIBRARY,
      'node_modules/react/package.json': { name: 'react' },
      'node_modules/react/jsx-runtime.js': `exports.jsx = () => '${PAD}';`,
    };
    expect(await rawOf(entry, installed)).toBe(await rawOf(entry));
  });

  it('are peers of the package that the file is in, not of a nameless one below it', async () => {
    const nested = {
      'package.json': { name: 'root', private: true },
      'packages/a/package.json': { name: 'a', peerDependencies: { react: '*' } },
      'packages/a/dist/package.json': { type: 'module' },
      'packages/a/dist/index.js': LIBRARY['dist/button.js'],
    };
    // React is not installed: only as a peer it is not missed.
    const entry = { import: '{ Button }', from: 'packages/a/dist/index.js' };
    expect(await rawOf(entry, nested)).toBeLessThan(150);
  });

  it('that are not installed are an error that says what to do', async () => {
    const missing = { ...LIBRARY, 'dist/index.js': "\nexport * from 'left-pad';" };
    await expect(bundled({ import: '*', from }, missing)).rejects.toMatchObject({
      name: 'UserError',
      code: 'import-unresolved',
      message: 'dist/index.js:2:15 imports "left-pad", which is not there.',
      hint: expect.stringContaining('peer dependency'),
    });
  });

  it('on modules of Node ask for the platform', async () => {
    const node = { ...LIBRARY, 'dist/index.js': "export { join } from 'node:path';" };
    await expect(bundled({ import: '*', from }, node)).rejects.toMatchObject({
      code: 'import-unresolved',
      hint: expect.stringContaining('"platform": "node"'),
    });
    expect(await rawOf({ import: '*', from, platform: 'node' }, node)).toBeLessThan(200);
  });
});

describe('places', () => {
  it('are files with or without ./, and lists of them', async () => {
    const plain = await rawOf({ import: '{ small }', from: 'dist/index.js' });
    expect(plain).toBe(await rawOf({ import: '{ small }', from }));
    const list = await rawOf({ import: '*', from: [from, './dist/worker.js'] });
    expect(list).toBeGreaterThan(await rawOf({ import: '*', from }));
  });

  it('are files of a map, each with names of its own', async () => {
    const map = { './dist/worker.js': '{ Button }', './dist/index.js': '{ small }' };
    const { measurements } = await bundled({ import: map });
    expect(measurements[0]?.subject).toBe(
      'import { small } from "./dist/index.js"; { Button } from "./dist/worker.js"',
    );
  });

  it.each(['my-lib/button', './button'])('are subpaths of the package itself: %s', async (own) => {
    const button = await rawOf({ import: '{ Button }', from: own });
    expect(button).toBe(await rawOf({ import: '{ Button }', from: './dist/button.js' }));
    const worker = await rawOf({ import: '{ Button }', from: own, conditions: ['worker'] });
    expect(worker).toBe(await rawOf({ import: '{ Button }', from: './dist/worker.js' }));
  });

  it.each(['my-lib', '.'])('are the package itself: %s', async (own) => {
    expect(await rawOf({ import: '*', from: own })).toBe(await rawOf({ import: '*', from }));
  });

  it('follow patterns of `exports`', async () => {
    expect(await rawOf({ import: '{ Star }', from: './icons/star' })).toBe(
      await rawOf({ import: '{ Star }', from: './dist/icons/star.js' }),
    );
  });

  it('are found by `main` and `module` where nothing says what is exported', async () => {
    const old = {
      ...LIBRARY,
      'package.json': { name: 'old', main: 'dist/worker.js', module: 'dist/index.js' },
    };
    const whole = await rawOf({ import: '*', from }, old);
    for (const own of ['old', '.', 'old/dist/index.js']) {
      expect(await rawOf({ import: '*', from: own }, old)).toBe(whole);
    }
    const entry = { import: '*', from: 'old', platform: 'neutral' };
    expect(await rawOf(entry, old)).toBe(whole);
  });

  it('are seen from the budgets file, wherever the package is', async () => {
    const folder = await temporaryFolder({
      ...LIBRARY,
      'ci/budgets.json': { budgets: [{ import: '{ Button }', from: 'my-lib/button', max: 1 }] },
    });
    const host = quietHost();
    const config = await loadConfig('ci/budgets.json', folder, host);
    const { snapshot } = await measure(config, host, null);
    expect(sizeIn(snapshot, 'size.raw')).toBe(
      await rawOf({ import: '{ Button }', from: 'my-lib/button' }),
    );
  });
});

describe('conditions and platforms', () => {
  const files = {
    'package.json': {
      name: 'my-lib',
      exports: {
        node: './node.js',
        browser: { module: './browser-module.js', default: './browser.js' },
        default: './neutral.js',
      },
    },
    'node.js': 'export const a = "node"',
    'browser-module.js': 'export const a = "browser, module"',
    'browser.js': 'export const a = "browser, and no module"',
    'neutral.js': 'export const a = "neutral, which is neither"',
  };

  it('choose what is bundled', async () => {
    const of = (entry: object) => rawOf({ import: '*', from: 'my-lib', ...entry }, files);
    const at = (file: string) => rawOf({ import: '*', from: file }, files);
    expect(await of({})).toBe(await at('./browser-module.js'));
    expect(await of({ conditions: ['production'] })).toBe(await at('./browser-module.js'));
    expect(await of({ platform: 'node' })).toBe(await at('./node.js'));
    expect(await of({ platform: 'neutral' })).toBe(await at('./neutral.js'));
  });

  it('are part of what a measurement is of', async () => {
    const entry = { import: '*', from: 'my-lib', platform: 'node', conditions: ['b', 'a'] };
    const { measurements } = await bundled({ ...entry, external: ['x'], ignore: ['y'] }, files);
    expect(measurements[0]?.subject).toBe(
      'import * from "my-lib" (node; condition a, b; without x, y)',
    );
  });
});

describe('what is not there', () => {
  it('names the exports that are', async () => {
    await expect(bundled({ import: '{ smal }', from })).rejects.toMatchObject({
      name: 'UserError',
      code: 'no-export',
      message: './dist/index.js has no export "smal".',
      hint: 'Did you mean "small"? It exports big, default, small.',
    });
    const plain = { ...LIBRARY, 'dist/index.js': 'export const a = 1;' };
    await expect(bundled({ import: 'default', from }, plain)).rejects.toMatchObject({
      message: './dist/index.js has no default export.',
      hint: 'It exports a.',
    });
  });

  it('says so of TypeScript too, and of the right file of several', async () => {
    const files = { 'a.ts': 'export const a: number = 1', 'b.ts': 'export const b = 2' };
    const entry = { import: { './a.ts': '{ a }', './b.ts': '{ c }' } };
    await expect(bundled(entry, files)).rejects.toMatchObject({
      message: './b.ts has no export "c".',
      hint: 'Did you mean "b"? It exports b.',
    });
  });

  it.each([
    ['./dist/none.js', 'dist/none.js'],
    ['my-lib/gone', 'my-lib/gone'],
    ['my-lib/none', 'my-lib/none'],
  ])('is no-match: %s', async (place, shown) => {
    await expect(bundled({ import: '*', from: place })).rejects.toMatchObject({
      name: 'UserError',
      code: 'nothing-matches',
      message: expect.stringContaining(shown),
    });
  });

  it('asks to build first', async () => {
    await expect(bundled({ import: '*', from }, {})).rejects.toMatchObject({
      message: 'dist/ does not exist; build first.',
    });
    const entry = { import: '*', from, optional: true };
    expect((await bundled(entry, {})).measurements).toEqual([]);
  });

  it('is no reason to leave out what is there', async () => {
    const budgets = [
      { import: '*', from, max: 1 },
      { import: '*', from: './dist/none.js', max: 1 },
    ];
    const { measurements } = await measureFiles({ budgets }, LIBRARY);
    expect(new Set(measurements.map(({ subject }) => subject)).size).toBe(1);
  });
});

describe('what cannot be bundled', () => {
  it('is an error with file, line and column', async () => {
    const broken = { ...LIBRARY, 'dist/big.js': '\n  export const = 1;' };
    await expect(bundled({ import: '*', from }, broken)).rejects.toMatchObject({
      name: 'UserError',
      code: 'import-broken',
      message: 'dist/big.js:2:16 cannot be bundled: Expected identifier but found "=".',
      hint: expect.stringContaining('build again'),
    });
  });

  it('is an error where package.json is not whole', async () => {
    const files = { ...LIBRARY, 'package.json': '{ "name": ' };
    await expect(bundled({ import: '*', from }, files)).rejects.toMatchObject({
      code: 'package-unreadable',
      message: expect.stringContaining('package.json is not whole JSON'),
    });
  });

  it('is an error in base as well, whose package.json is no matter of what is new', async () => {
    const folder = await temporaryFolder({
      ...LIBRARY,
      'package.json': '{ "name": ',
      'budgets.json': { budgets: [{ import: '*', from, max: '1 MB' }] },
    });
    const host = quietHost();
    const measuring = measure(await loadConfig(null, folder, host), host, null, { isBase: true });

    await expect(measuring).rejects.toMatchObject({ code: 'package-unreadable' });
  });

  it('is an error for an option that esbuild refuses', async () => {
    await expect(bundled({ import: '*', from, external: ['a*b*c'] })).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('a*b*c'),
    });
  });
});

describe('esbuild', () => {
  it('is asked for by the command that installs it', async () => {
    const folder = await temporaryFolder({
      ...LIBRARY,
      'budgets.json': { budgets: [{ import: '*', from, max: 1 }] },
    });
    const asked: string[] = [];
    const host: Host = {
      ...quietHost(),
      loadPackage: async (way, from) => {
        asked.push(`${way.join(' > ')} in ${from}`);
        return null;
      },
    };
    await expect(measureFolder(folder, host)).rejects.toMatchObject({
      name: 'UserError',
      code: 'no-bundler',
      hint: 'Run: npm install --save-dev esbuild',
    });
    expect(asked).toContain(`esbuild in ${folder}`);
    expect(asked).toContain(`vite > esbuild in ${host.resolve('.')}`);
  });

  it.each([
    ['./package.json', "esbuild Vite's"],
    // A package that does not let its package.json be seen is no way through.
    ['./index.js', `esbuild ${version}`],
  ])('is what Vite brings along, where only Vite sees it: %s', async (open, expected) => {
    const real = JSON.stringify(resolve('node_modules/esbuild'));
    const folder = await temporaryFolder({
      ...LIBRARY,
      'budgets.json': { budgets: [{ import: '*', from, max: 1 }] },
      // As pnpm lays it out.
      '.store/vite/node_modules/vite/package.json': { name: 'vite', exports: { [open]: open } },
      '.store/vite/node_modules/esbuild/index.js': `module.exports = { ...require(${real}), version: "Vite's" };`,
    });
    await mkdir(join(folder, 'node_modules'));
    await symlink(join(folder, '.store/vite/node_modules/vite'), join(folder, 'node_modules/vite'));
    const [first] = (await measureFolder(folder)).measurements;
    expect(first?.environment).toBe(expected);
  });

  it('that is broken is an error, and no other one is taken in its place', async () => {
    const files = {
      ...LIBRARY,
      'node_modules/esbuild/index.js': "throw new Error('not for this machine');",
    };
    await expect(bundled({ import: '*', from }, files)).rejects.toMatchObject({
      name: 'UserError',
      code: 'package-broken',
      message: expect.stringContaining('not for this machine'),
    });
  });

  it('is ended once nobody is at work with it any more', async () => {
    const events: string[] = [];
    const real = await import('esbuild');
    const shared = {
      version: 'shared',
      build: (options: BuildOptions) => real.build(options).finally(() => events.push('built')),
      stop: async () => {
        events.push('stopped');
      },
    };
    const host: Host = { ...quietHost(), loadPackage: async () => shared };
    const folders = await Promise.all(
      ['*', '{ small }'].map((clause) =>
        temporaryFolder({
          ...LIBRARY,
          'budgets.json': { budgets: [{ import: clause, from, max: 1 }] },
        }),
      ),
    );
    await Promise.all(folders.map((folder) => measureFolder(folder, host)));
    expect(events).toEqual(['built', 'built', 'stopped']);
    const broken = await temporaryFolder({
      'budgets.json': { budgets: [{ import: '*', from: 'a.js', max: 1 }] },
      'a.js': 'export',
    });
    await expect(measureFolder(broken, host)).rejects.toMatchObject({ code: 'import-broken' });
    expect(events.at(-1)).toBe('stopped');
  });

  it('has many bundles made at once, each of them once', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `a${index}`);
    const files = { 'a.js': names.map((name) => `export const ${name} = '${name}';`).join('\n') };
    const budgets = [...names, 'a0'].map((name, index) => ({
      name: `${index}`,
      import: `{ ${name} }`,
      from: 'a.js',
      max: 1,
    }));
    const { measurements } = await measureFiles({ budgets }, files);
    expect(measurements).toHaveLength(names.length * 3);
  });
});
