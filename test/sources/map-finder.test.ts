import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapComment } from '../../src/core/map-comment.ts';
import { mapFinder } from '../../src/sources/map-finder.ts';

const mentionIn = (code: string, path = 'dist/app.js', maps: readonly string[] = []) =>
  mapFinder(maps)(path, Buffer.from(code, 'latin1'));

describe('what a file says of its source map', () => {
  it.each([
    ['nothing', 'f();', null],
    [
      'a name',
      'f();\n//# sourceMappingURL=app.js.map\n',
      'f();\n//# sourceMappingURL=app.js.map\n',
    ],
    [
      'a name, and more than the look needs before it',
      `${'f();'.repeat(9)}//# sourceMappingURL=app.js.map`,
      'f();f();f();//# sourceMappingURL=app.js.map',
    ],
    ['the whole map', `f();//# sourceMappingURL=data:,${'x'.repeat(2_000)}`, ''],
  ])('is %s', (_, code, mention) => {
    expect(mentionIn(code)).toBe(mention);
  });

  it('is not asked where the map lies beside it, nor in a picture', () => {
    const code = '//# sourceMappingURL=app.js.map';
    expect(mentionIn(code, 'dist/app.js', ['dist/app.js.map'])).toBe('');
    expect(mentionIn(code, 'dist/app.svg')).toBeNull();
  });

  it('names the map that the whole file names, or none', () => {
    const part = fc.constantFrom(
      ...['//# ', '/*# ', '//@\t', 'sourceMappingURL=', 'a.map', 'b.map', 'data:,1', '*/', '\n'],
      ...['"', '//', 'f();', ' '.repeat(20), 'x'.repeat(1_000), 'é'],
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        const code = parts.join('');
        const named = mapComment(mentionIn(code) ?? '');
        if (named !== null) expect(named.url).toBe(mapComment(code)?.url);
      }),
      { numRuns: 2_000 },
    );
  });
});
