import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { attribute } from '../../src/core/attribute.ts';
import { compare } from '../../src/core/compare.ts';
import type { Budget } from '../../src/model/budget.ts';
import type { ModuleShare } from '../../src/model/module.ts';
import type { ReportCause } from '../../src/model/report.ts';
import type { Asset, Snapshot } from '../../src/model/snapshot.ts';
import {
  asset,
  baseline,
  budget,
  type Inside,
  installed,
  opened,
  snapshot,
} from '../support/build.ts';

const SCRIPT = budget({ name: 'All script', files: 'dist/*.js', max: 100_000 });

/** A script with modules inside, told apart by when it is loaded as well. */
function script(name: string, inside: Inside, facts: Partial<Asset> = {}): Asset {
  return opened(`dist/${name}.js`, inside, facts);
}

type Build = readonly Asset[] | Partial<Snapshot>;

function build(of: Build, budgets: readonly Budget[]): Snapshot {
  return snapshot({ budgets, ...('length' in of ? { assets: of } : of) });
}

function causes(base: Build, head: Build, budgets: readonly Budget[] = [SCRIPT]): ReportCause[] {
  const comparison = compare(build(head, budgets), baseline(build(base, budgets)));
  return attribute(comparison, 'gzip');
}

function ofBudget(list: readonly ReportCause[]): ReportCause[] {
  return list.filter(({ budget: name }) => name !== null);
}

/** What a budget's causes say, without the bytes. */
function said(list: readonly ReportCause[]): string[] {
  return ofBudget(list).map(({ kind, package: name, module, from, to }) =>
    [kind, name ?? module, from, to].filter((part) => part !== null).join(' '),
  );
}

const APP = { 'src/main.tsx': 2_000, 'src/Home.tsx': 3_000, 'node_modules/react/index.js': 9_000 };

describe('a cause', () => {
  it('names a package that is new, with its version and who imports it', () => {
    const moment = installed('moment', '2.30.1', { importer: 'src/Home.tsx' });
    const head = [script('index', { ...APP, 'node_modules/moment/moment.js': 60_000 })];
    const list = causes([script('index', APP)], { assets: head, packages: [moment] });

    expect(ofBudget(list)[0]).toEqual({
      budget: 'All script',
      of: 'dist/*.js',
      subject: 'dist/index.js',
      kind: 'added',
      package: 'moment',
      version: '2.30.1',
      module: null,
      load: null,
      from: null,
      to: null,
      bytes: 20_000,
      importer: 'src/Home.tsx',
    });
  });

  it('is listed for the asset by itself as well, without a budget', () => {
    const head = [script('index', { ...APP, 'src/New.tsx': 900 })];
    const list = causes([script('index', APP)], head, []);

    expect(list).toMatchObject([
      { budget: null, of: null, subject: 'dist/index.js', kind: 'added', module: 'src/New.tsx' },
    ]);
  });

  it('names a package that is gone', () => {
    const base = [script('index', { ...APP, 'node_modules/moment/moment.js': 60_000 })];
    const packages = [installed('moment', '2.30.1')];

    const [first] = ofBudget(causes({ assets: base, packages }, [script('index', APP)]));
    expect(first).toMatchObject({ kind: 'removed', package: 'moment', version: '2.30.1' });
    expect(first?.bytes).toBe(-20_000);
  });

  it('takes all modules of a package as one', () => {
    const inside = { 'node_modules/@a/b/x.js': 3_000, 'node_modules/@a/b/y.js': 6_000 };
    const list = causes([script('index', APP)], [script('index', { ...APP, ...inside })]);

    expect(ofBudget(list).filter(({ package: name }) => name === '@a/b')).toHaveLength(1);
    expect(list[0]?.bytes).toBe(3_000);
  });

  it('says both versions of a package, although it hardly grew', () => {
    const base = { assets: [script('index', APP)], packages: [installed('react', '18.2.0')] };
    const grown = { ...APP, 'node_modules/react/index.js': 9_021 };
    const head = { assets: [script('index', grown)], packages: [installed('react', '18.3.1')] };

    expect(said(causes(base, head))[0]).toBe('version react 18.2.0 18.3.1');
  });

  it('tells pnpm copies of two versions from two copies', () => {
    const inside = (version: string) => ({
      ...APP,
      [`node_modules/.pnpm/qs@${version}/node_modules/qs/index.js`]: 6_000,
    });
    const copy = (version: string) =>
      installed('qs', version, { instance: `node_modules/.pnpm/qs@${version}/node_modules/qs` });
    const base = { assets: [script('index', inside('6.1.0'))], packages: [copy('6.1.0')] };
    const bumped = { ...inside('6.2.0'), 'src/main.tsx': 2_100 };
    const head = { assets: [script('index', bumped)], packages: [copy('6.2.0')] };

    expect(said(causes(base, head))).toContain('version qs 6.1.0 6.2.0');
  });

  it('names a second installed copy, with both versions and who brought it', () => {
    const inner = 'node_modules/old/node_modules/qs';
    const base = [script('index', { ...APP, 'node_modules/qs/index.js': 6_000 })];
    const head = [
      script('index', { ...APP, 'node_modules/qs/index.js': 6_000, [`${inner}/index.js`]: 5_000 }),
    ];
    const second = installed('qs', '5.0.0', { instance: inner, importer: 'src/Old.tsx' });
    const packages = [installed('qs', '6.1.0')];
    const list = causes(
      { assets: base, packages },
      { assets: head, packages: [...packages, second] },
    );

    expect(list[0]).toMatchObject({
      kind: 'duplicated',
      package: 'qs',
      version: '5.0.0, 6.1.0',
      importer: 'src/Old.tsx',
    });
  });

  it('names what is copied into one more file', () => {
    const shared = { 'src/chart.ts': 8_000 };
    const base = [script('a', { 'src/a.ts': 500, ...shared }), script('b', { 'src/b.ts': 500 })];
    const head = [
      script('a', { 'src/a.ts': 500, ...shared }),
      script('b', { 'src/b.ts': 500, ...shared }),
    ];

    expect(said(causes(base, head))[0]).toBe('duplicated src/chart.ts');
  });

  it('says what moved from lazy to initial, and back', () => {
    const chart = { 'node_modules/chart/index.js': 30_000 };
    const late = [
      script('index', APP, { load: 'initial' }),
      script('lazy', { 'src/Late.tsx': 900, ...chart }, { load: 'lazy' }),
    ];
    const early = [
      script('index', { ...APP, ...chart }, { load: 'initial' }),
      script('lazy', { 'src/Late.tsx': 900 }, { load: 'lazy' }),
    ];
    const budgets = [budget({ name: 'First', files: 'dist/index.js', max: 1 })];

    expect(said(causes(late, early, budgets))[0]).toBe('moved chart lazy initial');
    expect(said(causes(early, late, budgets))[0]).toBe('moved chart initial lazy');
  });

  it('says what moved to another file, of a file by itself', () => {
    const base = [
      script('a', { 'src/a.ts': 900, 'src/x.ts': 700 }),
      script('b', { 'src/b.ts': 9 }),
    ];
    const head = [
      script('a', { 'src/a.ts': 900 }),
      script('b', { 'src/b.ts': 9, 'src/x.ts': 700 }),
    ];
    const list = causes(base, head, []);

    expect(list.map(({ subject, kind, bytes }) => [subject, kind, bytes])).toEqual([
      ['dist/a.js', 'moved', -233],
      ['dist/b.js', 'moved', 233],
    ]);
  });

  it('follows an own module that only moved to another folder or changed its ending', () => {
    const base = [script('index', { 'src/old/Chart.jsx': 4_000, 'src/main.ts': 900 })];
    const head = [script('index', { 'src/new/Chart.tsx': 4_300, 'src/main.ts': 900 })];

    expect(said(causes(base, head))).toEqual(['grown src/new/Chart.tsx']);
  });

  it('follows an own module that only got another name', () => {
    const base = [script('index', { 'src/lib/palette.js': 1_000, 'src/main.ts': 900 })];
    const head = [script('index', { 'src/lib/colours.js': 1_008, 'src/main.ts': 1_200 })];

    expect(said(causes(base, head))).toEqual(['grown src/main.ts', 'other']);
  });

  it('takes none that stays for another name of one that is gone, or new', () => {
    const one = [script('index', { 'src/a.ts': 1_000, 'src/main.ts': 900 })];
    const two = [script('index', { 'src/a.ts': 1_000, 'src/b.ts': 1_000, 'src/main.ts': 900 })];

    expect(said(causes(two, one))).toEqual(['removed src/b.ts', 'other']);
    expect(said(causes(one, two))).toEqual(['added src/b.ts', 'other']);
  });

  it('takes two files of one name that are nothing alike for two', () => {
    const base = [script('index', { 'src/old/index.ts': 400, 'src/main.ts': 900 })];
    const head = [script('index', { 'src/new/index.ts': 4_000, 'src/main.ts': 900 })];

    expect(said(causes(base, head))).toEqual([
      'added src/new/index.ts',
      'removed src/old/index.ts',
    ]);
  });

  it('names an image that is new: no map could tell more', () => {
    const image = asset('dist/hero.png', { raw: 5_000, gzip: 5_000 });
    const all = [budget({ name: 'All', files: 'dist/*', max: 1 })];
    const list = causes([script('index', APP)], [script('index', APP), image], all);

    expect(said(list)).toEqual(['added dist/hero.png']);
  });
});

describe('what is no cause', () => {
  it('is said of nothing where the contents are equal', () => {
    expect(causes([script('index', APP)], [script('index', APP)])).toEqual([]);
  });

  it('is the compressed size of a module that did not change (noise of its neighbours)', () => {
    const base = script('index', APP);
    const [first, ...others] = base.modules ?? [];
    const noisy = {
      ...base,
      gzip: (base.gzip ?? 0) + 40,
      content: 'f'.repeat(64),
      sha256: 'e'.repeat(64),
    };
    const head = { ...noisy, modules: [{ ...first, gzip: 700 } as ModuleShare, ...others] };

    expect(said(causes([base], [head]))).toEqual(['other']);
  });

  it('is a module that shrank, and compresses worse beside others', () => {
    const base = [script('index', APP)];
    const [first] = [script('index', { ...APP, 'src/Home.tsx': 2_900 })];
    const modules = first?.modules?.map((one) =>
      one.id === 'src/Home.tsx' ? { ...one, gzip: 1_200 } : one,
    );
    const head = [{ ...first, gzip: 5_200, modules } as Asset];

    expect(said(causes(base, head))).toEqual(['other']);
  });

  it('is what a minifier moves by a few bytes beside a change', () => {
    const shuffled = { ...APP, 'src/Home.tsx': 3_040, 'node_modules/react/index.js': 9_200 };
    const head = [script('index', { ...shuffled, 'src/New.tsx': 3_000 })];

    expect(said(causes([script('index', APP)], head))).toEqual(['added src/New.tsx', 'other']);
  });

  it('but however small it is, what makes most of a change is named', () => {
    const head = [script('index', { ...APP, 'src/Home.tsx': 3_036 })];

    expect(said(causes([script('index', APP)], head))).toEqual(['grown src/Home.tsx']);
  });

  it('is what belongs to no module, as what a bundler puts in', () => {
    const [base, head] = [script('index', APP), script('index', APP, { gzip: 9_000 })];
    const changed = { ...head, content: 'f'.repeat(64), sha256: 'e'.repeat(64) };

    expect(said(causes([base], [changed]))).toEqual(['other']);
  });

  it.each(['base', 'head'] as const)('is all that is said where %s has no modules', (side) => {
    const opaque = (one: Asset) => ({ ...one, modules: undefined });
    const [base, head] = [script('index', APP), script('index', { ...APP, 'src/New.tsx': 900 })];
    const list = side === 'base' ? causes([opaque(base)], [head]) : causes([base], [opaque(head)]);

    expect(ofBudget(list)).toMatchObject([{ kind: 'other', bytes: 300 }]);
  });

  it('is all of a file that is new, where a record of base has no modules at all', () => {
    const old = { ...script('index', APP), modules: undefined };
    const list = causes([old], [script('index', APP), script('new', { 'src/x.ts': 900 })], []);

    expect(list).toMatchObject([{ subject: 'dist/new.js', kind: 'other' }]);
  });
});

describe('the order of causes', () => {
  it('is by size, the rest last', () => {
    const head = [script('index', { ...APP, 'src/A.tsx': 600, 'src/B.tsx': 900 })];
    const padded = head.map((one) => ({ ...one, gzip: (one.gzip ?? 0) + 999 }));

    expect(said(causes([script('index', APP)], padded))).toEqual([
      'added src/B.tsx',
      'added src/A.tsx',
      'other',
    ]);
  });
});

const IDS = [
  'src/a.ts',
  'src/b/a.ts',
  'src/c.ts',
  'node_modules/x/i.js',
  'node_modules/x/j.js',
  'node_modules/y/node_modules/x/i.js',
];
const inside = fc.dictionary(fc.constantFrom(...IDS), fc.integer({ min: 0, max: 5_000 }));
const made = fc.record({
  inside,
  gzip: fc.option(fc.integer({ min: 0, max: 9_000 }), { nil: undefined }),
  load: fc.constantFrom('initial' as const, 'lazy' as const, undefined),
  isOpaque: fc.boolean(),
  isRawOnly: fc.boolean(),
});
const side = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c'), made), { selector: ([name]) => name })
  .map((files) =>
    files.map(([name, { inside: modules, gzip, load, isOpaque, isRawOnly }]) => {
      const one = script(name, modules, { load });
      const size = gzip ?? one.gzip;
      const raws = one.modules?.map(({ id, raw }) => ({ id, raw }));
      const known = isRawOnly ? raws : one.modules;
      return { ...one, gzip: size, modules: isOpaque ? undefined : known } as Asset;
    }),
  );
const BUDGETS = [SCRIPT, budget({ name: 'Each', files: 'dist/*.js', each: true, max: 1 })];

describe('the bytes of causes', () => {
  test('sum exactly to the delta of each finding, and of each asset', () => {
    fc.assert(
      fc.property(side, side, (base, head) => {
        const comparison = compare(build(head, BUDGETS), baseline(build(base, BUDGETS)));
        const list = attribute(comparison, 'gzip');
        const sum = (of: (cause: ReportCause) => boolean) =>
          list.filter(of).reduce((total, { bytes }) => total + bytes, 0);
        const deltas = comparison.assets.map(({ subject, sizes }) => ({
          subject,
          delta: (sizes.gzip.head ?? 0) - (sizes.gzip.base ?? 0),
        }));
        for (const { subject, delta } of deltas) {
          expect(sum((one) => one.budget === null && one.subject === subject)).toBe(delta);
        }
        const all = deltas.reduce((total, { delta }) => total + delta, 0);
        if (head.length > 0) expect(sum(({ budget: name }) => name === 'All script')).toBe(all);
      }),
    );
  });

  test('of the same build twice are none', () => {
    fc.assert(
      fc.property(side, (one) => {
        expect(causes(one, one, BUDGETS)).toEqual([]);
      }),
    );
  });
});
