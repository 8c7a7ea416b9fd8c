import { describe, expect, it } from 'vitest';
import { findImporters, type ImportFacts } from '../../src/core/importers.ts';

function find(
  imports: Readonly<Record<string, readonly string[]>>,
  more: Partial<ImportFacts> = {},
) {
  const specifiers = new Map(Object.entries(imports));
  const ids = [...specifiers.keys()];
  const { modules, packages } = findImporters({
    ids,
    specifiers,
    importers: new Map(),
    known: new Map(),
    ...more,
  });
  return { modules: Object.fromEntries(modules), packages: Object.fromEntries(packages) };
}

describe('the importer of a package', () => {
  it('is the first own module on the shortest way', () => {
    const { packages } = find({
      'src/main.ts': ['./pages/report', 'ui'],
      'src/pages/report.tsx': ['moment/locale/de'],
      'node_modules/ui/index.js': ['moment', './deep'],
      'node_modules/ui/deep.js': ['tiny'],
      'node_modules/moment/index.js': [],
      'node_modules/tiny/i.js': [],
    });
    expect(packages).toEqual({
      'node_modules/ui': 'src/main.ts',
      'node_modules/moment': 'src/pages/report.tsx',
      'node_modules/tiny': 'src/main.ts',
    });
  });

  it('is found for each copy by the folders that its users are in', () => {
    const { packages } = find({
      'src/a.ts': ['b'],
      'src/c.ts': ['@d/e'],
      'node_modules/b/i.js': [],
      'node_modules/@d/e/i.js': ['b'],
      'node_modules/@d/e/node_modules/b/i.js': [],
    });
    expect(packages).toMatchObject({
      'node_modules/b': 'src/a.ts',
      'node_modules/@d/e/node_modules/b': 'src/c.ts',
    });
  });

  it('is found where pnpm keeps what a package uses beside it', () => {
    const store = (folder: string, name: string) =>
      `node_modules/.pnpm/${folder}/node_modules/${name}/i.js`;
    const { packages } = find({
      'src/a.ts': ['a'],
      [store('a@1.0.0', 'a')]: ['b'],
      [store('b@2.0.0', 'b')]: [],
    });
    expect(packages).toMatchObject({ 'node_modules/.pnpm/b@2.0.0/node_modules/b': 'src/a.ts' });
  });

  it('is what metadata says, and what was known before', () => {
    const ids = ['src/a.ts', 'node_modules/b/i.js', 'node_modules/c/i.js', 'node_modules/d/i.js'];
    const importers = new Map([
      ['node_modules/b/i.js', ['src/a.ts', 'src/gone.ts']],
      ['node_modules/d/i.js', ['node_modules/c/i.js']],
    ]);
    const known = new Map([['node_modules/c', 'src/old.ts']]);
    expect(find({}, { ids, importers, known }).packages).toEqual({
      'node_modules/b': 'src/a.ts',
      'node_modules/c': 'src/old.ts',
      'node_modules/d': 'src/old.ts',
    });
  });
});

describe('the importer of an own module', () => {
  it('is on the way from where the page starts', () => {
    const { modules } = find({
      'src/main.ts': ['./app.js', './styles.css', '@/lib/date'],
      'src/app.tsx': ['./pages', '~/lib/date', 'src/lib/math'],
      'src/styles.css': [],
      'src/pages/index.tsx': ['../app', './home?raw'],
      'src/pages/home.md': [],
      'src/lib/date.ts': [],
      'src/lib/math.ts': ['./nowhere', 'unknown', 'node:fs', '../../../../up'],
    });
    expect(modules).toEqual({
      'src/app.tsx': 'src/main.ts',
      'src/styles.css': 'src/main.ts',
      'src/lib/date.ts': 'src/main.ts',
      'src/pages/index.tsx': 'src/app.tsx',
      'src/pages/home.md': 'src/pages/index.tsx',
      'src/lib/math.ts': 'src/app.tsx',
    });
  });

  it('is found in circles, and is never the module itself', () => {
    expect(find({ 'a.ts': ['./b', './a'], 'b.ts': ['./a'] }).modules).toEqual({ 'b.ts': 'a.ts' });
  });
});

describe('of several importers', () => {
  const imports = {
    'src/a.ts': ['moment', './fresh'],
    'src/b.ts': ['moment', './fresh'],
    'src/c.ts': ['moment', './fresh'],
    'src/fresh.ts': ['./circle'],
    'src/circle.ts': ['./fresh'],
    'node_modules/moment/index.js': [],
  };
  const of = (
    changed: Readonly<Record<string, number>>,
    added: Readonly<Record<string, number>>,
  ) => {
    const touched = {
      changed: new Map(Object.entries(changed)),
      added: new Map(Object.entries(added)),
    };
    const { modules, packages } = find(imports, { touched });
    return [packages['node_modules/moment'], modules['src/fresh.ts'], modules['src/circle.ts']];
  };
  const fresh = { 'src/fresh.ts': 90, 'src/circle.ts': 900 };

  it('the one that changed most goes before others, on equally short ways', () => {
    const found = of({ 'src/b.ts': 5, 'src/c.ts': 80 }, fresh);
    expect(found).toEqual(['src/c.ts', 'src/c.ts', 'src/fresh.ts']);
  });

  it('one that is new goes before those that are as they were', () => {
    const found = of({}, { ...fresh, 'src/b.ts': 40 });
    expect(found).toEqual(['src/b.ts', 'src/a.ts', 'src/fresh.ts']);
  });

  it('the first counts where the change touched none, or base is not known', () => {
    expect(of({}, {})).toEqual(['src/a.ts', 'src/a.ts', 'src/fresh.ts']);
    expect(find(imports).modules).toMatchObject({ 'src/fresh.ts': 'src/a.ts' });
  });

  it('a longer way is none, however much changed on it', () => {
    const deep = {
      'src/a.ts': ['moment'],
      'src/b.ts': ['ui'],
      'node_modules/ui/i.js': ['moment'],
      'node_modules/moment/i.js': [],
    };
    const touched = { changed: new Map([['src/b.ts', 500]]), added: new Map() };
    expect(find(deep, { touched }).packages).toMatchObject({ 'node_modules/moment': 'src/a.ts' });
  });
});
