import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sourceMapSections } from '../../src/core/source-map.ts';

const map = { version: 3, sources: ['a.js', null], sourcesContent: ['x', null], mappings: 'AAAA' };
const flat = {
  line: 0,
  column: 0,
  sources: ['a.js', null],
  contents: ['x', null],
  mappings: 'AAAA',
  isOfContext: false,
};

/** With the texts that sections give when they are asked for. */
function sectionsOf(text: string) {
  const sections = sourceMapSections(Buffer.from(text));
  return (
    sections?.map((section) => ({
      ...section,
      contents: section.contents.map((content) => content?.() ?? null),
    })) ?? null
  );
}

describe('a source map', () => {
  it('is one section where it has none', () => {
    expect(sectionsOf(JSON.stringify(map))).toEqual([flat]);
    expect(sectionsOf(`)]}'\n${JSON.stringify(map)}`)).toEqual([flat]);
    expect(sectionsOf(`\uFEFF${JSON.stringify(map)}`)).toEqual([flat]);
    expect(sectionsOf(JSON.stringify({ ...map, version: '3' }))).toEqual([flat]);
    expect(sectionsOf(JSON.stringify(map, null, 2))).toEqual([flat]);
  });

  it.each([
    ['no list', 'x', []],
    ['a list of more than texts', [1, 'x'], [null, 'x']],
    ['a list of lists', [['x'], 'y'], [null, 'y']],
  ])('has texts where they stand in %s', (_, sourcesContent, contents) => {
    expect(sectionsOf(JSON.stringify({ ...map, sourcesContent }))).toEqual([{ ...flat, contents }]);
  });

  it.each([
    ['../', '../a.js'],
    ['/src', '/src/a.js'],
    ['webpack:///', 'webpack:///a.js'],
    ['src', 'src/a.js'],
    ['', 'a.js'],
  ])('has its root %s before its sources', (sourceRoot, source) => {
    const sections = sectionsOf(JSON.stringify({ ...map, sourceRoot, sources: ['a.js'] }));
    expect(sections?.[0]?.sources).toEqual([source]);
  });

  it('has sources of the project where it is Parcel`s', () => {
    const sections = sectionsOf(JSON.stringify({ ...map, file: 'web.1f.js.map' }));
    expect(sections).toEqual([{ ...flat, isOfContext: true }]);
    expect(sectionsOf(JSON.stringify({ ...map, file: 'web.js' }))).toEqual([flat]);
  });

  it('has sections in sections, with columns that count within the first line only', () => {
    const inner = { offset: { line: 0, column: 3 }, map };
    const next = { offset: { line: 2, column: 1 }, map };
    const outer = {
      version: 3,
      sections: [{ offset: { line: 4, column: 5 }, map: { sections: [inner, next] } }],
    };
    expect(sectionsOf(JSON.stringify(outer))).toEqual([
      { ...flat, line: 4, column: 8 },
      { ...flat, line: 6, column: 1 },
    ]);
  });

  it.each([
    ['no JSON', '{"version":3'],
    ['nothing', ''],
    ['a list', '[]'],
    ['another version', JSON.stringify({ ...map, version: 2 })],
    ['no mappings', JSON.stringify({ ...map, mappings: null })],
    ['no sources', JSON.stringify({ ...map, sources: 'a.js' })],
    ['sections of something else', JSON.stringify({ version: 3, sections: [1] })],
    [
      'sections by address',
      JSON.stringify({ version: 3, sections: [{ offset: { line: 0, column: 0 }, url: 'a.map' }] }),
    ],
    [
      'sections before the start',
      JSON.stringify({ version: 3, sections: [{ offset: { line: -1, column: 0 }, map }] }),
    ],
    [
      'sections without end',
      `${'{"version":3,"sections":[{"offset":{"line":0,"column":0},"map":'.repeat(5_000)}{}${'}]}'.repeat(5_000)}`,
    ],
  ])('is none: %s', (_, text) => {
    expect(sectionsOf(text)).toBeNull();
  });

  it('is read or refused, whatever stands in it', () => {
    const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constant(map), fc.constant([map]));
    const keys = ['version', 'sources', 'sourcesContent', 'sourceRoot', 'mappings', 'sections'];
    const entries = fc.array(fc.tuple(fc.constantFrom(...keys), value));
    fc.assert(
      fc.property(entries, fc.nat(400), (list, cut) => {
        const text = JSON.stringify({ ...map, ...Object.fromEntries(list) });
        expect(Array.isArray(sectionsOf(text) ?? [])).toBe(true);
        expect(Array.isArray(sectionsOf(text.slice(0, cut)) ?? [])).toBe(true);
      }),
    );
  });
});
