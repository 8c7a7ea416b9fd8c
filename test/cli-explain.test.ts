import { describe, expect, it } from 'vitest';
import { formatSnapshotSet } from '../src/core/snapshot-set.ts';
import { formatSnapshot } from '../src/core/snapshot-text.ts';
import type { ModuleShare } from '../src/model/module.ts';
import type { Asset, Snapshot } from '../src/model/snapshot.ts';
import {
  asset,
  budget,
  duplicatesBudget,
  importBudget,
  importMeasurement,
  importSelection,
  installed,
  opened,
  packageBudget,
  page,
  pageBudget,
  snapshot,
} from './support/build.ts';
import { fromSource as run } from './support/doors.ts';
import { temporaryFolder } from './support/temporary.ts';

const BUDGETS = [
  budget({ name: 'All script', files: 'dist/*.js', max: 1_000_000 }),
  budget({ name: 'Paint', metric: 'largest-contentful-paint', max: 1 }),
];
const OWN = { 'src/main.ts': 9_000, 'src/Report.ts': 3_000 };
const REACT = { 'node_modules/react/index.js': 30_000, 'node_modules/react/jsx.js': 6_000 };
const LODASH = { 'node_modules/lodash/lodash.js': 21_000 };
const MOMENT = { 'node_modules/moment/moment.js': 60_000 };

const BASE = snapshot({
  budgets: BUDGETS,
  assets: [
    opened('dist/index.js', { ...OWN, ...REACT, ...LODASH }, { load: 'initial' }),
    opened('dist/late.js', { 'src/Late.ts': 900 }, { load: 'lazy' }),
  ],
  packages: [installed('react', '18.2.0'), installed('lodash', '4.17.21')],
});
const HEAD = snapshot({
  budgets: BUDGETS,
  assets: [
    opened('dist/index.js', { ...OWN, ...REACT, ...MOMENT }, { load: 'initial' }),
    opened('dist/late.js', { 'src/Late.ts': 900 }, { load: 'lazy' }),
  ],
  packages: [
    installed('react', '18.2.0'),
    installed('moment', '2.30.1', { importer: 'src/Report.ts' }),
  ],
});

async function folderOf(head: Snapshot = HEAD, base: Snapshot = BASE): Promise<string> {
  return temporaryFolder({ 'head.json': formatSnapshot(head), 'base.json': formatSnapshot(base) });
}

async function explained(...args: string[]) {
  const { code, stdout, stderr } = await run(await folderOf(), [
    'explain',
    ...args,
    '--from',
    'head.json',
  ]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

describe('what is inside a build', () => {
  it('is told as a tree: assets, packages with versions, modules, and the rest', async () => {
    const lines = (await explained()).trimEnd().split('\n');

    expect(lines.map((line) => line.slice(2).replaceAll(/(?<=\S) +/g, ' '))).toEqual([
      'Inside gzip Raw Loaded',
      'dist/index.js 36.1 kB 108.3 kB initial',
      '  moment@2.30.1 20 kB 60 kB',
      '    node_modules/moment/moment.js 20 kB 60 kB',
      '  react@18.2.0 12 kB 36 kB',
      '    node_modules/react/index.js 10 kB 30 kB',
      '    node_modules/react/jsx.js 2 kB 6 kB',
      '  src/main.ts 3 kB 9 kB',
      '  src/Report.ts 1 kB 3 kB',
      '  of no module 100 B 300 B',
      'dist/late.js 400 B 1.2 kB lazy',
      '  src/Late.ts 300 B 900 B',
      '  of no module 100 B 300 B',
    ]);
  });

  it('goes by paths in a package where there is no room for more, and where it has one copy', async () => {
    const inside = 'cjs/a-production-build-with-a-rather-long-name.js';
    const copy = 'node_modules/old/node_modules/react/index.js';
    const assets = [
      opened('dist/one.js', { ...OWN, [`node_modules/react/${inside}`]: 9_000 }),
      opened('dist/two.js', { ...REACT, [copy]: 6_000 }),
    ];
    const folder = await folderOf({ ...HEAD, assets });
    const { stdout } = await run(folder, ['explain', '--from', 'head.json']);

    expect(stdout).toContain(`\n      ${inside} `);
    expect(stdout).toContain('\n      node_modules/react/jsx.js ');
    expect(stdout).toContain(`\n      ${copy} `);
  });

  it.each([
    ['All script', 'dist/late.js'],
    ['dist/late.js', 'src/Late.ts'],
    ['late.js', 'src/Late.ts'],
    ['moment', 'moment@2.30.1'],
    ['moment@2.30.1', 'node_modules/moment/moment.js'],
    ['src/Report.ts', 'dist/index.js'],
  ])('can be asked of %s', async (name, word) => {
    const text = await explained(name);

    expect(text).toContain(word);
    expect(text.includes('react')).toBe(name === 'All script');
  });

  it('is nothing for a budget that is not about files, and it is said', async () => {
    expect(await explained('Paint')).toContain('not about bytes of files');
  });

  it.each([
    ['requests', 'gzip', '36.1 kB'],
    ['download-time', 'gzip', '36.1 kB'],
    ['download-time', 'raw', '108.3 kB'],
  ] as const)('of a budget on %s is in its own encoding: %s', async (metric, encoding, size) => {
    const network = { kbps: 1_600, rtt: 150 };
    const budgets = [pageBudget({ name: 'Home', metric, encoding, network, max: 1 })];
    const pages = [page('dist/index.html', { initial: ['dist/index.js'] })];
    const folder = await folderOf({ ...HEAD, budgets, pages });
    const { stdout } = await run(folder, ['explain', 'Home', '--from', 'head.json']);

    expect(stdout).toMatch(new RegExp(`dist/index\\.js +${size.replace('.', '\\.')} `));
  });

  it('is not known without a map, and it is said', async () => {
    const assets = HEAD.assets.map((one) => ({ ...one, modules: undefined }));
    const folder = await folderOf({ ...HEAD, assets });
    const { stdout } = await run(folder, ['explain', '--from', 'head.json']);

    expect(stdout).toContain('no source map says what');
  });

  it('is summed up where there is much of it, and shown in full to who asks', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 90 }, (_, index) => [`src/file${index}.ts`, 100 + index]),
    );
    const folder = await folderOf({ ...HEAD, assets: [opened('dist/index.js', many)] });
    const all = await run(folder, ['explain', '--from', 'head.json']);
    const one = await run(folder, ['explain', 'dist/index.js', '--from', 'head.json']);

    expect(all.stdout).toContain('71 smaller');
    expect(one.stdout).toContain('src/file0.ts');
  });
});

describe('the difference of two builds', () => {
  const base = ['--base', 'base.json'];

  it('is told in full', async () => {
    const text = await explained(...base);

    expect(text).toContain('Why All script grew by 13 kB');
    expect(text).toContain('moment@2.30.1 is new (+20 kB), imported by src/Report.ts');
    expect(text).toContain('lodash@4.17.21 is gone (-7 kB)');
    expect(text).toContain('Compared with 1a2b3c4, a snapshot named by hand: base.json.');
  });

  it.each([
    ['moment', 'moment@2.30.1 is new', 'lodash'],
    ['lodash', 'lodash@4.17.21 is gone', 'moment'],
  ])('of a package that came or went: %s', async (name, words, other) => {
    const text = await explained(name, ...base);

    expect(text).toContain(words);
    expect(text).not.toContain(other);
  });

  it('of a budget is that of its files, to the byte', async () => {
    const text = await explained('All script', ...base);

    expect(text).toContain('Why All script grew by 13 kB');
    expect(text).toContain('lodash@4.17.21 is gone (-7 kB)');
  });

  it('of one build twice is none, and it is said', async () => {
    const text = await explained('--base', 'head.json');

    expect(text).toContain('Nothing of it changed.');
  });

  it('of several projects is that of each, beside its own base', async () => {
    const grown = [opened('dist/index.js', { ...OWN, ...REACT, ...MOMENT, 'src/main.ts': 9_030 })];
    const setOf = (...[one, other]: [Snapshot, Snapshot]) =>
      formatSnapshotSet({
        snapshots: [
          { ...one, project: 'packages/a' },
          { ...other, project: 'packages/b' },
        ],
        skipped: [],
      });
    const folder = await temporaryFolder({
      'head.json': setOf(BASE, { ...HEAD, assets: grown }),
      'base.json': setOf(BASE, BASE),
    });
    const args = ['explain', 'src/main.ts', '--from', 'head.json', ...base];
    const { stdout } = await run(folder, args);

    const [a, b] = stdout.replaceAll(/\s+/g, ' ').split('packages/b ');
    expect(a).toContain('Nothing of it changed.');
    expect(b).toContain('It changed by +10 B');
  });

  it('of a package in a file is no more than its part', async () => {
    const text = await explained('lodash', ...base);

    expect(text).toContain('In dist/index.js\n  lodash@4.17.21 is gone (-7 kB)\n');
    expect(text).not.toContain('shrank');
  });

  it('of a file that came or went says so, whatever its size is in', async () => {
    const fresh = opened('dist/fresh.js', { 'src/Fresh.ts': 5_000 });
    const folder = await folderOf({ ...HEAD, assets: [...HEAD.assets, fresh] }, HEAD);
    const told = async (from: string, to: string) => {
      const args = ['explain', 'dist/fresh.js', '--from', to, '--base', from];
      return (await run(folder, args)).stdout;
    };

    expect(await told('base.json', 'head.json')).toContain(
      'What is in dist/fresh.js, new with 1.8 kB',
    );
    expect(await told('head.json', 'base.json')).toContain('What went with dist/fresh.js, 1.8 kB');
  });

  it('of what did not change is what is inside', async () => {
    const text = await explained('react', ...base);

    expect(text).toContain('Nothing of it changed.');
    expect(text).toContain('node_modules/react/jsx.js');
  });
});

describe('what no cause tells', () => {
  async function told(name: string, head: Snapshot, base: Snapshot = BASE) {
    const args = ['explain', name, '--from', 'head.json', '--base', 'base.json'];
    const { stdout } = await run(await folderOf(head, base), args);
    return stdout.replaceAll(/\s+/g, ' ');
  }
  const closed = (one: Snapshot) => ({
    ...one,
    packages: undefined,
    assets: one.assets.map((asset) => ({ ...asset, modules: undefined })),
  });

  it.each(['moment', 'dist/index.js', 'All script'])(
    'is that base had no maps, of %s',
    async (name) => {
      const text = await told(name, HEAD, closed(BASE));

      expect(text).toContain('Base was measured without source maps');
      expect(text).not.toContain('Nothing of it changed');
    },
  );

  it('is not asked of maps where a picture is all that is new', async () => {
    const budgets = [budget({ name: 'Pictures', files: 'dist/*.png', max: 1_000_000 })];
    const picture = (path: string) => ({ ...opened(path, {}), modules: undefined });
    const before = { ...closed(BASE), budgets };
    const base = { ...before, assets: [...before.assets, picture('dist/a.png')] };
    const head = { ...base, assets: [...base.assets, picture('dist/b.png')] };
    const text = await told('Pictures', head, base);

    expect(text).toContain('dist/b.png is new');
    expect(text).not.toMatch(/source maps?\b/);
  });

  it('is that the file had no map in base, though others had', async () => {
    const [script, late] = BASE.assets;
    const before = [{ ...script, modules: undefined }, late] as Snapshot['assets'];
    const text = await told('src/main.ts', HEAD, { ...BASE, assets: before });

    expect(text).toContain('Base was measured without source maps');
    expect(text).not.toContain('It changed by');
  });

  it('is that head has no maps', async () => {
    expect(await told('All script', closed(HEAD))).toContain('Head was measured without');
  });

  it('is that no map tells of a package', async () => {
    const budgets = [packageBudget('moment', { max: 1 })];
    const text = await told('moment', { ...closed(HEAD), budgets });

    expect(text).toContain('no source map tells');
    expect(text).not.toContain('not about bytes');
  });

  it('is a file of an each that is new', async () => {
    const budgets = [budget({ name: 'Each', files: 'dist/*.js', each: true, max: 1 })];
    const fresh = opened('dist/fresh.js', { 'src/Fresh.ts': 5_000 });
    const text = await told('Each', { ...HEAD, budgets, assets: [...HEAD.assets, fresh] });

    expect(text).toContain('What is in Each dist/fresh.js, new with 1.8 kB');
    expect(text).toContain('src/Fresh.ts is new');
    expect(text).toContain('moment@2.30.1 is new');
  });

  it('is each copy of what is there twice', async () => {
    const budgets = [duplicatesBudget({ max: 0 })];
    const inner = 'node_modules/old/node_modules/react';
    const twice = { ...OWN, ...REACT, [`${inner}/index.js`]: 900 };
    const old = installed('react', '17.0.2', { instance: inner, importer: 'src/Report.ts' });
    const packages = [installed('react', '18.2.0'), old];
    const assets = [opened('dist/index.js', twice)];
    const text = await told('duplicates', { ...HEAD, budgets, packages, assets });

    expect(text).toContain('duplicates rose by 1, from 0 to 1.');
    expect(text).toContain('18.2.0 in node_modules/react');
    expect(text).toContain(`17.0.2 in ${inner}, imported by src/Report.ts`);
  });

  it('is that nothing is there twice', async () => {
    const budgets = [duplicatesBudget({ max: 0 })];

    expect(await told('duplicates', { ...HEAD, budgets })).toContain(
      'No package is inside in more than one copy.',
    );
  });

  it('is a time that moved', async () => {
    const network = { kbps: 1_600, rtt: 150 };
    const budgets = [pageBudget({ name: 'Time', metric: 'download-time', network, max: 1 })];
    const pages = [page('dist/index.html', { initial: ['dist/index.js'] })];
    const html = opened('dist/index.html', {});
    const withPage = (one: Snapshot) => ({ ...one, budgets, pages, assets: [...one.assets, html] });
    const text = await told('Time', withPage(HEAD), withPage(BASE));

    expect(text).toMatch(/Time rose by \d+ ms, from .+ to /);
  });

  it('is a style sheet, of which no map tells', async () => {
    const style = (raw: number, path = 'dist/a.css') => asset(path, { raw, gzip: raw });
    const withStyles = (one: Snapshot, ...styles: Asset[]) => ({
      ...one,
      assets: [...one.assets, ...styles],
    });
    const head = withStyles(HEAD, style(560), style(90, 'dist/b.css'));
    const base = withStyles(BASE, style(500));

    expect(await told('dist/a.css', head, base)).toMatch(
      /^dist\/a.css grew by 60 B, which no module explains. Compared with/,
    );
    expect(await told('dist/b.css', head, base)).toContain(
      'dist/b.css is new with 90 B, and nothing says what is inside.',
    );
  });

  it('is that the package that is judged grew: its number says it', async () => {
    const budgets = [packageBudget('react', { max: 1 })];
    const assets = [
      opened('dist/index.js', { ...OWN, ...REACT, 'node_modules/react/index.js': 36_000 }),
    ];
    const text = await told('react', { ...HEAD, budgets, assets }, { ...BASE, budgets });

    expect(text).toMatch(/^react rose by 2 kB, from 12 kB to 14 kB\. Compared with/);

    const late = opened('dist/late.js', { 'src/Late.ts': 900 });
    const little = [
      opened('dist/index.js', { ...OWN, ...REACT, 'node_modules/react/index.js': 30_003 }),
      late,
    ];
    const same = await told('react', { ...HEAD, budgets, assets: little }, { ...BASE, budgets });
    expect(same).toMatch(/^react rose by 1 B, from 12000 B to 12001 B\. Compared with/);
    expect(same).not.toContain('late.js');
  });

  it.each([
    ['in one project', '.', []],
    ['in a project that goes by another name', 'shop', []],
    ['beside a file that has no map on either side', '.', ['dist/a.png']],
  ])('is a module that changed by little, %s', async (_, project, paths) => {
    const others = paths.map((path) => ({ ...opened(path, {}), modules: undefined }));
    const script = opened('dist/index.js', { ...OWN, ...REACT, ...MOMENT, 'src/main.ts': 9_030 });
    const head = { ...HEAD, project, assets: [script, ...others] };
    const text = await told('src/main.ts', head, { ...BASE, assets: [...BASE.assets, ...others] });

    expect(text).toContain('It changed by +10 B, which is below what is named.');
  });
});

describe('a library that budgets import from', () => {
  const selection = importSelection();
  const share = (id: string, raw: number) => ({ id, raw, gzip: raw / 3 });
  const library = (value: number, ...modules: ModuleShare[]) =>
    snapshot({
      budgets: [importBudget(selection, { name: 'Add', max: 100_000 })],
      measurements: [importMeasurement(selection, value, { modules })],
      packages: [installed('moment', '2.31.0', { importer: 'dist/math.js' })],
    });
  const OWN_CODE = share('dist/math.js', 300);
  const LIGHT = library(100, OWN_CODE);
  const HEAVY = library(18_100, OWN_CODE, share('node_modules/moment/moment.js', 54_000));
  async function told(head: Snapshot, ...args: string[]) {
    const { code, stdout } = await run(await folderOf(head, LIGHT), [
      'explain',
      ...args,
      '--from',
      'head.json',
    ]);
    expect(code).toBe(0);
    return stdout.replaceAll(/\s+/g, ' ');
  }

  it('has packages inside, and what they did is told', async () => {
    const text = await told(HEAVY, 'moment', '--base', 'base.json');

    expect(text).toContain('import { a } from "./dist/index.js"');
    expect(text).toContain('moment@2.31.0 is new (+18 kB), imported by dist/math.js');
    expect(text).not.toMatch(/Nothing|source map/);
    expect(await told(HEAVY, 'moment')).toContain('moment@2.31.0 18 kB 54 kB');
  });

  it('has modules inside', async () => {
    const text = await told(HEAVY, 'node_modules/moment/moment.js', '--base', 'base.json');

    expect(text).toContain('It changed by +18 kB, which no cause names by itself.');
    expect(text).toContain('node_modules/moment/moment.js 18 kB 54 kB');
  });

  it('can be asked of an import by what it is', async () => {
    const text = await told(HEAVY, 'import { a } from "./dist/index.js"', '--base', 'base.json');

    expect(text).toContain('grew by 18 kB moment@2.31.0 is new');
  });

  it('has lost a package', async () => {
    const folder = await folderOf(LIGHT, HEAVY);
    const args = ['explain', 'moment', '--from', 'head.json', '--base', 'base.json'];
    expect((await run(folder, args)).stdout).toContain('moment@2.31.0 is gone (-18 kB)');
  });

  it('is told whole where no name asks for less', async () => {
    expect(await told(HEAVY)).toContain('import { a } from "./dist/index.js" 18.1 kB 54.3 kB');
  });

  it('is as it was, or changed below what is named', async () => {
    const same = await told(LIGHT, 'dist/math.js', '--base', 'base.json');
    expect(same).toContain('Nothing of it changed.');
    expect(same).toContain('dist/math.js 100 B 300 B');
    const slight = await told(
      library(110, share('dist/math.js', 330)),
      'dist/math.js',
      '--base',
      'base.json',
    );
    expect(slight).toContain('dist/math.js grew by 10 B');
    expect(slight).not.toContain('source map');
  });

  it('is not asked of source maps where no module says why', async () => {
    const text = await told(library(500, OWN_CODE), 'Add', '--base', 'base.json');
    expect(text).not.toContain('source map');
  });
});

describe('explain', () => {
  it('measures where no snapshot is named', async () => {
    const folder = await temporaryFolder({
      'dist/a.js': 'console.log(1)',
      'budgets.json': { budgets: [{ files: 'dist/*.js', max: '1 kB' }] },
    });
    const { code, stdout } = await run(folder, ['explain', '--base', 'none']);

    expect(code).toBe(0);
    expect(stdout).toContain('dist/a.js');
  });

  it.each([
    [['explain', 'momnet'], 'Did you mean "moment"?'],
    [['explain', 'a', 'b'], 'Put a name with spaces in quotes'],
    [['explain', '--config', 'budgets.json'], '--config means nothing beside --from'],
  ])('refuses %j with a hint', async (args, words) => {
    const ran = await run(await folderOf(), [...args, '--from', 'head.json']);

    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toContain(words);
  });

  it('does not know what a build without source maps has inside, and says what would', async () => {
    const entries = { track: 'dist/*.js', budgets: [] };
    const folder = await temporaryFolder({
      'budgets.json': JSON.stringify(entries),
      'dist/app.js': 'import_moment();'.repeat(99),
      'package.json': '{"devDependencies":{"vite":"8"}}',
    });
    const { code, stderr } = await run(folder, ['explain', 'moment']);

    expect(code).toBe(2);
    expect(stderr).toContain('"moment" is no budget or asset here; whether it is a package or');
    expect(stderr).toContain(
      "No source map says what is inside dist/app.js: set `build: { sourcemap: 'hidden' }` in vite.config.js",
    );
  });

  it('says nothing that a terminal or a runner would obey, and keeps within its width', async () => {
    const name = `\u001b[31m${'x'.repeat(200)}\n::error::`;
    const inside = { [name]: 5_000, [`node_modules/${name}/i.js`]: 9_000 };
    const head = { ...HEAD, assets: [opened('dist/index.js', { ...OWN, ...inside })] };
    for (const args of [[], ['--base', 'base.json']]) {
      const { stdout } = await run(await folderOf(head), [
        'explain',
        ...args,
        '--from',
        'head.json',
      ]);

      expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}|(^|\n)::/u);
      expect(stdout.split('\n').filter((line) => [...line].length > 80)).toEqual([]);
    }
  });
});
