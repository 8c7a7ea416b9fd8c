import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factReader } from '../../src/sources/load-facts.ts';
import { scanPage } from '../../src/sources/page-scan.ts';
import { memoryHost } from '../support/memory-host.ts';

type Texts = Readonly<Record<string, string>>;

/** The page of `dist/index.html`, and how long its scan took in milliseconds. */
async function scan(texts: Texts) {
  const host = memoryHost(texts);
  const found = Object.keys(texts).map((path) => ({ path, size: texts[path]?.length ?? 0 }));
  const output = { root: 'dist', files: new Map(found.map((file) => [file.path, file])) };
  const facts = await factReader(output, host.cwd, host);
  const start = performance.now();
  const page = scanPage('dist/index.html', output, facts);
  return { page, duration: performance.now() - start };
}

const MEGABYTE = 1_000_000;

/** Far above what any of these takes when it is linear, far below what it takes when it is not. */
const LONGEST = 3_000;

const HTML: Texts = {
  'a megabyte of an attribute': `<script src="${'a'.repeat(MEGABYTE)}"></script>`,
  'a megabyte of data': `<img src="data:image/png;base64,${'A'.repeat(MEGABYTE)}">`,
  'a megabyte of commas in a srcset': `<img srcset="a.png${','.repeat(MEGABYTE)}x">`,
  'a megabyte of spaces in a rel': `<link rel="${' '.repeat(MEGABYTE)}stylesheet" href=a.css>`,
  'a hundred thousand open elements': '<div>'.repeat(100_000),
  'a hundred thousand open pictures': '<picture><source srcset=a>'.repeat(100_000),
  'a hundred thousand attributes': `<p ${Array.from({ length: 100_000 }, (_, at) => `a${at}=1`).join(' ')}>`,
  'a hundred thousand scripts': '<script src=a.js></script>'.repeat(100_000),
  'an open comment': `<!--${'-'.repeat(MEGABYTE)}`,
  'an open tag': `<script src="a.js" ${'x '.repeat(MEGABYTE / 2)}`,
  'only slashes': `<script src="${'/'.repeat(4_000)}a.js"></script>`.repeat(100),
  'only dots': `<script src="${'../'.repeat(1_000)}a.js"></script>`.repeat(100),
  'an address that is none': '<script src="http://[::"></script><base href="http://%">',
  'a half character': '<script src="\ud800.js"></script><script src="%E0%A4%A"></script>',
  'an import map of keys of prototypes':
    '<script type=importmap>{"imports":{"__proto__":"a.js","constructor":{},"x":1},"scopes":[]}</script><script type=module>import "constructor"; import "__proto__"</script>',
  'a script of a prototype key': '<constructor src=a><__proto__ src=b><toString src=c>',
  'a file that includes itself': '<script src=index.html></script>',
};

const SCRIPTS: Texts = {
  'a megabyte of letters': 'a'.repeat(MEGABYTE),
  'a megabyte of endings': '.js'.repeat(MEGABYTE / 3),
  'a megabyte of a text': `import("${'a/'.repeat(MEGABYTE / 2)}x.js")`,
  'open imports': 'import('.repeat(100_000),
  'open braces': `import {${'{'.repeat(MEGABYTE)}`,
  'open templates': '`${'.repeat(100_000),
  'an import of itself': 'import "./app.js"; import("./app.js")',
  'an import of a folder': 'import "./"; import ".."; import "/"; import ""',
};

const STYLES: Texts = {
  'an open comment': `/*${'*'.repeat(MEGABYTE)}`,
  'open comments': '/*'.repeat(MEGABYTE / 2),
  'open addresses': 'url('.repeat(MEGABYTE / 4),
  'open texts': 'url("'.repeat(MEGABYTE / 5),
  'spaces in an address': `url(${' '.repeat(MEGABYTE)}`,
  'spaces in an import': `@import${' '.repeat(MEGABYTE)}`,
  'open imports': '@import "a'.repeat(MEGABYTE / 10),
  'open fonts': '@font-face{'.repeat(MEGABYTE / 11),
  'an import of itself': '@import "app.css"; a { background: url(app.css) }',
};

describe('hostile files end in a page, and soon', () => {
  it.each(Object.entries(HTML))('HTML: %s', async (_, html) => {
    const { page, duration } = await scan({ 'dist/index.html': html, 'dist/a.js': 'x' });
    expect(page.path).toBe('dist/index.html');
    expect(page.unresolved.length).toBeLessThanOrEqual(50);
    for (const text of page.unresolved) expect(text.length).toBeLessThanOrEqual(203);
    expect(duration).toBeLessThan(LONGEST);
  });

  it.each(Object.entries(SCRIPTS))('script: %s', async (_, script) => {
    const html = '<script type=module src=app.js></script>';
    const { page, duration } = await scan({ 'dist/index.html': html, 'dist/app.js': script });
    expect(page.initial).toEqual(['dist/index.html', 'dist/app.js']);
    expect(page.lazy).toEqual([]);
    expect(duration).toBeLessThan(LONGEST);
  });

  it.each(Object.entries(STYLES))('style sheet: %s', async (_, style) => {
    const html = '<link rel=stylesheet href=app.css>';
    const { page, duration } = await scan({ 'dist/index.html': html, 'dist/app.css': style });
    expect(page.initial).toEqual(['dist/index.html', 'dist/app.css']);
    expect(duration).toBeLessThan(LONGEST);
  });

  it('a circle of a thousand scripts', async () => {
    const texts = Array.from({ length: 1_000 }, (_, at) => [
      `dist/${at}.js`,
      `import "./${(at + 1) % 1_000}.js"; import "./${(at + 500) % 1_000}.js"; import("./${(at + 7) % 1_000}.js")`,
    ]);
    const html = '<script type=module src=0.js></script>';
    const { page } = await scan({ 'dist/index.html': html, ...Object.fromEntries(texts) });
    expect(page.initial).toHaveLength(1_001);
    expect(page.lazy).toEqual([]);
  });
});

const PIECES = [
  '<script src=a.js>',
  '</script>',
  '<link rel=stylesheet href="a.css">',
  '<style>',
  '</style>',
  '<base href="/x/">',
  '<noscript>',
  '</noscript>',
  '<template>',
  '<picture>',
  '<source srcset="a.png 1x">',
  '<img src=a.png>',
  '<!--',
  '-->',
  '<![CDATA[',
  '"',
  "'",
  '>',
  '<',
  '=',
  '&amp;',
  '&#x',
  'import "./b.js";',
  'import(`./b.js`)',
  '@import "b.css";',
  'url(a.png)',
  '{',
  '}',
  '/*',
  '*/',
  '`',
  '${',
  '\\',
  '\0',
  'a.js',
  '<script type=importmap>{"imports":',
  '\u2028',
];

describe('whatever is put together', () => {
  const text = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string()), { maxLength: 40 });
  const joined = text.map((pieces) => pieces.join(''));

  it('is a page of files that are there, each in one class', async () => {
    const property = fc.asyncProperty(joined, joined, joined, async (html, script, style) => {
      const texts = {
        'dist/index.html': html,
        'dist/a.js': script,
        'dist/b.js': script,
        'dist/a.css': style,
        'dist/b.css': '',
        'dist/a.png': '',
      };
      const { page } = await scan(texts);
      const all = [...page.initial, ...page.lazy];
      expect(new Set(all).size).toBe(all.length);
      expect(all.filter((path) => !Object.hasOwn(texts, path))).toEqual([]);
      expect(page.unresolved.join('')).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u);
      return true;
    });
    await fc.assert(property, { numRuns: 300 });
  });

  it('cut off anywhere, is a page all the same', async () => {
    const html = PIECES.join('');
    for (let length = 0; length <= html.length; length += 7) {
      const { page } = await scan({ 'dist/index.html': html.slice(0, length), 'dist/a.js': 'x' });
      expect(page.initial[0]).toBe('dist/index.html');
    }
  });
});
