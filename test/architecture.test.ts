import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = resolve(import.meta.dirname, '../src');

/** Rooms by floor; a room may import rooms of lower floors, never one of its own floor. */
const FLOORS: readonly (readonly string[])[] = [
  ['model'],
  ['core', 'format', 'host', 'github'],
  ['sources', 'bundlers', 'stores', 'reporters', 'channels'],
  ['config', 'baseline', 'measure', 'measure-build', 'contents'],
  ['commands', 'check', 'deliver'],
  ['action', 'cli', 'look-worker', 'index'],
];

/** Within a floor, and for good reason. */
const ALLOWED_BESIDE = new Set([
  'baseline > measure',
  // What is inside assets is loaded only where there is something to open.
  'measure > measure-build',
  'measure-build > contents',
  // Commands walk the corridor, which is check and deliver.
  'commands > check',
  'commands > deliver',
]);

/** The axes speak of the world through the host they are given. */
const NEVER = [/^(?:sources|bundlers|stores|reporters|channels) > host$/];

/** The only rooms that a package enters by. */
const PACKAGE_DOORS: Readonly<Record<string, RegExp>> = {
  '@actions/': /^(github\/|action\.ts)/,
  '@octokit/': /^github\//,
  yauzl: /^github\//,
  'fast-glob': /^host\//,
  'gzip-size': /^sources\/encoding\.ts/,
  'brotli-size': /^sources\/encoding\.ts/,
  zod: /^(model|config|sources|bundlers|stores|channels|reporters|github)\//,
  esbuild: /^sources\/import-/,
  picomatch: /^core\/glob-expression\.ts/,
  'jsonc-parser': /^config\/(?:find|parse|project-in|syntax-error)\.ts/,
  'fastest-levenshtein': /^format\/suggest\.ts/,
  htmlparser2: /^sources\/html-tokens\.ts/,
  'es-module-lexer': /^sources\/script-imports\.ts/,
  picocolors: /^reporters\/terminal\.ts/,
  'node:fs': /^host\//,
  'node:fs/promises': /^host\//,
  'node:child_process': /^host\//,
};

interface Import {
  readonly file: string;
  readonly target: string;
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replaceAll('\\', '/'));
const texts = new Map(files.map((file) => [file, readFileSync(join(SRC, file), 'utf8')]));
const imports: Import[] = [...texts].flatMap(([file, text]) =>
  [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, target = '']) => ({
    file,
    target,
  })),
);

function roomOf(file: string): string {
  const [first = ''] = file.split('/');
  return first.replace(/\.ts$/, '');
}

function floorOf(room: string): number {
  return FLOORS.findIndex((rooms) => rooms.includes(room));
}

const inner = imports
  .filter(({ target }) => target.startsWith('.'))
  .map(({ file, target }) => ({
    file,
    from: roomOf(file),
    to: roomOf(relative(SRC, resolve(SRC, dirname(file), target)).replaceAll('\\', '/')),
  }));

describe('the floors', () => {
  it('hold every room', () => {
    expect([...new Set(files.map(roomOf))].filter((room) => floorOf(room) < 0)).toEqual([]);
  });

  it('are only ever gone down', () => {
    const wrong = inner.filter(
      ({ from, to }) =>
        from !== to && floorOf(to) >= floorOf(from) && !ALLOWED_BESIDE.has(`${from} > ${to}`),
    );

    expect(wrong).toEqual([]);
  });

  it('keep the axes away from the machine', () => {
    const wrong = inner.filter(({ from, to }) =>
      NEVER.some((rule) => rule.test(`${from} > ${to}`)),
    );

    expect(wrong).toEqual([]);
  });
});

describe('outside packages', () => {
  it.each(Object.entries(PACKAGE_DOORS))('%s enters by one door', (name, door) => {
    const wrong = imports.filter(
      ({ file, target }) =>
        (target === name || target.startsWith(name.endsWith('/') ? name : `${name}/`)) &&
        !door.test(file),
    );

    expect(wrong.filter(({ target }) => name !== 'node:fs' || target === name)).toEqual([]);
  });
});

describe('the house rules', () => {
  it('process, console, the clock and chance stay in the doors and the host', () => {
    const world = /\b(?:process\.(?!versions\b)|console\.|Date\.now|Math\.random)/;
    const wrong = [...texts]
      .filter(([file]) => !/^(host\/|action\.ts|cli\.ts)/.test(file))
      .filter(([, text]) =>
        world.test(text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$|`[^`]*`|'[^'\n]*'/gm, '')),
      );

    expect(wrong.map(([file]) => file)).toEqual([]);
  });

  it('no utils, helpers, common or types; no default exports', () => {
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|common|types)\.ts$/.test(file))).toEqual(
      [],
    );
    expect(
      [...texts].filter(([, text]) => /^export default/m.test(text)).map(([file]) => file),
    ).toEqual([]);
  });

  it('an index inside an axis is a registry and nothing else', () => {
    const axes = files.filter((file) =>
      /^(sources|bundlers|stores|reporters|channels)\/index\.ts$/.test(file),
    );

    expect(axes.length).toBeGreaterThan(3);
    for (const file of axes) expect(texts.get(file)?.split('\n').length, file).toBeLessThan(30);
  });
});
