import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { movedFrom, type NamedText } from '../../src/core/moved-file.ts';

const file = (path: string, text = path): NamedText => ({ path, text });
const from = (path: string, gone: readonly NamedText[], newcomers: readonly NamedText[]) =>
  movedFrom(path, gone, newcomers)?.path ?? null;

const LONG = '{"budgets":[{"name":"All","files":"dist/*.js","max":"2 kB"}],"track":["dist/**"]}';
const OTHER = '{"budgets":[{"custom":"m.json","metric":"cold","max":"1 s"}]}';

describe('a file that was moved', () => {
  it('is told by the name of its folder, whatever is in it', () => {
    const gone = [file('packages/a/budgets.json', LONG), file('packages/b/budgets.json', OTHER)];
    const newcomers = [file('libs/a/budgets.json', OTHER), file('libs/b/budgets.json', LONG)];

    expect(from('libs/a/budgets.json', gone, newcomers)).toBe('packages/a/budgets.json');
    expect(from('libs/b/budgets.json', gone, newcomers)).toBe('packages/b/budgets.json');
  });

  it('is told by what is in it, however its lines are broken', () => {
    const gone = [file('budgets.json', LONG), file('docs/budgets.json', OTHER)];
    const text = JSON.stringify(JSON.parse(LONG.replace('2 kB', '3 kB')), null, 2);

    expect(from('config/limits.json', gone, [file('config/limits.json', text)])).toBe(
      'budgets.json',
    );
  });

  it.each([
    ['two that are gone may be it', ['x/b.json', 'y/b.json'], ['new/b.json']],
    ['two that are new may be it', ['x/b.json'], ['new/b.json', 'other/b.json']],
    ['two of its folder are gone', ['x/a/b.json', 'y/a/b.json'], ['z/a/b.json']],
    ['two of its folder are new', ['x/a/b.json'], ['y/a/b.json', 'z/a/b.json']],
  ])('is not guessed at where %s', (_, gone, newcomers) => {
    const same = (paths: readonly string[]) => paths.map((path) => file(path, LONG));

    expect(from(newcomers[0] ?? '', same(gone), same(newcomers))).toBeNull();
  });

  it('is no file that it has nothing in common with', () => {
    expect(from('b/x.json', [file('a/y.json', OTHER)], [file('b/x.json', LONG)])).toBeNull();
    expect(from('b/x.json', [file('a/y.json', '')], [file('b/x.json', '')])).toBeNull();
  });

  it('is never two files at once', () => {
    const path = fc
      .tuple(fc.constantFrom('a', 'b', 'c/a', 'c/b'), fc.constantFrom('x', 'y'))
      .map((parts) => parts.join('/'));
    const some = fc.uniqueArray(
      fc.record({ path, text: fc.constantFrom(LONG, OTHER, `${LONG}\n${OTHER}`) }),
      { selector: (one) => one.path, maxLength: 6 },
    );
    fc.assert(
      fc.property(some, some, (gone, newcomers) => {
        const found = newcomers.flatMap((one) => from(one.path, gone, newcomers) ?? []);
        expect(new Set(found).size).toBe(found.length);
      }),
    );
  });
});
