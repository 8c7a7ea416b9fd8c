import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldAlike } from '../../src/core/fold-alike.ts';
import { countModules, foldModules } from '../../src/core/fold-modules.ts';
import { FOLDED, type ModuleShare } from '../../src/model/module.ts';
import type { Asset } from '../../src/model/snapshot.ts';
import { asset, snapshot } from '../support/build.ts';

const share = (id: string, raw: number): ModuleShare => ({ id, raw, gzip: raw / 2 });

function of(...lists: readonly (readonly ModuleShare[])[]) {
  const assets = lists.map((modules, index): Asset => ({ ...asset(`dist/${index}.js`), modules }));
  return snapshot({ assets });
}

const idsIn = ({ assets }: ReturnType<typeof of>) =>
  assets.map(({ modules = [] }) => modules.map(({ id, raw }) => [id, raw]));

describe('modules that are too many', () => {
  it('keep the largest, and fold the others into one', () => {
    const whole = of([share('src/a.ts', 10), share('src/b.ts', 300), share('src/c.ts', 20)]);

    expect(idsIn(foldModules(whole, 1))).toEqual([
      [
        [FOLDED, 30],
        ['src/b.ts', 300],
      ],
    ]);
    expect(foldModules(whole, 3)).toEqual(whole);
  });

  it('stay with their package, in each file by itself', () => {
    const moment = (name: string, raw: number) => share(`node_modules/moment/${name}.js`, raw);
    const whole = of(
      [moment('a', 1), moment('b', 2), share('src/a.ts', 3)],
      [moment('c', 4), moment('d', 5)],
    );

    expect(idsIn(foldModules(whole, 0))).toEqual([
      [
        ['node_modules/moment/other', 3],
        [FOLDED, 3],
      ],
      [['node_modules/moment/other-2', 9]],
    ]);
  });

  it('are folded last where they are in several files: how often they are there is worth knowing', () => {
    const twice = share('src/twice.ts', 1);
    const whole = of([share('src/a.ts', 900), twice], [share('src/b.ts', 800), twice]);

    expect(idsIn(foldModules(whole, 2))).toEqual([
      [
        [FOLDED, 900],
        ['src/twice.ts', 1],
      ],
      [
        [FOLDED, 800],
        ['src/twice.ts', 1],
      ],
    ]);
  });

  it('sum to what they were, in no more shares than before', () => {
    const id = fc.oneof(
      fc.integer({ min: 0, max: 30 }).map((n) => `src/${n}.ts`),
      fc.integer({ min: 0, max: 30 }).map((n) => `node_modules/p${n % 3}/${n}.js`),
    );
    const modules = fc.uniqueArray(fc.record({ id, raw: fc.nat(1_000), gzip: fc.nat(500) }), {
      selector: (one) => one.id,
    });
    fc.assert(
      fc.property(fc.array(modules, { maxLength: 4 }), fc.nat(40), (lists, most) => {
        const whole = of(...lists);
        const folded = foldModules(whole, most);
        expect(countModules(folded)).toBeLessThanOrEqual(countModules(whole));
        for (const [index, { modules: before = [] }] of whole.assets.entries()) {
          const after = folded.assets[index]?.modules ?? [];
          for (const key of ['raw', 'gzip'] as const) {
            const total = (list: readonly ModuleShare[]) =>
              list.reduce((sum, one) => sum + (one[key] ?? 0), 0);
            expect(total(after)).toBe(total(before));
          }
          expect(new Set(after.map((one) => one.id)).size).toBe(after.length);
        }
      }),
    );
  });
});

describe('head beside a base whose modules were folded', () => {
  const whole = of([
    share('src/a.ts', 10),
    share('src/b.ts', 300),
    share('node_modules/p/x.js', 5),
  ]);
  const folded = foldModules(whole, 1);

  it('is told as base is: what is not named there is not known to be new', () => {
    const [asset0] = foldAlike(whole, folded).assets;

    expect(asset0?.modules?.find(({ id }) => id === FOLDED)).toMatchObject({ raw: 10, gzip: 5 });
    expect(asset0?.modules?.map(({ id }) => id)).toEqual([
      'node_modules/p/x.js',
      FOLDED,
      'src/b.ts',
    ]);
  });

  it('is left as it is where nothing was folded', () => {
    expect(foldAlike(whole, of([share('src/z.ts', 1)]))).toBe(whole);
    expect(foldAlike(whole, null)).toBe(whole);
  });
});
