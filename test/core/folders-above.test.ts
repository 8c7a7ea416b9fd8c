import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldersAbove } from '../../src/core/folders-above.ts';

describe('folders above paths', () => {
  it('are those that they lie in and all above, the outermost of each first', () => {
    const paths = ['dist/assets/js/a.js', 'dist/b.css', 'dist/assets/js/c.js', 'other/d.js'];
    expect([...foldersAbove(paths)]).toEqual(['dist', 'dist/assets', 'dist/assets/js', 'other']);
  });

  it('hold the root where a path lies there itself', () => {
    expect([...foldersAbove(['a.js', 'd/b.js'])]).toEqual(['', 'd']);
    expect([...foldersAbove([])]).toEqual([]);
  });

  it('are all prefixes of each path, and no more', () => {
    const path = fc.array(fc.constantFrom('a', 'b', '..', 'c d'), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(path), (parts) => {
        const prefixes = parts.flatMap((one) =>
          one.length === 1 ? [''] : one.slice(1).map((_, at) => one.slice(0, at + 1).join('/')),
        );
        const folders = foldersAbove(parts.map((one) => one.join('/')));
        expect([...folders]).toEqual([...new Set(prefixes)]);
      }),
    );
  });
});
