import { formatSnapshot } from '../../src/core/snapshot-text.ts';
import type { Keepable } from '../../src/stores/store.ts';
import { asset, budget, digest, measurement, snapshot, waiver } from './build.ts';

/** Names that a file system, a ref, a url or an artifact's name could take for one another. */
export const DISTINCT_PROJECTS: readonly string[] = [
  '.',
  '..',
  '...',
  './a',
  'a',
  'A',
  'a/',
  'a/b',
  'A/b',
  'a%2Fb',
  'a%2fb',
  'a\\b',
  'a-b',
  'a_b',
  'a b',
  'a.',
  'a ',
  '../a',
  '/a',
  '~',
  '-a',
  '%',
  '%41',
  'con',
  'CON',
  'HEAD',
  '.git',
  'a.lock',
  'a@{1}',
  '*?"<>|:',
  '__proto__',
  'café',
  'cafe\u0301',
  'İstanbul',
  'i̇stanbul',
  '重量',
  '🐦',
  '\u0000',
  'a\nb',
  'a\r\nb',
  '\u001b[31m',
  '\u202e',
  'x'.repeat(2_000),
  `${'x'.repeat(1_999)}y`,
  `${'x'.repeat(1_999)}Y`,
  '量'.repeat(300),
  `${'量'.repeat(299)}重`,
];

/** A commit's id, told apart by what it is made from. */
export function commitOf(name: string): string {
  return digest(name).slice(0, 40);
}

/** A small record; `size` tells two records of one commit apart. */
export function record(commit: string, project = '.', size = 1_000): Keepable {
  return keepable({ commit, project, assets: [asset('dist/app.js', { raw: size })] });
}

/** Everything that a snapshot can hold, with text that is no markup in any place. */
export const WHOLE: Keepable = keepable({
  commit: commitOf('whole'),
  project: 'packages/shop',
  takenAt: '2026-01-15T12:00:00.123Z',
  encoders: {
    levels: { gzip: 6, brotli: 4 },
    probe: { gzip: 500 },
    versions: { node: '24.0.0', zlib: '1.3' },
  },
  budgets: [
    budget({ name: 'All', max: 0, maxIncrease: ['5%', 100], ignoreBelow: 10, message: 'split\n' }),
    budget({ files: ['dist/*.js', '!dist/[id].js'], each: true, severity: 'warn', optional: true }),
    budget({ metric: 'performance', unit: 'score', min: 0.9, page: '/', formFactor: 'mobile' }),
  ],
  relaxing: 'fail',
  waivers: [waiver({ budget: 'All', upTo: 9, until: '2026-03-01', by: 'Ana' })],
  assets: [
    asset('dist/a.js', { raw: 0, gzip: 20, brotli: 1 }),
    asset('dist/`b|<c>\u0000\u2028重.png', { raw: 3_000, gzip: undefined, brotli: undefined }),
    asset('dist/d.js', { raw: 2 ** 31, origin: 'src/d.tsx' }),
  ],
  measurements: [
    measurement({ metric: 'performance', unit: 'score', samples: [0.9, 0.95, 1] }),
    measurement({ metric: 'lcp', samples: [1e-7, 0.1 + 0.2], environment: 'a "quoted" one' }),
  ],
  kept: { verdict: 'fail', run: 4_711 },
});

/** What may stand in the place of a record, and is none of that commit and project. */
export function damagesOf(commit: string): readonly Damage[] {
  const whole = formatSnapshot(record(commit));
  return [
    ['is cut', whole.slice(0, -100)],
    ['is cut in the middle of a character', new TextEncoder().encode('{"project":"é').slice(0, -1)],
    ['is empty', ''],
    ['is zeros, as a full disk or a crash leaves them', new Uint8Array(whole.length)],
    ['is not JSON', '<html>Bad gateway</html>'],
    ['is not UTF-8', new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00])],
    ['is JSON and no snapshot', '{"schemaVersion":1}'],
    ['is a list', '[]'],
    ['is null', 'null'],
    ['has a number that is none', whole.replace('"raw":1000', '"raw":null')],
    ['belongs to another project', formatSnapshot(record(commit, 'shop'))],
    ['belongs to another commit', formatSnapshot(record(commitOf('another')))],
    ['belongs to no commit', formatSnapshot({ ...record(commit), commit: null })],
  ];
}

type Damage = readonly [name: string, bytes: string | Uint8Array];

function keepable(facts: Parameters<typeof snapshot>[0] & { readonly commit: string }): Keepable {
  return { ...snapshot(facts), commit: facts.commit };
}
