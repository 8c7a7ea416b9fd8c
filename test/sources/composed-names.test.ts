import { describe, expect, it } from 'vitest';
import { composedNames } from '../../src/sources/composed-names.ts';
import { measureFiles } from '../support/measured.ts';

/** As webpack 5 and Rspack write them, for production and for development. */
const TABLE = 'r.u=e=>"js/"+({609:"x/y",857:"report",949:"a~b"}[e]||e)+".chunk.js",r.o=(e,t)=>1';
const ID = 'r.u=e=>""+e+".js",r.miniCssF=e=>e+".css",r.o=1';
const NAMED = `__webpack_require__.u = (chunkId) => {
  // return url for filenames based on template
  return "" + chunkId + ".js";
};
__webpack_require__.e(/*! import() | report */ "report").then(1); r.e("src_b_js"), r.e(609)`;

describe('names that a script puts together', () => {
  it.each([
    [TABLE, [{ start: 'js/', end: '.chunk.js', middles: ['x/y', 'report', 'a~b'] }]],
    [
      ID,
      [
        { start: '', end: '.js', middles: [] },
        { start: '', end: '.css', middles: [] },
      ],
    ],
    [NAMED, [{ start: '', end: '.js', middles: ['report', 'src_b_js'] }]],
    ['r.u=function(e){return "a/"+e+".js"}', [{ start: 'a/', end: '.js', middles: [] }]],
  ])('are read from %s', (text, names) => {
    expect(composedNames(text)).toEqual(names);
  });

  it.each([
    'r.u=e=>({1:"a"}[e]||e)+"."+{1:"0a1b2c3d"}[e]+".js"',
    'r.u=e=>"assets/"+e+"."+r.h()+".js"',
    'r.u=e=>e',
    'r.u=e=>"whole.js"',
    'r.u=5+".js"',
    'x.url=e=>e+".js"',
  ])('are none with a hash, without a gap or an ending: %s', (text) => {
    expect(composedNames(text)).toEqual([]);
  });

  it('have an end, whatever the text', () => {
    const text = `${'.u=e=>{'.repeat(50_000)}.u=e=>{${'// \n'.repeat(50_000)}${'.e('.repeat(50_000)}`;
    expect(composedNames(text)).toEqual([]);
  });
});

describe('the chunks of a page', () => {
  const lazyOf = async (runtime: string, paths: readonly string[]) => {
    const files = Object.fromEntries(paths.map((path) => [`dist/${path}`, 'x']));
    const budgets = { budgets: [{ page: 'dist/index.html', load: 'all', max: '1 MB' }] };
    const html = '<script src=main.js></script>';
    const all = { ...files, 'dist/index.html': html, 'dist/main.js': runtime };
    return (await measureFiles(budgets, all)).pages?.[0]?.lazy.toSorted();
  };

  it('are those of its table and those that go by a number', async () => {
    const paths = ['js/report.chunk.js', 'js/a~b.chunk.js', 'js/x/y.chunk.js', 'js/170.chunk.js'];
    const others = ['js/other.chunk.js', 'old/170.chunk.js', 'js/v170.chunk.js', 'report.js'];
    expect(await lazyOf(TABLE, [...paths, ...others])).toEqual(
      paths.map((path) => `dist/${path}`).toSorted(),
    );
  });

  it('are scripts and style sheets by their numbers, and nothing else that is there', async () => {
    const lazy = await lazyOf(ID, ['170.js', '170.css', 'admin.js', 'sw.js', '170.png']);
    expect(lazy).toEqual(['dist/170.css', 'dist/170.js']);
  });
});
