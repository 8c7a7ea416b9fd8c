import { expect, it } from 'vitest';
import { touchedModules } from '../../src/core/touched-modules.ts';

const asset = (modules: Readonly<Record<string, number>>) => ({
  modules: Object.entries(modules).map(([id, raw]) => ({ id, raw })),
});

it('touched is what is new or has other bytes in all assets together', () => {
  const base = [asset({ 'a.ts': 10, 'b.ts': 20, 'gone.ts': 5 }), asset({ 'c.ts': 5 }), {}];
  const head = [asset({ 'b.ts': 24, 'new.ts': 7 }), asset({ 'a.ts': 10, 'c.ts': 2 })];
  expect(touchedModules(base, head)).toEqual({
    changed: new Map([
      ['b.ts', 4],
      ['c.ts', 3],
    ]),
    added: new Map([['new.ts', 7]]),
  });
});

it('nothing is new against a base of which nothing is known', () => {
  const none = { changed: new Map(), added: new Map() };
  expect(touchedModules([], [asset({ 'a.ts': 1 })])).toEqual(none);
  expect(touchedModules([{}], [asset({ 'a.ts': 1 })])).toEqual(none);
});
