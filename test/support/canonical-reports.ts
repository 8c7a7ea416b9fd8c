import { assemble } from '../../src/core/assemble.ts';
import { attribute } from '../../src/core/attribute.ts';
import { compare } from '../../src/core/compare.ts';
import { joinReports } from '../../src/core/join.ts';
import { judge } from '../../src/core/judge.ts';
import type { Report } from '../../src/model/report.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import {
  amount,
  asset,
  baseline,
  budget,
  installed,
  measurement,
  opened,
  snapshot,
  waiver,
} from './build.ts';

const SCRIPT = budget({
  name: 'All script',
  files: 'dist/assets/*.js',
  max: amount({ value: 170_000, unit: 'byte', text: '170 kB' }),
  maxIncrease: amount({ value: 2_000, unit: 'byte', text: '2 kB' }),
  message: 'See docs/budgets.md before you raise it.',
});
const CHUNK = budget({
  name: 'Any chunk',
  files: 'dist/assets/*.js',
  each: true,
  max: amount({ value: 100_000, unit: 'byte', text: '100 kB' }),
  severity: 'warn',
});
const PAINT = budget({
  name: 'Home: largest-contentful-paint',
  entry: 'Home',
  metric: 'largest-contentful-paint',
  max: amount({ value: 2_500, unit: 'millisecond', text: '2.5 s' }),
  maxIncrease: '5%',
});
const BUDGETS = [SCRIPT, CHUNK, PAINT];

/** A script of so many bytes after gzip. */
export function script(name: string, size: number, content = `${name} ${size}`) {
  const hash = `A${(size * 7919).toString(36).padStart(7, 'x3Qk9Zb').slice(-7)}`;
  return asset(`dist/assets/${name}-${hash}.js`, {
    subject: `dist/assets/${name}-[hash].js`,
    raw: size * 3,
    gzip: size,
    brotli: Math.round(size * 0.87),
    content,
  });
}

function paint(samples: readonly number[]) {
  return measurement({ metric: 'largest-contentful-paint', samples, value: middle(samples) });
}

function middle(samples: readonly number[]): number {
  return [...samples].sort((left, right) => left - right)[samples.length >> 1] ?? 0;
}

const BASE = snapshot({
  budgets: BUDGETS,
  assets: [script('index', 90_000), script('editor', 60_000), script('chart', 12_000)],
  measurements: [paint([2_310, 2_290, 2_450])],
});

function head(facts: Partial<Snapshot> & Parameters<typeof snapshot>[0]): Snapshot {
  return snapshot({ ...BASE, commit: 'f00dfeed'.repeat(5), ...facts });
}

interface Circumstances {
  readonly base?: Snapshot | null;
  readonly today?: string;
}

function report(of: Snapshot, { base = BASE, today = '2026-01-15' }: Circumstances = {}): Report {
  const found =
    base === null ? null : baseline(base, { provenance: 'file', how: null, store: 'base.json' });
  const comparison = compare(of, found);
  const lines = new Map(of.budgets.map(({ name }, index) => [name, index * 7 + 4]));
  return assemble({
    comparison,
    verdict: judge(comparison, { today, isPushToBase: false, labels: [] }),
    causes: attribute(comparison, 'gzip'),
    config: { file: fileOf(of), lines, ignoreBelow: 0, encodings: ['gzip', 'brotli'] },
    noBaseline: base === null ? 'No baseline yet: name one with --base FILE.' : null,
    notes: [],
  });
}

function fileOf({ project }: Snapshot): string {
  return project === '.' ? 'budgets.json' : `${project}/budgets.json`;
}

/** The report on a project of several: base has the same project. */
export function part(
  project: string,
  facts: Partial<Snapshot> = {},
  before: Partial<Snapshot> = {},
) {
  const base = snapshot({ ...BASE, ...before, project });
  return report(head({ ...before, ...facts, project }), { base });
}

/** One report on several projects, and on what was left out. */
export function joined(parts: readonly Report[], skipped: readonly string[] = []): Report {
  return joinReports(parts, {
    name: '.',
    notes: [],
    skipped: skipped.map((project) => ({
      project,
      file: `${project}/budgets.json`,
      why: `${project}/dist/ does not exist`,
    })),
  });
}

const HOSTILE = [
  'a|b`c``d.js',
  '<img src=x onerror=alert(1)>.js',
  '@octocat #1 GH-2 https://evil.example www.evil.example.js',
  '**bold** _it_ ~~s~~ [l](http://e.example) ![i](http://e.example/i.png).js',
  'new\nline\r\n::error::pwned\n##[error]pwned.js',
  '\u001b[31mred\u001b[0m \u202etxt.js',
  '</summary></details><!-- -->.js',
  '$$math$$ :tada: user@1a2b3c4d5e6f1a2b3c4d5e6f1a2b3c4d5e6f1a2b.js',
  '&lt;b&gt; \\| \\` 漢字-👍.js',
];

const OWN = { 'src/main.tsx': 9_000, 'src/pages/Home.tsx': 24_000, 'src/pages/Report.tsx': 18_000 };
const REACT = { 'node_modules/react-dom/client.js': 130_000 };
const CHART = { 'node_modules/chart.js/dist/chart.js': 160_000 };
const QS = 'node_modules/qs/lib/index.js';
const INNER = 'node_modules/body-parser/node_modules/qs';

/** A build with one cause of each kind. */
const BEFORE = snapshot({
  ...BASE,
  assets: [
    opened(
      'dist/assets/index-BqRo3kzX.js',
      {
        ...OWN,
        ...REACT,
        [QS]: 12_000,
        'node_modules/lodash/lodash.js': 70_000,
        'src/dates.ts': 900,
      },
      { load: 'initial' },
    ),
    opened(
      'dist/assets/Report-x3Qk9ZbA.js',
      { ...CHART, 'src/pages/Chart.tsx': 3_000 },
      { load: 'lazy' },
    ),
    opened('dist/assets/Admin-Dk3Rw9aL.js', { 'src/pages/Admin.tsx': 6_000 }, { load: 'lazy' }),
  ],
  measurements: [],
  packages: [
    installed('react-dom', '18.2.0'),
    installed('qs', '6.13.0'),
    installed('lodash', '4.17.21'),
    installed('chart.js', '4.4.0'),
  ],
});

const AFTER: Partial<Snapshot> = {
  assets: [
    opened(
      'dist/assets/index-Cw1Lm0pQ.js',
      {
        ...OWN,
        'src/pages/Home.tsx': 31_500,
        'src/main.tsx': 6_000,
        'node_modules/react-dom/client.js': 133_000,
        [QS]: 12_000,
        [`${INNER}/lib/index.js`]: 11_000,
        'node_modules/moment/moment.js': 60_300,
        'src/lib/dates.ts': 910,
        ...CHART,
      },
      { load: 'initial', gzip: 145_000 },
    ),
    opened('dist/assets/Report-a8Vn2MtE.js', { 'src/pages/Chart.tsx': 3_000 }, { load: 'lazy' }),
    opened(
      'dist/assets/Admin-Zp7Qs4hT.js',
      { 'src/pages/Admin.tsx': 6_000, 'src/pages/Home.tsx': 24_000 },
      { load: 'lazy' },
    ),
    opened('dist/assets/Billing-Hy6Tb1oK.js', { 'src/pages/Billing.tsx': 8_400 }, { load: 'lazy' }),
  ],
  measurements: [],
  packages: [
    installed('react-dom', '18.3.1'),
    installed('qs', '6.13.0'),
    installed('qs', '6.5.2', { instance: INNER, importer: 'src/pages/Home.tsx' }),
    installed('moment', '2.30.1', { importer: 'src/pages/Report.tsx' }),
    installed('chart.js', '4.4.0'),
  ],
};

const MANY = Array.from({ length: 200 }, (_, index) => script(`route${index}`, 1_000 + index * 13));

/** Every report that each reporter is held against, by name. */
export const canonicalReports: Readonly<Record<string, () => Report>> = {
  'all-pass': () => report(head({})),
  'over-limit': () =>
    report(head({ assets: [script('index', 112_400), script('editor', 60_000)] })),
  regression: () =>
    report(
      head({
        assets: [script('index', 94_100), script('editor', 60_000), script('chart', 12_000)],
        measurements: [paint([2_350, 2_290, 2_400])],
      }),
    ),
  'no-baseline': () => report(head({}), { base: null }),
  'already-over': () => {
    const over = { assets: [script('index', 90_000), script('editor', 81_000)] };
    return report(head(over), { base: snapshot({ ...BASE, ...over }) });
  },
  'removed-asset': () => report(head({ assets: [script('index', 90_000), script('new', 800)] })),
  'inconclusive-noise': () =>
    report(head({ measurements: [paint([2_480, 2_490, 2_450])] }), {
      base: snapshot({
        ...BASE,
        measurements: [{ ...paint([2_310, 2_290, 2_450]), environment: 'Lighthouse 12.8.2' }],
      }),
    }),
  'relaxed-budget': () => {
    const raised = { ...SCRIPT, severity: 'warn' as const, limits: { max: amount(180_000) } };
    return report(
      head({
        budgets: [raised, CHUNK],
        waivers: [waiver({ budget: 'Any chunk', until: '2026-03-01', by: '@ana' })],
      }),
    );
  },
  'two-hundred-assets': () =>
    report(
      head({
        assets: MANY.map((one, index) =>
          script(`route${index}`, (one.gzip ?? 0) + (index % 3) * 60),
        ),
      }),
      { base: snapshot({ ...BASE, assets: MANY }) },
    ),
  'hostile-names': () => {
    const budgets = HOSTILE.map((name) =>
      budget({
        name,
        files: 'dist/**',
        each: true,
        max: 500,
        // A snapshot's own words, as hostile as its names.
        maxIncrease: amount({ value: 100, unit: 'byte', text: name }),
        message: name,
        severity: 'warn',
      }),
    );
    const assets = HOSTILE.map((name, index) => asset(`dist/${name}`, { raw: 900 + index }));
    const before = HOSTILE.map((name) => asset(`dist/${name}`, { raw: 700 }));
    return report(head({ budgets, assets }), {
      base: snapshot({ ...BASE, budgets: [], assets: before }),
    });
  },
  causes: () => report(head(AFTER), { base: BEFORE }),
  'causes-without-budgets': () =>
    report(head({ ...AFTER, budgets: [] }), { base: snapshot({ ...BEFORE, budgets: [] }) }),
  'hostile-causes': () => {
    const inside = Object.fromEntries(
      HOSTILE.flatMap((name, index) => [
        [`src/${name}`, 3_000 + index],
        [`node_modules/${name}/index.js`, 30_000 + index * 100],
      ]),
    );
    const assets = HOSTILE.map((name) => opened(`dist/assets/${name}.js`, inside));
    const packages = HOSTILE.map((name) => installed(name, name, { importer: name }));
    const before = HOSTILE.slice(2).map((name) => opened(`dist/assets/${name}.js`, OWN));
    const budgets = [{ ...SCRIPT, name: HOSTILE[2] ?? '' }, CHUNK];
    const base = snapshot({ ...BASE, budgets, assets: before });
    return report(head({ budgets, assets, packages }), { base });
  },
  'several-projects': () =>
    joined(
      [
        part('apps/docs', {}, { assets: [script('index', 90_000), script('editor', 81_000)] }),
        part('apps/shop', { assets: [script('index', 112_400), script('editor', 60_000)] }),
        part('packages/icons'),
        part('packages/ui', { assets: [script('index', 90_300), ...BASE.assets.slice(1)] }),
      ],
      ['packages/api'],
    ),
  'hostile-projects': () =>
    joined(
      HOSTILE.slice(1).map((name, index) => {
        const budgets = [{ ...SCRIPT, name, message: null }];
        const assets = [script('index', index % 2 === 0 ? 90_500 : 180_000)];
        return part(name, { budgets, assets }, { budgets, assets: [script('index', 90_000)] });
      }),
      HOSTILE.map((name) => `${name}.left`),
    ),
};
