import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compare } from '../../src/core/compare.ts';
import { fingerprint } from '../../src/core/fingerprint.ts';
import { pairAssets } from '../../src/core/pair.ts';
import type { Asset } from '../../src/model/snapshot.ts';
import { asset, baseline, snapshot } from '../support/build.ts';

const FOLDER = new URL('../fixtures/built-assets/', import.meta.url);

type Build = Readonly<Record<string, readonly [content: number, key: string | null]>>;

/** Builds of one application in variants of one cause each, as `make.mjs` beside them says. */
interface Fixture {
  readonly bundler: string;
  readonly contents: readonly (readonly [raw: number, sketch: string | null])[];
  readonly builds: Readonly<Record<string, Build>>;
}

const FIXTURES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Fixture)
  .map((fixture): [string, Fixture] => [fixture.bundler, fixture]);

function assetsOf(fixture: Fixture, variant: string): Asset[] {
  const build = Object.entries(fixture.builds[variant] ?? {});
  const { names } = fingerprint(build.map(([path]) => path));
  return build.map(([path, [content]]) => {
    const [raw = 0, sketch = null] = fixture.contents[content] ?? [];
    const subject = names.get(path) ?? path;
    return asset(path, { raw, subject, content: `${content}`, sketch: sketch ?? undefined });
  });
}

/** What came of the assets that are on both sides, by what the bundler itself calls them. */
function scored(fixture: Fixture, variant: string): { right: number; faults: string[] } {
  const keysIn = (side: string) =>
    new Set(Object.values(fixture.builds[side] ?? {}).map(([, key]) => key));
  const isOnBoth = (key: string | null) =>
    key !== null && keysIn('base').has(key) && keysIn(variant).has(key);
  const keyOf = (side: string, one: Asset | null) =>
    (one && fixture.builds[side]?.[one.path]?.[1]) ?? null;
  const pairs = pairAssets(assetsOf(fixture, 'base'), assetsOf(fixture, variant))
    .map(({ base, head }) => [keyOf('base', base), keyOf(variant, head)] as const)
    .filter((keys) => keys.some(isOnBoth));
  const right = pairs.filter(([base, head]) => base === head);
  const faults = pairs.filter(([base, head]) => base !== head);
  return { right: right.length, faults: faults.map(([base, head]) => faultOf(base, head)) };
}

/** An asset of the other build that nobody named may be the very one. */
function faultOf(base: string | null, head: string | null): string {
  return base !== null && head !== null ? `${base} is not ${head}` : `${base ?? head} is missed`;
}

const withHash = FIXTURES.flatMap(([, { builds }]) =>
  Object.values(builds).map((build) => {
    const paths = Object.keys(build).filter((path) => !path.endsWith('.html'));
    return [paths, [...fingerprint(Object.keys(build)).names]] as const;
  }),
);

describe('names in real builds', () => {
  test('of 99 in 100 files the content hash is found, and of no page', () => {
    const all = withHash.flatMap(([paths]) => paths);
    const found = withHash.flatMap(([, names]) => names.filter(([path, name]) => path !== name));
    expect(all.length).toBeGreaterThan(800);
    expect(found.length / all.length).toBeGreaterThanOrEqual(0.99);
    expect(found.filter(([path]) => path.endsWith('.html'))).toEqual([]);
  });

  test('of 99 in 100 files the name is the same in every build', () => {
    const names = FIXTURES.flatMap(([, fixture]) => [...namesByKey(fixture).values()]);
    expect(names.length).toBeGreaterThan(60);
    const steady = names.filter(({ size }) => size === 1);
    expect(steady.length / names.length).toBeGreaterThanOrEqual(0.98);
  });
});

/** A chunk's number is another in another build, and so is a name that is a hash. */
const IS_NUMBERED = /\/(?:\d+|chunk|[\da-f]{8})?[-.]?\[hash\]/;

function namesByKey(fixture: Fixture): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>();
  for (const variant of Object.keys(fixture.builds)) {
    for (const { path, subject } of assetsOf(fixture, variant)) {
      const key = fixture.builds[variant]?.[path]?.[1] ?? null;
      if (key === null || IS_NUMBERED.test(subject)) continue;
      names.set(key, (names.get(key) ?? new Set()).add(subject));
    }
  }
  return names;
}

describe('assets of real builds, without maps and metadata', () => {
  test.each(FIXTURES)('%s: no wrong pair', (_, fixture) => {
    const scores = Object.keys(fixture.builds).map((variant) => scored(fixture, variant));
    const wrong = scores.flatMap(({ faults }) =>
      faults.filter((fault) => fault.includes(' is not ')),
    );
    expect(wrong).toEqual([]);
  });

  test('99 in 100 are found again', () => {
    const scores = FIXTURES.flatMap(([, fixture]) =>
      Object.keys(fixture.builds).map((variant) => scored(fixture, variant)),
    );
    const right = scores.reduce((sum, score) => sum + score.right, 0);
    const faults = scores.flatMap((score) => score.faults);
    expect(right).toBeGreaterThan(700);
    expect(right / (right + faults.length)).toBeGreaterThanOrEqual(0.99);
  });

  test.each(FIXTURES)('%s: the same source again shows nothing', (_, fixture) => {
    const base = snapshot({ assets: assetsOf(fixture, 'base') });
    const head = snapshot({ assets: assetsOf(fixture, 'same-again') });
    const loud = compare(head, baseline(base)).assets.filter(
      (change) => change.base?.content !== change.head?.content,
    );
    expect(loud.map(({ subject }) => subject)).toEqual([]);
  });
});
