import { describe, expect, it } from 'vitest';
import { commonShape, defaultsSchema, topShape } from '../../src/config/schema.ts';
import type {
  BudgetsFile,
  CustomBudget,
  DuplicatesBudget,
  FilesBudget,
  ImportBudget,
  LighthouseBudget,
  PackageBudget,
  PageBudget,
  RouteBudget,
} from '../../src/config/written.ts';
import { defineBudgets } from '../../src/index.ts';
import { sources } from '../../src/sources/index.ts';

/** Every key of a type by name: one that is missing, or is no key of it, does not compile. */
type Keys<Written> = Readonly<Record<keyof Written, true>>;

const COMMON = {
  name: true,
  metric: true,
  metrics: true,
  optional: true,
  max: true,
  min: true,
  maxIncrease: true,
  maxDecrease: true,
  ignoreBelow: true,
  severity: true,
  message: true,
} as const;

const LOADED = { types: true, load: true, each: true, encoding: true, network: true } as const;

const files: Keys<FilesBudget> = {
  ...COMMON,
  files: true,
  each: true,
  load: true,
  encoding: true,
};
const page: Keys<PageBudget> = { ...COMMON, ...LOADED, page: true, ignore: true };
const route: Keys<RouteBudget> = { ...COMMON, ...LOADED, route: true };
const ofPackage: Keys<PackageBudget> = { ...COMMON, package: true, encoding: true };
const duplicates: Keys<DuplicatesBudget> = { ...COMMON, duplicates: true };
const ofImport: Keys<ImportBudget> = {
  ...COMMON,
  import: true,
  from: true,
  conditions: true,
  platform: true,
  ignore: true,
  external: true,
  encoding: true,
};
const lighthouse: Keys<LighthouseBudget> = {
  ...COMMON,
  lighthouse: true,
  url: true,
  formFactor: true,
};
const custom: Keys<CustomBudget> = { ...COMMON, custom: true };
const TYPES = {
  files,
  page,
  route,
  package: ofPackage,
  duplicates,
  import: ofImport,
  lighthouse,
  custom,
};

const file: Keys<BudgetsFile> = {
  $schema: true,
  project: true,
  track: true,
  encodings: true,
  levels: true,
  defaults: true,
  budgets: true,
  baseline: true,
  waivers: true,
  acceptLabel: true,
  relaxing: true,
  unbuilt: true,
  ignoreBelow: true,
};

const defaults: Keys<NonNullable<BudgetsFile['defaults']>> = {
  max: true,
  min: true,
  maxIncrease: true,
  maxDecrease: true,
  ignoreBelow: true,
  severity: true,
  message: true,
  optional: true,
  encoding: true,
  each: true,
};

const sorted = (value: object) => Object.keys(value).sort();

describe('the types of a budgets file have the keys that are read', () => {
  it('for every source', () => {
    expect(sorted(TYPES)).toEqual(sorted(sources));
  });

  it.each(Object.entries(TYPES))('of %s', (subject, keys) => {
    expect(sorted(keys)).toEqual(sorted({ ...sources[subject]?.keys, ...commonShape }));
  });

  it('of the file and its defaults', () => {
    expect(sorted(file)).toEqual(sorted({ ...topShape, defaults: true, budgets: true }));
    expect(sorted(defaults)).toEqual(sorted(defaultsSchema.shape));
  });

  it('so that pages and their metrics can be written', () => {
    const written = defineBudgets({
      budgets: [
        { page: 'dist/index.html', types: ['script'], load: 'all', max: '170 kB' },
        { page: '/cart', metric: 'download-time', network: { kbps: 900, rtt: 40 }, max: '3 s' },
        { route: 'src/pages/*.tsx', each: true, max: '9 kB' },
        { files: 'dist/*.js', load: 'lazy', max: '9 kB' },
      ],
    });
    expect(written.budgets).toHaveLength(4);
  });
});
