import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { worldOf } from '../../src/core/cause-builds.ts';
import type { Load } from '../../src/model/page.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';

const PATHS = ['a.js', 'b.js', 'c.css'] as const;
const IDS = ['src/x.ts', 'src/y.ts', 'node_modules/p/1.js', 'node_modules/p/2.js'] as const;
const OWNERS = ['module src/x.ts', 'module src/y.ts', 'package p', 'package none'];

const share = fc.record({ id: fc.constantFrom(...IDS), raw: fc.nat(100) });
const build = fc.tuple(
  ...PATHS.map((path) =>
    fc.record({
      path: fc.constant(path),
      modules: fc.uniqueArray(share, { selector: ({ id }) => id }),
    }),
  ),
);
const load = fc.constantFrom<Load | undefined>('initial', 'lazy', undefined);
const loads = fc.tuple(load, load, load);

type Assets = readonly { readonly path: string; readonly modules: readonly object[] }[];
const snapshotOf = (assets: Assets) =>
  ({ assets, measurements: [], packages: [] }) as unknown as Snapshot;
const mapOf = (list: readonly (Load | undefined)[]) =>
  new Map(
    PATHS.flatMap((path, at) => {
      const one = list[at];
      return one === undefined ? [] : [[path, one] as const];
    }),
  );

type Own = { readonly path: string; readonly own: readonly { id: string; raw: number }[] };

const sum = (list: readonly { raw: number }[]) => list.reduce((all, { raw }) => all + raw, 0);

/** The same by hand. */
function expected(held: readonly Own[], page: ReadonlyMap<string, Load>) {
  const at = (load: Load | undefined) =>
    sum(held.filter(({ path }) => page.get(path) === load).flatMap(({ own }) => own));
  const of = (path: string) => held.find((one) => one.path === path)?.own ?? [];
  const first = new Set(of('a.js').map(({ id }) => id));
  return {
    initial: at('initial'),
    lazy: at('lazy'),
    unknown: at(undefined),
    files: held.length,
    copied: sum(of('b.js').filter(({ id }) => first.has(id))),
  };
}

describe('where things are for a page', () => {
  it('is the sum over its files, and copies do not depend on when they are fetched', () => {
    fc.assert(
      fc.property(build, loads, loads, fc.constantFrom(...OWNERS), (assets, one, other, key) => {
        const snapshot = snapshotOf(assets);
        const world = worldOf(snapshot, snapshot);
        const isOwn = (id: string) => key === (id.includes('/p/') ? 'package p' : `module ${id}`);
        const held = assets
          .map(({ path, modules }) => ({ path, own: modules.filter(({ id }) => isOwn(id)) }))
          .filter(({ own }) => own.length > 0);
        for (const page of [mapOf(one), mapOf(other)]) {
          const presence = world.ofAssets({ base: page, head: page }).presences.head.get(key);
          if (held.length === 0) expect(presence).toBeUndefined();
          else expect(presence).toMatchObject(expected(held, page));
        }
      }),
    );
  });

  it('takes no further walk through the modules of the build, however many pages ask', () => {
    let walks = 0;
    const modules = [{ id: 'src/x.ts', raw: 1, importer: undefined }];
    const counted = new Proxy(modules, {
      get: (list, key, self) => {
        if (key === Symbol.iterator) walks += 1;
        return Reflect.get(list, key, self);
      },
    });
    const snapshot = snapshotOf([{ path: 'a.js', modules: counted }]);
    const world = worldOf(snapshot, snapshot);
    const ask = () => {
      const page = new Map<string, Load>([['a.js', 'lazy']]);
      return world.ofAssets({ base: page, head: page }).presences.head.get('module src/x.ts');
    };
    expect(ask()).toMatchObject({ lazy: 1 });
    const once = walks;
    for (let page = 0; page < 100; page += 1) ask();
    expect({ once: once > 0, walks }).toEqual({ once: true, walks: once });
  });
});
