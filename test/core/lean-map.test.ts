import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leanMap } from '../../src/core/lean-map.ts';

function leanOf(text: string) {
  return leanMap(Buffer.from(text));
}

function textsOf(text: string) {
  return leanOf(text).contents.map((list) => list.map((content) => content?.() ?? null));
}

describe('a source map without its texts', () => {
  it('has their place in them, wherever they stand', () => {
    const text = '{"a":1, "sourcesContent" : [ "x" ,\n null ], "b":[{"sourcesContent":["y"]}]}';
    expect(leanOf(text).text).toBe('{"a":1, "sourcesContent" : 0, "b":[{"sourcesContent":1}]}');
    expect(textsOf(text)).toEqual([['x', null], ['y']]);
  });

  it.each([
    ['a value', '{"names":["sourcesContent"]}'],
    ['the end of another key', String.raw`{"a \"sourcesContent":["x"]}`],
    ['a text', JSON.stringify({ file: '"sourcesContent":["x"]' })],
    ['the key of something else', '{"sourcesContent":{"a":["x"]}}'],
    ['a list of more than texts', '{"sourcesContent":["x",1]}'],
    ['a list that does not end', '{"sourcesContent":["x"'],
    ['a text that does not end', String.raw`{"sourcesContent":["x\"]}`],
    ['a word that is cut off', '{"sourcesContent":[nul'],
    ['an empty list', '{"sourcesContent":[]}'],
    ['nothing more', '{"sourcesContent":'],
  ])('is left as it is where its key is %s', (_, text) => {
    expect(leanOf(text)).toEqual({ text, contents: [] });
  });

  it('gives null for a text that is none', () => {
    expect(textsOf(String.raw`{"sourcesContent":["\x","\u00e9"]}`)).toEqual([[null, 'é']]);
  });

  it('says with its texts what the whole says, whatever that is', () => {
    const text = fc.string({ unit: fc.constantFrom(...'"\\,[]{}: né😀', '"sourcesContent":[') });
    const list = fc.array(fc.option(text), { minLength: 1 });
    const map = fc.record({ file: text, sourcesContent: list, names: fc.array(text) });
    const indent = fc.constantFrom(undefined, 2);
    fc.assert(
      fc.property(map, indent, (whole, space) => {
        const json = JSON.stringify(whole, null, space);
        const { sourcesContent, ...others } = whole;
        expect(JSON.parse(leanOf(json).text)).toEqual({ ...others, sourcesContent: 0 });
        expect(textsOf(json)).toEqual([sourcesContent]);
      }),
      { numRuns: 500 },
    );
  });
});
