import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeEnd } from '../../src/core/code-end.ts';
import { mapComment } from '../../src/core/map-comment.ts';

describe('the comment that names a source map', () => {
  it.each([
    ['f();\n//# sourceMappingURL=app.js.map', 'app.js.map', 5],
    ['f();\n//# sourceMappingURL=app.js.map\n\n', 'app.js.map', 5],
    ['f();//@ sourceMappingURL=app.js.map\r\n', 'app.js.map', 4],
    ['a{}\n/*# sourceMappingURL=app.css.map*/', 'app.css.map', 4],
    ['a{}/*# sourceMappingURL=app.css.map */\n', 'app.css.map', 3],
    ['//# sourceMappingURL=a.map\nf();\n//# sourceMappingURL=b.map\n//# debugId=1-2', 'b.map', 32],
    ['//# sourceMappingURL=b.map\n/* the end', 'b.map', 0],
    ['f("//# sourceMappingURL=a.map");\n//# sourceMappingURL=b.map', 'b.map', 33],
  ])('%j', (code, url, start) => {
    expect(mapComment(code)).toEqual({ url, start });
  });

  it.each([
    ['code after it', '//# sourceMappingURL=a.map\nf()'],
    ['a string', 'const s="//# sourceMappingURL=a.map"'],
    [
      'what a loader writes',
      'c="/*# sourceMappingURL=data:application/json;base64,".concat(x," */");',
    ],
    ['no comment', 'x = sourceMappingURL=a'],
    ['no address', '//# sourceMappingURL='],
    ['nothing', ''],
  ])('is none: %s', (_, code) => {
    expect(mapComment(code)).toBeNull();
  });

  it('is found or not, in any text', () => {
    const parts = fc.constantFrom(
      '//# ',
      '/*# ',
      'sourceMappingURL=',
      'a.map',
      '*/',
      '\n',
      ' ',
      '"',
      '//',
    );
    fc.assert(
      fc.property(fc.array(parts), (list) => {
        const code = list.join('');
        const found = mapComment(code);
        if (found !== null) expect(code.startsWith('/', found.start)).toBe(true);
      }),
    );
  });
});

describe('the end of the code', () => {
  it.each([
    ['f()', 'f()'],
    ['f();export{a as b,c as default};\n', 'f();'],
    ['f();\nexport { a };\n/*! Bundled license information:\n(* MIT *)\n*/\n', 'f();'],
    ['f();\n/** @license MIT */\nexport{a};', 'f();'],
    ['f();/* plain */', 'f();/* plain */'],
    ['export{a}from"./a.js"', 'export{a}from"./a.js"'],
    ['class A{}', 'class A{}'],
    ['export{a};', ''],
    ['', ''],
  ])('%j', (code, kept) => {
    expect(code.slice(0, codeEnd(code, null))).toBe(kept);
  });

  it('is before the comment that names the map', () => {
    expect(codeEnd('f();\n//# sourceMappingURL=a.map', 5)).toBe(4);
  });
});
