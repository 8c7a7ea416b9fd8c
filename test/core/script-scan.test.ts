import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scanScript } from '../../src/core/script-scan.ts';

/** The brackets and commas that are seen, in one text; null for no script. */
function seen(script: string): string | null {
  const data = Buffer.from(script);
  let text = '';
  const isScript = scanScript(data, (at) => {
    text += String.fromCharCode(data[at] as number);
    return true;
  });
  return isScript ? text : null;
}

describe('brackets and commas of a script', () => {
  test.each([
    ['f(a,[b],{c:d})', '(,[],{})'],
    ['a="(,";b=\'[{\'', ''],
    ['a="\\"(";b=1', ''],
    [`\`(\${f(\`,\${a}(\`)}[\``, '()'],
    ['a=/[(,]/.test(b)', '()'],
    ['a=/\\/(/g,b', ','],
    ['a/(b)/c', '()'],
    ['a[0]/(b)/c', '[]()'],
    ['f(a)/b/(c)', '()()'],
    ['if(a)/[)(]/.test(b)', '()()'],
    ['return/[(]/', ''],
    ['a.return/(b)/c', '()'],
    ['a++/(b)/c', '()'],
    ['a+/[(]/', ''],
    ['{}/[(]/.test(a)', '{}()'],
    ['a//(\n,b', ','],
    ['a/*(*/,b', ','],
    [`class \${a(){}}`, '{(){}}'],
    ['"é(",a', ','],
  ])('%s', (script, expected) => {
    expect(seen(script)).toBe(expected);
  });

  test.each(['f(', 'f)', 'f(]', '"a', '`a', 'a=/b', '/*', '"a\nb"', '`${'])(
    '%s is none that can be followed',
    (script) => {
      expect(seen(script)).toBeNull();
    },
  );

  test('at the depth of the bracket that is closed', () => {
    const depths: number[] = [];
    scanScript(Buffer.from('f(a,{b})'), (_, depth) => depths.push(depth) > 0);
    expect(depths).toEqual([0, 1, 1, 1, 0]);
  });

  test('until no more are wanted', () => {
    const places: number[] = [];
    expect(scanScript(Buffer.from('(a,b'), (at) => places.push(at) < 1)).toBe(true);
    expect(places).toEqual([0]);
  });

  test('whatever the bytes: an answer, and no place beyond them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (data) => {
        scanScript(data, (at) => {
          expect(at).toBeLessThan(data.length);
          return true;
        });
      }),
      { numRuns: 1_000 },
    );
  });
});
